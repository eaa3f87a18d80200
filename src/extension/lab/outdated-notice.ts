/** When a message in the Lab no longer holds: an error of before must not stand above a good result. */
import type { SharedState } from './lab-model';

/** Whether something good has happened since the message of the state was shown. */
export function isOutdated(before: SharedState, now: SharedState): boolean {
  const { notice } = now;
  if (notice === undefined || notice !== before.notice) return false;
  const { training, generation, marks, draft } = now;
  const otherRun = training !== undefined && training.runFolder !== before.training?.runFolder;
  const ended =
    (training?.state === 'finished' || training?.state === 'stopped') &&
    training.state !== before.training?.state;
  const written = generation?.state === 'finished' && before.generation?.state !== 'finished';
  // A file that does not fit its model has marks, too: they say so, and predict nothing.
  const marked = marks !== undefined && marks.predicted > 0 && marks.run !== before.marks?.run;
  const path = draft?.dataset.path;
  const otherFile = path !== undefined && path !== before.draft?.dataset.path && path !== notice.path;
  return otherRun || ended || written || marked || otherFile;
}
