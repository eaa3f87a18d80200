/** Rows by the time that a column says: what is learnt from the past is judged by what came later. */
import { LabError } from '../../protocol/errors';
import type { RowParts, Table } from './types';

/** `[rows]`: days, or the numbers of the column; NaN where there is none. LabError('invalid') for a column of words. */
export function timesOf(table: Table, column: number): Float64Array {
  const { reading } = table.reader.found(column);
  if (reading.holds === 'dates') return table.reader.days(column, reading.dates ?? 'year-first');
  if (reading.holds === 'numbers') return table.numbers(column);
  throw new LabError('invalid', `"${table.columns[column] ?? ''}" holds neither dates nor numbers.`, {
    advice: 'Rows are split by time by a column of dates, years or other numbers that grow with time.',
    place: { path: table.path },
  });
}

/** The newest rows, about `share` of them, against all older ones; rows of one time stay together. */
export function newestApart(rows: Uint32Array, times: Float64Array, share: number): RowParts {
  const order = byTime(rows, times);
  const cut = nearestChange(order, times, Math.round((1 - share) * order.length));
  return { training: order.slice(0, cut), validation: order.slice(cut) };
}

/**
 * Fold by fold a later stretch of time, each judged by a model of all that came before it: the rows in `folds + 1` stretches
 * of about the same size, of which the first is only learnt from.
 */
export function forwardFolds(rows: Uint32Array, times: Float64Array, folds: number): RowParts[] {
  const order = byTime(rows, times);
  const cuts = Array.from({ length: folds + 2 }, (_, at) =>
    at === folds + 1
      ? order.length
      : nearestChange(order, times, Math.round((at * order.length) / (folds + 1))),
  );
  return Array.from({ length: folds }, (_, fold) => ({
    training: order.slice(0, cuts[fold + 1]),
    validation: order.slice(cuts[fold + 1], cuts[fold + 2]),
  }));
}

function byTime(rows: Uint32Array, times: Float64Array): Uint32Array {
  return rows.slice().sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
}

/** The place next to `wanted` where another time begins; 0 or the end where there is none. */
function nearestChange(order: Uint32Array, times: Float64Array, wanted: number): number {
  const isChange = (at: number): boolean =>
    at <= 0 || at >= order.length || times[order[at - 1] as number] !== times[order[at] as number];
  for (let away = 0; ; away++) {
    if (isChange(wanted - away)) return Math.max(0, wanted - away);
    if (isChange(wanted + away)) return Math.min(order.length, wanted + away);
  }
}
