/** Columns that have no value in most rows. */
import { writeCount, writeShare } from '../../../protocol/words';
import { type Check, type Found, namePlaces } from '../check';
import { featureColumns, type Subject } from '../subject';
import { quote } from '../wording';

export const check: Check = { find };

const MOSTLY = 0.5;

function* find(subject: Subject): Generator<Found | undefined> {
  const { table } = subject;
  for (const { name, index, missing, kind } of featureColumns(subject)) {
    const share = missing / Math.max(1, table.rows);
    if (kind === 'empty' || share < MOSTLY) continue;
    yield {
      message: `"${name}" has no value in ${writeCount(missing)} of ${writeCount(table.rows)} rows (${writeShare(share)}).`,
      advice: 'Fill it where the values are known, or leave it out.',
      rows: missing,
      columns: [index],
      places: namePlaces([index]),
      mends: [{ kind: 'exclude', label: `Leave ${quote(name)} out`, columns: [name] }],
    };
  }
}
