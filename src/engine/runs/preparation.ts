/** Which version of the lab's way from rows to parts and features a run began under. */
import { writesText } from '../../protocol/tasks';
import type { RunFile } from '../../protocol/runs';

/**
 * How rows become parts and features. A run that began under another number cannot be gone on with: its rows would be
 * split or encoded differently in the middle. 2: copies of a row stay on one side; scales are chosen on held-out rows.
 * 3: what a column holds is judged by all rows; spellings of a category are one.
 */
export const PREPARATION = 3;

/** Why a run cannot be gone on with. */
export const PREPARED_OTHERWISE = {
  message: 'This training began under another version of the lab, which split and encoded rows differently.',
  advice: 'Start a new training with the same settings.',
} as const;

/** Texts are prepared as ever. */
export function isPreparedAlike({ preparation = 1, task }: Pick<RunFile, 'preparation' | 'task'>): boolean {
  return preparation === PREPARATION || writesText(task);
}
