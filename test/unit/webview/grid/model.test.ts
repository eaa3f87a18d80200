import { describe, expect, it, vi } from 'vitest';
import type { GridRows, GridTable, GridView } from '../../../../src/protocol/grid';
import { type Ask, GridModel } from '../../../../webview/grid/grid-model';
import { Outdated } from '../../../../webview/grid/asking';
import { blockRows } from '../../../../webview/grid/row-cache';

const table: GridTable = {
  ...{ gridId: 'g', path: '/x.csv', source: 'csv', rows: 10_000, bytes: 5, issues: [] },
  columns: [0, 1, 2].map((index) => ({ name: `c${index}`, index, kind: 'number', numeric: true })),
};
const filtered: GridView = { filters: [{ by: 'missing', column: 1, missing: true }] };

interface Question {
  readonly method: string;
  readonly params: {
    readonly from: number;
    readonly to: number;
    readonly columns: number[];
    readonly view: GridView;
  };
  readonly signal: AbortSignal | undefined;
  readonly answer: (value: unknown) => void;
}

function model() {
  const questions: Question[] = [];
  const ask = ((method: string, params: Question['params'], { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Outdated()));
      questions.push({ method, params, signal, answer: resolve });
    })) as unknown as Ask;
  const failed: unknown[] = [];
  const grid = new GridModel({ ask, onChange: () => undefined, onFailure: (thrown) => failed.push(thrown) });
  grid.open(table, { filters: [] });
  return {
    grid,
    questions,
    failed,
    of: (method: string) => questions.filter((asked) => asked.method === method),
  };
}

const rowsFor = ({ params: { from, to, columns } }: Question, total: number): GridRows => {
  const rows = Array.from({ length: Math.min(to, total) - from }, (_, at) => from + at);
  return { total, from, rows, cells: rows.map((row) => columns.map((column) => `${row}/${column}`)) };
};

describe('rows of a grid', () => {
  it('are asked for where they are seen first, then around it', async () => {
    const { grid, of } = model();
    grid.cache.want({ from: 130, to: 150 }, { from: 0, to: 3 });
    expect(of('rows').map(({ params }) => params.from / blockRows)).toEqual([2, 1]);
    const [first] = of('rows');
    first?.answer(rowsFor(first, 10_000));
    await vi.waitFor(() => expect(grid.cache.cell(140, 2)).toEqual({ text: '140/2' }));
    expect(grid.cache.row(140)).toEqual({ row: 140, line: undefined, mark: undefined });
    expect(grid.cache.cell(100, 2)).toBeUndefined();
  });

  it('that have been scrolled past are given up for those that are seen', () => {
    const { grid, of } = model();
    for (let row = 0; row < 9000; row += 900) {
      grid.cache.want({ from: row, to: row + 20 }, { from: 0, to: 3 });
    }
    const waiting = of('rows').filter(({ signal }) => signal?.aborted === false);
    expect(waiting.length).toBeLessThanOrEqual(3);
    expect(waiting.some(({ params }) => params.from <= 8100 && params.to > 8100)).toBe(true);
  });

  it('of another view are forgotten, and answers that come late are not taken', async () => {
    const { grid, of } = model();
    grid.cache.want({ from: 0, to: 20 }, { from: 0, to: 3 });
    const [early] = of('rows');
    grid.change(filtered);
    expect(early?.signal?.aborted).toBe(true);
    expect(grid.counted).toBe(false);
    grid.cache.want({ from: 0, to: 20 }, { from: 0, to: 3 });
    const late = of('rows').at(-1);
    if (!late) throw new Error('Nothing was asked.');
    expect(late.params.view).toEqual(filtered);
    late.answer(rowsFor(late, 7));
    await vi.waitFor(() => expect(grid.total).toBe(7));
    expect(grid.counted).toBe(true);
  });
});

describe('figures of columns', () => {
  const figures = (index: number, rows: number) => ({
    ...{ index, rows, missing: 0, distinct: 1, distinctCapped: false },
  });

  it('are asked for once, follow the filters, and stay in sight until the new ones come', async () => {
    const { grid, of } = model();
    grid.wantFigures({ from: 0, to: 2 });
    grid.wantFigures({ from: 0, to: 2 });
    expect(of('summarise')).toHaveLength(1);
    of('summarise')[0]?.answer({ total: 10_000, columns: [figures(0, 10_000), figures(1, 10_000)] });
    await vi.waitFor(() => expect(grid.isFresh(1)).toBe(true));
    grid.change(filtered);
    expect(grid.isFresh(1)).toBe(false);
    expect(grid.figures(1)?.rows).toBe(10_000);
    grid.wantFigures({ from: 0, to: 2 });
    of('summarise')
      .at(-1)
      ?.answer({ total: 7, columns: [figures(0, 7), figures(1, 7)] });
    await vi.waitFor(() => expect(grid.figures(1)?.rows).toBe(7));
  });

  it('hold for another order of the same rows', async () => {
    const { grid, of } = model();
    grid.wantFigures({ from: 0, to: 1 });
    of('summarise')[0]?.answer({ total: 10_000, columns: [figures(0, 10_000)] });
    await vi.waitFor(() => expect(grid.isFresh(0)).toBe(true));
    grid.change({ filters: [], sort: { column: 0, descending: false } });
    expect(grid.isFresh(0)).toBe(true);
    expect(grid.counted).toBe(true);
  });
});

it('a search begins at the row that is meant, around both ends', () => {
  const { grid, of } = model();
  void grid.find('x', 10_000, false).catch(() => undefined);
  expect(of('find').at(-1)?.params.from).toBe(0);
  void grid.find('x', -1, true).catch(() => undefined);
  expect(of('find').at(-1)?.params.from).toBe(9999);
  expect(of('find')[0]?.signal?.aborted).toBe(true);
});
