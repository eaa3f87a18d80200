/**
 * The time that a training has left, as people are told it. Every place that shows it (panel, tab, status bar) draws
 * at its own pace: the figure stays for a while, so that none of them shows another one than the rest.
 */
import type { TrainingSnapshot } from '../../protocol';

/** How long one figure is shown, ms: longer than any view waits before it draws. */
const shownFor = 1000;

export class TimeLeft {
  #run = '';
  #since = -Infinity;
  #seconds: number | undefined;

  /** The snapshot with the time that is shown now; `now` in ms, from a clock that only goes forward. */
  steady(snapshot: TrainingSnapshot, now: number): TrainingSnapshot {
    const { runFolder, state, secondsLeft } = snapshot;
    const isOld = now - this.#since >= shownFor;
    if (isOld || this.#seconds === undefined || this.#run !== runFolder || state !== 'running') {
      this.#run = runFolder;
      this.#seconds = secondsLeft;
      this.#since = now;
    }
    return { ...snapshot, secondsLeft: this.#seconds };
  }
}
