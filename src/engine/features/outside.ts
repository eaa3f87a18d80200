/**
 * Cells far from all that training saw in their column: a model is no less confident there, but nothing that it has
 * learnt speaks for it.
 */
import type { OutsideCell } from '../../protocol/marks';
import type { Table } from '../datasets/types';
import type { DenseBlock, SparseBlock } from './feature';

/** By position in `rows`, the cells that lie outside, as each column's kind judges; positions without any are left out. */
export function outsideCells(
  blocks: readonly (DenseBlock | SparseBlock)[],
  table: Table,
  rows: Uint32Array,
): Map<number, readonly OutsideCell[]> {
  const found = new Map<number, OutsideCell[]>();
  for (const block of blocks) {
    const name = block.data.column;
    const column = table.find(name);
    const judge = column < 0 ? undefined : block.outside?.(table, column);
    if (judge === undefined) continue;
    for (let position = 0; position < rows.length; position++) {
      const row = rows[position] as number;
      if (!judge.isOutside(row)) continue;
      const cell = {
        column: name,
        value: table.cell(row, column).trim(),
        ...(judge.seen === undefined ? {} : { seen: judge.seen }),
      };
      const cells = found.get(position);
      if (cells) cells.push(cell);
      else found.set(position, [cell]);
    }
  }
  return found;
}
