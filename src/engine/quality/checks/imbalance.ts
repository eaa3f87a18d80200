/** A target nearly all of whose rows are of one class. */
import { writeCount, writeShare } from '../../../protocol/words';
import { type Check, type Found, namePlaces } from '../check';
import type { Subject } from '../subject';
import { quote } from '../wording';

export const check: Check = { find };

const NEARLY_ALL = 0.9;

function* find({ target, targetColumn }: Subject): Generator<Found | undefined> {
  yield;
  if (target?.answer !== 'name') return;
  const counts = target.classes.map(() => 0);
  let rows = 0;
  for (const label of target.labels) {
    if (label < 0) continue;
    counts[label] = (counts[label] as number) + 1;
    rows++;
  }
  const most = Math.max(...counts);
  if (most < NEARLY_ALL * rows) return;
  const others = rows - most;
  yield {
    message: `${writeShare(most / rows)} of the rows of "${target.column}" are ${quote(target.classes[counts.indexOf(most)] as string)}, ${writeCount(others)} are something else.`,
    advice: 'Judge a model by its balanced accuracy, and add rows of the other classes where you can.',
    rows: others,
    columns: [targetColumn],
    places: namePlaces([targetColumn]),
  };
}
