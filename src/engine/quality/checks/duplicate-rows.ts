/** Rows whose cells are the same as those of an earlier row; columns that only count the rows are overlooked. */
import { writeCounted } from '../../../protocol/words';
import { equalByChance, placeOf } from '../../datasets';
import type { Change, Check, Found, Place } from '../check';
import { MOST_PLACES } from '../check';
import { equalRowsOf } from '../equal-rows';
import type { Subject } from '../subject';
import { listed, where } from '../wording';

export const check: Check = { find, mend };

interface Copies {
  /** `[rows]`: the first row with the same cells. */
  readonly first: Uint32Array;
  /** Rows that are copies, ascending. */
  readonly rows: readonly number[];
  readonly pairs: number;
  readonly compared: readonly number[];
  /** Columns that count the rows. */
  readonly counters: readonly number[];
}

function* find(subject: Subject): Generator<Found | undefined> {
  yield;
  const copies = copiesIn(subject);
  yield;
  const [row] = copies.rows;
  if (row === undefined) return;
  const { table } = subject;
  const count = copies.rows.length;
  const byChance = equalByChance(table, subject.rows, copies.compared, copies.pairs);
  const but = copies.counters.length === 0 ? '' : `, but for ${listed(namesOf(subject, copies.counters))}`;
  yield {
    severity: byChance ? 'information' : undefined,
    message: `${writeCounted(count, 'row is a copy', 'rows are copies')} of ${count === 1 ? 'an earlier one' : 'earlier ones'}${but} (${where(table, row, count)}, of ${placeOf(table, copies.first[row] as number)}).`,
    advice: byChance
      ? 'The columns have few different values, so that rows agree by chance: nothing needs to be done.'
      : 'Where they were written twice by mistake, delete the copies. Trainings keep equal rows on one side of the split.',
    rows: count,
    columns: [],
    places: copies.rows.slice(0, MOST_PLACES).map((copy): Place => {
      return {
        row: copy,
        says: `This row is a copy of ${placeOf(table, copies.first[copy] as number)}${but}.`,
      };
    }),
    mends: byChance
      ? []
      : [
          {
            kind: 'edit',
            name: 'delete',
            label: `Delete ${count === 1 ? 'the copy' : `the ${writeCounted(count, 'copy', 'copies')}`} and keep the first of each`,
          },
        ],
  };
}

function* mend(subject: Subject): Generator<Change> {
  for (const row of copiesIn(subject).rows) yield { row, remove: true };
}

function copiesIn(subject: Subject): Copies {
  const { first, compared, counters } = equalRowsOf(subject);
  const copies: number[] = [];
  const sizes = new Map<number, number>();
  let pairs = 0;
  for (const row of subject.rows) {
    const original = first[row] as number;
    if (original === row) continue;
    const size = sizes.get(original) ?? 1;
    pairs += size;
    sizes.set(original, size + 1);
    copies.push(row);
  }
  return { first, rows: copies, pairs, compared, counters: [...counters] };
}

function namesOf({ table }: Subject, columns: readonly number[]): string[] {
  return columns.map((column) => table.columns[column] as string);
}
