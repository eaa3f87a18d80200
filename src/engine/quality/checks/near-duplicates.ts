/** Rows that are equal but for case, spaces and signs, and texts that share most of their words. */
import { writeCounted } from '../../../protocol/words';
import { equalByChance, firstEqual, placeOf } from '../../datasets';
import { type Change, type Check, type Found, MOST_PLACES, type Place, SLICE } from '../check';
import { equalRowsOf } from '../equal-rows';
import { folding } from '../lookalikes';
import { Resemblances } from '../minhash';
import type { Subject } from '../subject';
import { where } from '../wording';

export const check: Check = { find, mend };

/** Rows after which the comparison of texts rests. */
const TEXTS_AT_ONCE = 2_000;

function* find(subject: Subject): Generator<Found | undefined> {
  const copies = new Map<number, number>();
  for (const pair of foldedCopies(subject)) {
    if (pair === undefined) yield;
    else copies.set(pair.row, pair.of);
  }
  if (copies.size > 0) yield rowsFound(subject, copies);
  for (const { index, kind } of subject.columns) {
    if (kind === 'text') yield* similarTexts(subject, index, copies);
  }
}

function rowsFound({ table }: Subject, copies: ReadonlyMap<number, number>): Found {
  const [[first, of] = [0, 0]] = copies;
  const count = copies.size;
  return {
    message: `${writeCounted(count, 'row differs', 'rows differ')} from an earlier one only in case, spaces or signs (${where(table, first, count)}, from ${placeOf(table, of)}).`,
    advice: 'Where they are the same, keep one of them.',
    rows: count,
    columns: [],
    places: [...copies].slice(0, MOST_PLACES).map(([row, other]): Place => {
      return { row, says: `This row differs from ${placeOf(table, other)} only in case, spaces or signs.` };
    }),
    mends: [
      {
        kind: 'edit',
        name: 'delete',
        label: `Delete ${count === 1 ? 'the later one' : `the ${writeCounted(count, 'later one')}`} and keep the first of each`,
      },
    ],
  };
}

function* mend(subject: Subject): Generator<Change> {
  for (const pair of foldedCopies(subject)) if (pair !== undefined) yield { row: pair.row, remove: true };
}

/**
 * Rows that fold to an earlier one, exact copies of any not among them; undefined where it can rest. Rows are first told
 * apart by columns whose cells are compared as they are, so that few have to be folded.
 */
function* foldedCopies(
  subject: Subject,
): Generator<{ readonly row: number; readonly of: number } | undefined> {
  const { table, rows, columns } = subject;
  const { first: exact, compared: all } = equalRowsOf(subject);
  const words = all.filter((index) => !EXACT.has(columns[index]?.kind ?? ''));
  if (words.length === 0) return;
  yield;
  const others = all.filter((index) => !words.includes(index));
  const bins = others.length === 0 ? undefined : firstEqual(table, rows, others);
  yield;
  const sizes = new Map<number, number>();
  for (const row of rows) {
    const bin = bins?.[row] ?? 0;
    sizes.set(bin, (sizes.get(bin) ?? 0) + 1);
  }
  const firstOf = new Map<string, number>();
  const found: { row: number; of: number }[] = [];
  let looked = 0;
  for (const row of rows) {
    const bin = bins?.[row] ?? 0;
    if ((sizes.get(bin) as number) < 2 || exact[row] !== row) continue;
    if (++looked % (SLICE / 20) === 0) yield;
    const key = `${bin}\n${words.map((column) => folding(table.cell(row, column))).join('\n')}`;
    const of = firstOf.get(key);
    if (of === undefined) firstOf.set(key, row);
    else found.push({ row, of });
  }
  // Rows of few different values are nearly equal by chance, as they are equal by chance.
  if (found.length > 0 && equalByChance(table, rows, all, found.length)) return;
  yield* found;
}

/** Kinds of columns whose cells say the same only when they are written the same, or nearly so. */
const EXACT = new Set(['number', 'date', 'boolean', 'constant', 'empty', 'image']);

function* similarTexts(
  subject: Subject,
  column: number,
  copies: ReadonlyMap<number, number>,
): Generator<Found | undefined> {
  const { table, rows } = subject;
  const name = table.columns[column] as string;
  const { first: exact } = equalRowsOf(subject);
  const seen = new Resemblances((row) => table.cell(row, column), rows.length);
  const places: Place[] = [];
  let count = 0;
  let first: readonly [row: number, of: number] | undefined;
  let looked = 0;
  for (const row of rows) {
    if (++looked % TEXTS_AT_ONCE === 0) yield;
    if (exact[row] !== row || copies.has(row) || table.isMissing(row, column)) continue;
    const of = seen.add(table.cell(row, column), row);
    if (of < 0) continue;
    first ??= [row, of];
    if (count++ < MOST_PLACES)
      places.push({ row, column, says: `This text is nearly the same as that of ${placeOf(table, of)}.` });
  }
  if (first === undefined) return;
  yield {
    message: `${writeCounted(count, 'text')} of "${name}" ${count === 1 ? 'is' : 'are'} nearly the same as an earlier one (${where(table, first[0], count)}, as in ${placeOf(table, first[1])}).`,
    advice:
      'A model that has learnt the one is not tested by the other: keep one of them, or both on one side of a split.',
    rows: count,
    columns: [column],
    places,
  };
}
