import { describe, expect, it } from 'vitest';
import type { GridTable } from '../../../../src/protocol/grid';
import { fitting, type Memory, nothing, readMemory } from '../../../../webview/grid/memory';

const table = (names: readonly string[], target?: string): GridTable => ({
  ...{ gridId: 'g', path: '/x.csv', source: 'csv', rows: 5, bytes: 5, issues: [], target },
  columns: names.map((name, index) => ({ name, index, kind: 'number', numeric: true })),
});
const memory: Memory = {
  ...nothing,
  columns: ['a', 'b'],
  view: {
    filters: [
      { by: 'missing', column: 1, missing: true },
      { by: 'marks', marks: 'errors' },
    ],
    sort: { column: 0, descending: true },
  },
  top: 480,
};

describe('what the page of a grid remembers', () => {
  it('comes back as it was written, and is nothing where it was not', () => {
    expect(readMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
    for (const other of [
      undefined,
      null,
      3,
      { version: 2 },
      { ...memory, view: { filters: [{ by: 'luck' }] } },
    ]) {
      expect(readMemory(other)).toEqual(nothing);
    }
  });

  it('holds for a file with the same columns', () => {
    expect(fitting(memory, table(['a', 'b'], 'b'))).toEqual(memory);
  });

  it('holds no filter by marks for a file that carries none', () => {
    expect(fitting(memory, table(['a', 'b'])).view.filters).toEqual([memory.view.filters[0]]);
  });

  it('is forgotten with columns that the file no longer has', () => {
    expect(fitting(memory, table(['a', 'c']))).toEqual({ ...nothing, columns: ['a', 'c'] });
    expect(fitting(memory, table(['a', 'b', 'c']))).toEqual({ ...nothing, columns: ['a', 'b', 'c'] });
  });
});
