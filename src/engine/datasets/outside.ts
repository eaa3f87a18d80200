/**
 * Cells far from all that training saw in their column: a model is no less confident there, but nothing that it has
 * learnt speaks for it.
 */
import type { OutsideCell } from '../../protocol/marks';
import { type BooleanBlockData, type CategoryBlockData, categoryKey } from './feature-category';
import type { NumberBlockData } from './feature-number';
import type { TextBlockData } from './feature-text';
import type { Table } from './types';

type BlockData = NumberBlockData | BooleanBlockData | CategoryBlockData | TextBlockData;

/** How far beyond the smallest and the largest training value a number may lie, as a share of their distance. */
const ROOM = 0.2;

/**
 * By position in `rows`, the cells that lie outside. Numbers: beyond the range of the training rows and a fifth of it.
 * Categories: values that training never saw, where it saw the column as a closed set (no rare values put together, none
 * hashed: there, new values are to be expected). Blocks of before there were ranges, missing cells and texts say nothing.
 */
export function outsideCells(
  blocks: readonly BlockData[],
  table: Table,
  rows: Uint32Array,
): Map<number, readonly OutsideCell[]> {
  const found = new Map<number, OutsideCell[]>();
  for (const block of blocks) {
    const column = table.find(block.column);
    const judge = column < 0 ? undefined : judgeOf(block, table, column);
    if (judge === undefined) continue;
    for (let position = 0; position < rows.length; position++) {
      const row = rows[position] as number;
      if (!judge.isOutside(row)) continue;
      const cell = {
        column: block.column,
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

interface Judge {
  readonly seen?: { readonly low: number; readonly high: number };
  isOutside(row: number): boolean;
}

function judgeOf(block: BlockData, table: Table, column: number): Judge | undefined {
  if (block.kind === 'number') {
    const { seen } = block;
    if (seen === undefined) return undefined;
    const numbers = table.numbers(column);
    // Halves first: the distance of the ends of what a double holds is no double.
    const room = (seen.high / 2 - seen.low / 2) * 2 * ROOM;
    return {
      seen,
      isOutside: (row) => {
        const value = numbers[row] as number;
        return value < seen.low - room || value > seen.high + room;
      },
    };
  }
  if (block.kind !== 'category' || block.buckets > 0 || block.other.length > 0) return undefined;
  const keyOf = categoryKey(block);
  const known = new Set(block.values.map(keyOf));
  return { isOutside: (row) => !table.isMissing(row, column) && !known.has(keyOf(table.value(row, column))) };
}
