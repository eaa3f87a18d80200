/** Which rows of a subject are equal: asked by several checks, found once. */
import { countsRows, firstEqual } from '../datasets';
import type { Subject } from './subject';

export interface EqualRows {
  /** Of all rows of the table: the first row that is looked at with the same cells. */
  readonly first: Uint32Array;
  /** Columns that were compared, and those that only count the rows and were not. */
  readonly compared: readonly number[];
  readonly counters: ReadonlySet<number>;
}

const known = new WeakMap<Subject, EqualRows>();

export function equalRowsOf(subject: Subject): EqualRows {
  const found = known.get(subject) ?? compare(subject);
  known.set(subject, found);
  return found;
}

function compare({ table, rows }: Subject): EqualRows {
  const all = [...table.columns.keys()];
  const counters = new Set(all.filter((column) => countsRows(table, column)));
  // A table of nothing but numbers of rows has no copies.
  const compared = counters.size === all.length ? all : all.filter((column) => !counters.has(column));
  return { first: firstEqual(table, rows, compared), compared, counters };
}
