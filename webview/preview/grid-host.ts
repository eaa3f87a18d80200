/**
 * Plays extension and engine for the page of a grid, with made-up rows: as many as wanted, the same for the same number.
 * `?rows=10000000&delay=5` in the address.
 */
import type { ColumnFigures, GridFilter, GridMark, GridTable, GridView } from '../../src/protocol/grid';
import type { FromGridPage, GridMethod, ToGridPage } from '../../src/protocol/grid-page';
import { applyTheme, type ThemeName, themes } from './themes';

const query = new URLSearchParams(location.search);
const rowCount = Number(query.get('rows') ?? 344);
const delay = Number(query.get('delay') ?? 2);
const theme = query.get('theme') ?? 'dark';
const marked = query.get('marks') !== 'no';
const wide = Number(query.get('columns') ?? 0);
/** Rows of a longer table whose figures are made of the first of them. */
const counted = Math.min(rowCount, 100_000);

const species = ['Adelie', 'Gentoo', 'Chinstrap'];
const islands = ['Biscoe', 'Dream', 'Torgersen', 'Petermann', 'Booth', 'Anvers'];
const noise = (row: number, salt: number): number => {
  const x = Math.sin(row * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};

interface FakeColumn {
  readonly name: string;
  readonly kind: string;
  readonly of: (row: number) => string | undefined;
}

const named: readonly FakeColumn[] = [
  { name: 'species', kind: 'category', of: (row) => species[Math.floor(noise(row, 1) ** 1.6 * 3)] },
  { name: 'island', kind: 'category', of: (row) => islands[Math.floor(noise(row, 2) ** 2 * 6)] },
  {
    name: 'body_mass_g',
    kind: 'number',
    of: (row) =>
      noise(row, 3) < 0.03
        ? undefined
        : String(Math.round(2700 + 1800 * (noise(row, 4) + noise(row, 5) + noise(row, 6)))),
  },
  { name: 'bill_length', kind: 'number', of: (row) => (32 + 28 * noise(row, 7)).toFixed(1) },
  {
    name: 'sex',
    kind: 'boolean',
    of: (row) => (noise(row, 8) < 0.08 ? undefined : noise(row, 9) < 0.5 ? 'female' : 'male'),
  },
  {
    name: 'notes',
    kind: 'text',
    of: (row) =>
      row % 7 === 3
        ? `<b>bold</b> \u202egnp.exe \u001b[31mred, and a long line that goes on and on behind the edge ${row}`
        : `seen at nest ${row}`,
  },
];
const more: readonly FakeColumn[] = Array.from({ length: wide }, (_, at) => ({
  name: `x${at + 1}`,
  kind: 'number',
  of: (row) => noise(row, at + 20).toFixed(4),
}));
const columns = [...named, ...more];
const numeric = (column: number) => columns[column]?.kind === 'number';

const table: GridTable = {
  gridId: 'fake',
  path: '/data/penguins.csv',
  source: 'csv',
  rows: rowCount,
  bytes: rowCount * 60,
  columns: columns.map(({ name, kind }, index) => ({ name, index, kind, numeric: kind === 'number' })),
  issues: [],
  target: marked ? 'species' : undefined,
};

/** The latest view and its rows; undefined: all rows in the order of the file. */
let latest: { readonly key: string; readonly rows: Int32Array | undefined } = { key: '', rows: undefined };

function rowsOf(view: GridView): Int32Array | undefined {
  if (view.filters.length === 0 && view.sort === undefined) return undefined;
  const key = JSON.stringify(view);
  if (latest.key === key) return latest.rows;
  const rows: number[] = [];
  for (let row = 0; row < counted; row++) {
    if (view.filters.every((filter) => passes(row, filter))) rows.push(row);
  }
  const { sort } = view;
  if (sort) {
    const sign = sort.descending ? -1 : 1;
    const of = (row: number) => columns[sort.column]?.of(row);
    rows.sort((one, other) => {
      const [a, b] = [of(one), of(other)];
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      return (
        sign * (numeric(sort.column) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0) || one - other
      );
    });
  }
  latest = { key, rows: Int32Array.from(rows) };
  return latest.rows;
}

function passes(row: number, filter: GridFilter): boolean {
  if (filter.by === 'marks') {
    const { verdict, unsure } = markOf(row);
    return filter.marks === 'errors' ? verdict === 'wrong' : unsure;
  }
  const value = columns[filter.column]?.of(row);
  switch (filter.by) {
    case 'missing':
      return (value === undefined) === filter.missing;
    case 'range':
      return (
        value !== undefined &&
        Number(value) >= filter.from &&
        (Number(value) < filter.to || (filter.closed && Number(value) === filter.to))
      );
    case 'values':
      return value !== undefined && filter.values.includes(value);
    case 'others':
      return value !== undefined && !filter.values.includes(value);
    case 'text':
      return value?.toLowerCase().includes(filter.text.toLowerCase()) === true;
  }
}

function markOf(row: number): GridMark {
  const label = columns[0]?.of(row) ?? '';
  const unsure = noise(row, 11) < 0.06;
  const isWrong = noise(row, 12) < 0.05;
  const predicted = isWrong ? (species.find((name) => name !== label) ?? '') : label;
  const sign = unsure ? '?' : isWrong ? '✗' : '✓';
  return {
    text: `${sign} ${predicted} ${unsure ? 52 : 97} % · ${noise(row, 13) < 0.8 ? 'training' : 'validation'}`,
    verdict: isWrong ? 'wrong' : 'right',
    unsure,
  };
}

function figuresOf(column: number, view: GridView): ColumnFigures {
  const of = columns[column]?.of ?? (() => undefined);
  const rows = rowsOf(view);
  const all = Array.from({ length: counted }, (_, row) => of(row));
  const left = rows ? [...rows].map(of) : all;
  const present = left.filter((value) => value !== undefined);
  const base = {
    index: column,
    rows: left.length,
    missing: left.length - present.length,
    distinct: new Set(present).size,
    distinctCapped: false,
  };
  const isFiltered = view.filters.length > 0;
  if (numeric(column)) {
    const numbers = all.filter((value) => value !== undefined).map(Number);
    const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
    const bins = 20;
    const binOf = (value: number) =>
      Math.min(bins - 1, Math.floor(((value - min) / (max - min || 1)) * bins));
    const count = (values: readonly number[]) => {
      const counts = Array.from({ length: bins }, () => 0);
      for (const value of values) counts[binOf(value)] = (counts[binOf(value)] ?? 0) + 1;
      return counts;
    };
    const edges = Array.from({ length: bins + 1 }, (_, at) => min + ((max - min) * at) / bins);
    return {
      ...base,
      plot: { shape: 'histogram', edges, counts: count(present.map(Number)) },
      whole: isFiltered ? count(numbers) : undefined,
    };
  }
  const countAll = tally(all);
  const countLeft = tally(left);
  const order = [...countAll].sort((one, other) => other[1] - one[1]).slice(0, 8);
  const rest = [...countLeft].filter(([value]) => !order.some(([name]) => name === value));
  return {
    ...base,
    plot: {
      shape: 'bars',
      bars: order.map(([value]) => ({ value, count: countLeft.get(value) ?? 0 })),
      others: {
        rows: rest.reduce((sum, [, count]) => sum + count, 0),
        values: rest.length,
        capped: false,
      },
    },
    whole: isFiltered ? order.map(([, count]) => count) : undefined,
  };
}

function tally(values: readonly (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const sent: FromGridPage[] = [];
const post = (message: ToGridPage) => window.postMessage(JSON.parse(JSON.stringify(message)), '*');
const later = (work: () => void) => setTimeout(work, delay);

function openTable(reason: 'first' | 'file-changed' | 'engine-ended' | 'asked'): void {
  if (query.get('state') === 'opening') return;
  if (query.get('state') === 'failed') {
    post({
      type: 'failed',
      error: {
        code: 'dataset',
        message: 'penguins.parquet is encrypted: its columns cannot be read.',
        advice: 'Write it again without encryption.',
      },
    });
    return;
  }
  const run = marked ? { name: 'penguins 12:30', task: 'classification' } : undefined;
  post({ type: 'opened', reason, table, trusted: true, run });
}

/** What the page asks with. It has been checked by the page's own types; this host is no judge of it. */
interface Asked {
  readonly view?: GridView;
  readonly from: number;
  readonly to: number;
  readonly columns: number[];
  readonly text: string;
  readonly row: number;
  readonly column: number;
  readonly backwards?: boolean;
}

function resultOf(method: GridMethod, asked: Asked): unknown {
  const view = asked.view ?? { filters: [] };
  const rows = rowsOf(view);
  const total = rows?.length ?? rowCount;
  const at = (position: number) => (rows ? (rows[position] ?? 0) : position);
  switch (method) {
    case 'rows': {
      const length = Math.max(0, Math.min(asked.to, total) - asked.from);
      const shown = Array.from({ length }, (_, k) => at(asked.from + k));
      return {
        ...{ total, from: asked.from, rows: shown },
        lines: shown.map((row) => row + 2),
        cells: shown.map((row) => asked.columns.map((column) => columns[column]?.of(row))),
        marks: marked ? shown.map(markOf) : undefined,
      };
    }
    case 'summarise':
      return { total, columns: asked.columns.map((column) => figuresOf(column, view)) };
    case 'find':
      return findIn(asked, total, at);
    case 'locate': {
      const position = rows ? rows.indexOf(asked.row) : asked.row;
      return position < 0 ? null : position;
    }
    case 'cell':
      return columns[asked.column]?.of(asked.row) ?? '';
    case 'mark':
      return {
        row: asked.row,
        label: columns[0]?.of(asked.row),
        probabilities: species.map((name, k) => ({ name, probability: [0.88, 0.11, 0.01][k] ?? 0 })),
      };
  }
}

function findIn(asked: Asked, total: number, at: (position: number) => number) {
  const step = asked.backwards === true ? -1 : 1;
  const text = asked.text.toLowerCase();
  for (let k = 0; k < Math.min(total, counted); k++) {
    const position = (asked.from + step * k + total) % total;
    const column = columns.findIndex(({ of }) => of(at(position))?.toLowerCase().includes(text) === true);
    if (column >= 0) return { position, column };
  }
  return null;
}

applyTheme(isTheme(theme) ? theme : 'dark', 'editor');

Object.assign(window, {
  sentByGrid: sent,
  postToGrid: post,
  openFakeTable: openTable,
  acquireVsCodeApi: () => ({
    postMessage: (message: FromGridPage) => {
      sent.push(message);
      if (message.type === 'ready' || message.type === 'tryAgain') openTable('first');
      if (message.type !== 'request') return;
      const { id, method, params } = message;
      // The extension checks what is asked; the page under trial is taken at its word.
      later(() => post({ type: 'answer', id, result: resultOf(method, params as unknown as Asked) }));
    },
    getState: () => JSON.parse(sessionStorage.getItem('grid') ?? 'null') as unknown,
    setState: (state: unknown) => sessionStorage.setItem('grid', JSON.stringify(state)),
  }),
});

function isTheme(name: string): name is ThemeName {
  return Object.hasOwn(themes, name);
}
