/** Rows that are equal in all that a model sees, and have different labels. */
import { writeCounted } from '../../../protocol/words';
import { equalByChance, firstEqual, placeOf } from '../../datasets';
import { type Check, type Found, MOST_PLACES, type Place } from '../check';
import { equalRowsOf } from '../equal-rows';
import { featureColumns, type Subject } from '../subject';
import { quote, where } from '../wording';

export const check: Check = { find };

function* find(subject: Subject): Generator<Found | undefined> {
  const { table, target, targetColumn } = subject;
  if (target?.answer !== 'name') return;
  yield;
  const { counters } = equalRowsOf(subject);
  const features = featureColumns(subject)
    .filter(({ index, kind }) => kind !== 'identifier' && !counters.has(index))
    .map(({ index }) => index);
  if (features.length === 0) return;
  const usable = subject.rows.filter((row) => (target.labels[row] as number) >= 0);
  const first = firstEqual(table, usable, features);
  yield;
  const groups = groupsOf(usable, first);
  const conflicting = groups.filter((rows) =>
    rows.some((row) => target.labels[row] !== target.labels[rows[0] as number]),
  );
  const rows = conflicting.flat().sort((a, b) => a - b);
  const [row] = rows;
  if (row === undefined) return;
  const pairs = groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  // Columns of few values leave rows that nothing tells apart: that is no mistake in a label.
  if (equalByChance(table, usable, features, pairs)) return;
  const opposite = new Map<number, number>();
  for (const group of conflicting) {
    for (const one of group) {
      const other = group.find((each) => target.labels[each] !== target.labels[one]);
      if (other !== undefined) opposite.set(one, other);
    }
  }
  const nameOf = (each: number): string => quote(target.classes[target.labels[each] as number] as string);
  const against = opposite.get(row) ?? row;
  yield {
    message: `${writeCounted(rows.length, 'row')} are equal to another one in all but "${target.column}" (${nameOf(row)} ${where(table, row)}, ${nameOf(against)} ${where(table, against)}).`,
    advice: 'Correct the labels that are wrong, or add a column that tells the rows apart.',
    rows: rows.length,
    columns: [targetColumn],
    places: rows.slice(0, MOST_PLACES).map((each): Place => {
      const other = opposite.get(each) ?? each;
      return {
        row: each,
        column: targetColumn,
        says: `This row is ${nameOf(each)}, and ${placeOf(table, other)}, which is equal to it, is ${nameOf(other)}.`,
      };
    }),
  };
}

/** Rows with equal features, where there are several. */
function groupsOf(rows: Uint32Array, first: Uint32Array): number[][] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const original = first[row] as number;
    if (original === row) continue;
    const known = groups.get(original);
    if (known === undefined) groups.set(original, [original, row]);
    else known.push(row);
  }
  return [...groups.values()];
}
