import { describe, expect, it } from 'vitest';
import {
  EVERY_TRAINING,
  findDuplicates,
  foldRows,
  Part,
  readTable,
  readTarget,
  rowsOf,
  splitRows,
} from '../../../src/engine/datasets';
import { inspectTable } from './inspected';

/** `different` rows of three numbers and a class, each `times` times, copies far apart. */
function copies(different: number, times: number): string {
  const lines = Array.from({ length: different * times }, (_, row) => {
    const at = row % different;
    return `${(at * 7919) % 997},${(at * 104_729) % 991},${(at * 1_299_709) % 983},${at % 3 === 0 ? 'a' : 'b'}`;
  });
  return ['x,y,z,kind', ...lines].join('\n') + '\n';
}

function read(text: string, target = 'kind', exclude: string[] = []) {
  const table = readTable(text);
  const column = readTarget(table, target, 'name');
  return { table, column, found: findDuplicates(table, column, exclude) };
}

describe('inspection', () => {
  const issuesOf = (text: string, target?: string) =>
    inspectTable(Buffer.from(text), { path: 'x.csv', target }).issues.filter(
      ({ code }) => code === 'duplicate-rows',
    );

  it('tells rows that stand more than once as training does, for the target that is chosen', () => {
    const text = copies(40, 5);
    const { found } = read(text);
    expect(issuesOf(text, 'kind')).toEqual([found?.issue]);
    expect(found?.issue).toMatchObject({ line: 42, rows: 200 });
    const { issue } = findDuplicates(readTable(text), readTarget(readTable(text), 'x', 'number')) ?? {};
    expect(issuesOf(text, 'x')).toEqual([issue]);
  });

  it('tells nothing where every row is another, or where there is only one', () => {
    expect(issuesOf(copies(150, 1))).toEqual([]);
    expect(issuesOf('a,b\n1,2\n')).toEqual([]);
  });

  it('sees through quotes around a cell, but not through other spellings', () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) => `${(row * 7919) % 997},word ${row},${row % 2 ? 'a' : 'b'}`,
    );
    const quoted = rows.slice(0, 10).map((line) => line.replace(/word \d+/u, '"$&"'));
    const text = ['x,y,kind', ...rows, ...quoted].join('\n') + '\n';
    expect(issuesOf(text, 'kind')).toMatchObject([{ rows: 20 }]);
    expect(issuesOf(text.replaceAll('"word', '"Word'), 'kind')).toEqual([]);
  });
});

describe('duplicate rows', () => {
  it('are counted, with the first line and its first copy', () => {
    const { found } = read(copies(40, 5));
    expect(found?.issue.message).toBe('200 rows stand more than once (first in line 2, again in line 42).');
    expect(found?.issue.line).toBe(42);
    expect(found?.groups?.[45]).toBe(5);
  });

  it('are not told where every row is another', () => {
    expect(read(copies(150, 1)).found).toBeUndefined();
  });

  it('are found behind an index of the rows and behind excluded columns', () => {
    const lines = copies(40, 5).trim().split('\n');
    const numbered = lines
      .map((line, row) => `${row === 0 ? ',note' : `${row + 99},n${row * row}`},${line}`)
      .join('\n');
    expect(read(numbered, 'kind', ['note']).found?.groups?.[45]).toBe(5);
    expect(read(numbered).found).toBeUndefined();
  });

  it('are left apart where the columns have so few values that rows agree by chance', () => {
    const lines = Array.from({ length: 600 }, (_, row) => {
      const at = (row * 7919) % 601;
      return `${'abcd'[at % 4]},${'mf'[(at >> 2) % 2]},${'yn'[(at >> 3) % 2]},${at % 5 < 2 ? 'died' : 'lived'}`;
    });
    const { found } = read(['class,sex,adult,kind', ...lines].join('\n') + '\n');
    expect(found?.issue.message).toContain('rows stand more than once');
    expect(found?.issue.advice).toContain('by chance');
    expect(found?.groups).toBeUndefined();
  });

  it('are whole rows where rows with equal features have other targets', () => {
    const lines = Array.from({ length: 120 }, (_, row) => {
      const at = row % 40;
      return `${(at * 7919) % 997},${(at * 104_729) % 991},${(at * 1_299_709) % 983},${row < 80 ? row : row - 40}`;
    });
    const table = readTable(['x,y,z,price', ...lines].join('\n') + '\n');
    const { groups } = findDuplicates(table, readTarget(table, 'price', 'number'))!;
    expect([groups![5], groups![45], groups![85]]).toEqual([5, 45, 45]);
  });

  it('are found in texts of a single column', () => {
    const lines = Array.from({ length: 200 }, (_, row) => {
      const at = row < 150 ? row : row - 150;
      return `${at % 2 ? 'spam' : 'ham'},call the number ${at * 31} to talk of matter ${at}`;
    });
    expect(read(['kind,text', ...lines].join('\n') + '\n').found?.groups?.[160]).toBe(10);
  });
});

describe('splitting duplicate rows', () => {
  const { column, found, table } = read(copies(60, 6));
  const groups = found?.groups;

  it('keeps copies on one side, every class its share, and as many rows as are wanted', () => {
    for (let seed = 0; seed < 10; seed++) {
      const parts = splitRows({ ...column, groups, validation: 0.2, seed });
      for (let row = 0; row < table.rows; row++) expect(parts[row]).toBe(parts[groups![row]!]);
      const held = rowsOf(parts, Part.validation);
      expect(Math.abs(held.length - 72)).toBeLessThanOrEqual(6);
      const ofA = held.filter((row) => column.labels[row] === 0).length;
      expect(Math.abs(ofA - 24)).toBeLessThanOrEqual(6);
      expect(splitRows({ ...column, groups, validation: 0.2, seed })).toEqual(parts);
    }
  });

  it('deals copies into one fold, folds of equal size and equal classes', () => {
    const folds = foldRows({ ...column, groups, folds: 5, seed: 3 });
    for (let row = 0; row < table.rows; row++) expect(folds[row]).toBe(folds[groups![row]!]);
    for (let fold = 0; fold < 5; fold++) {
      const rows = rowsOf(folds, fold);
      expect(rows).toHaveLength(72);
      expect(rows.filter((row) => column.labels[row] === 0)).toHaveLength(24);
    }
  });

  it('never holds out all rows of a class that are copies of one', () => {
    const labels = column.labels.map((label, row) => (groups![row] === 7 ? 2 : label));
    const three = { ...column, classes: ['a', 'b', 'c'], labels };
    for (let seed = 0; seed < 10; seed++) {
      expect(splitRows({ ...three, groups, validation: 0.5, seed })[7]).toBe(Part.training);
    }
    expect(foldRows({ ...three, groups, folds: 4, seed: 1 })[7]).toBe(EVERY_TRAINING);
  });

  it('changes nothing where no row has a copy', () => {
    const alone = Uint32Array.from(column.labels.keys());
    for (const seed of [1, 2, 3]) {
      const plain = splitRows({ ...column, validation: 0.3, seed });
      expect(splitRows({ ...column, groups: alone, validation: 0.3, seed })).toEqual(plain);
      expect(foldRows({ ...column, groups: alone, folds: 7, seed })).toEqual(
        foldRows({ ...column, folds: 7, seed }),
      );
    }
  });
});
