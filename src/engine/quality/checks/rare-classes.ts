/** Classes of the target with so few rows that they can be neither learnt nor checked. */
import { writeCounted } from '../../../protocol/words';
import { type Check, type Found, MOST_PLACES, type Place } from '../check';
import type { Subject } from '../subject';
import { quote, where } from '../wording';

export const check: Check = { find };

/** A fifth of them is in the validation part: one row. */
const FEW = 5;
/** In a smaller table every class is rare: only those of one row are told. */
const SMALL_TABLE = 60;
const NAMED = 5;

function* find({ table, target, targetColumn, rows }: Subject): Generator<Found | undefined> {
  yield;
  if (target?.answer !== 'name') return;
  const counts = target.classes.map(() => 0);
  for (const label of target.labels) if (label >= 0) counts[label] = (counts[label] as number) + 1;
  const few = table.rows < SMALL_TABLE ? 2 : FEW;
  const rare = new Set([...counts.keys()].filter((label) => (counts[label] as number) < few));
  if (rare.size === 0) return;
  const rareRows = Array.from(rows).filter((row) => rare.has(target.labels[row] as number));
  const names = [...rare].map(
    (label) => `${quote(target.classes[label] as string)} ${counts[label] as number}`,
  );
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const [first = 0] = rareRows;
  yield {
    message: `${writeCounted(rare.size, 'class', 'classes')} of "${target.column}" ${rare.size === 1 ? 'has' : 'have'} fewer than ${few} rows: ${names.slice(0, NAMED).join(', ')}${more} (${where(table, first, rareRows.length)}).`,
    advice: 'Add rows of them, join them with a class that they belong to, or correct the label.',
    rows: [...rare].reduce((sum, label) => sum + (counts[label] as number), 0),
    columns: [targetColumn],
    places: rareRows.slice(0, MOST_PLACES).map((row): Place => {
      const label = target.labels[row] as number;
      return {
        row,
        column: targetColumn,
        says: `${quote(target.classes[label] as string)} has only ${writeCounted(counts[label] as number, 'row')}.`,
      };
    }),
  };
}
