/** Tables of very many columns: what is looked at in all of them together is bounded, what it finds is not changed. */
import { describe, expect, it, vi } from 'vitest';
import { readTable } from '../../../src/engine/datasets';
import { describeTable } from '../../../src/engine/datasets/columns';
import { uniformAt } from '../../../src/engine/datasets/random';
import { targetGroups } from '../../../src/engine/datasets/target-groups';
import type { TargetGroups } from '../../../src/engine/datasets/target-groups';
import type { Table } from '../../../src/engine/datasets/types';

const ROWS = 2000;
const LETTERS = 'bcdfghjklmnpqrstvwxz';

/** A word of its own for each row and column. */
function word(row: number, column: number): string {
  return Array.from({ length: 8 }, (_, at) =>
    LETTERS.charAt(Math.floor(uniformAt(column, at, row) * LETTERS.length)),
  ).join('');
}

/** Eight columns of words that say nothing, one whose ends tell the class, and the class. */
function names(): { table: Table; groups: TargetGroups } {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const cells = Array.from({ length: 8 }, (_, column) => word(row, column));
    const kind = uniformAt(40, 0, row) < 0.5 ? 0 : 1;
    return [...cells, `${word(row, 9)}${kind === 0 ? 'ia' : 'us'}`, kind === 0 ? 'f' : 'm'].join(',');
  });
  const table = readTable(`a,b,c,d,e,f,g,h,name,sex\n${lines.join('\n')}\n`, { header: true });
  return { table, groups: targetGroups(table, 'sex', 'name') as TargetGroups };
}

describe('columns of words that are held against a target', () => {
  it('are all looked at in fewer rows where there are many, not some of them in none', () => {
    const { table, groups } = names();
    const described = describeTable(table);
    const cells = vi.spyOn(table, 'value');
    const most = 9 * 100;
    const columns = described.forTarget(groups, most);
    const looked = cells.mock.calls.filter(([, column]) => column < 8);
    expect(looked.length).toBeLessThanOrEqual(most);
    expect(new Set(looked.map(([, column]) => column)).size).toBe(8);
    expect(columns[8]).toMatchObject({ name: 'name', kind: 'text' });
    expect(columns.slice(0, 8).map(({ kind }) => kind)).toEqual(Array<string>(8).fill('identifier'));
  });

  it('are found to be by a few of their rows what they are by all', () => {
    const { table, groups } = names();
    const described = describeTable(table);
    expect(described.columns.slice(0, 9).map(({ kind }) => kind)).toEqual(
      Array<string>(9).fill('identifier'),
    );
    expect(described.forTarget(groups, 9 * 200)).toEqual(described.forTarget(groups));
  });
});
