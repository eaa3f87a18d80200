/** Long work in slices: between two of them the process hears what else is asked, and whether anybody still waits. */
import { setImmediate as others } from 'node:timers/promises';
import { CancelledError } from '../../protocol/endpoint';

/** ms of a slice. A mark that follows a keystroke waits for no longer. */
const SLICE = 12;

export class Slices {
  #began = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** Whether the slice is used up; asked often, e.g. every few thousand rows. */
  get isOver(): boolean {
    return performance.now() - this.#began > SLICE;
  }

  /** Lets others have their turn. CancelledError where nobody waits any more. */
  async next(): Promise<void> {
    await others();
    if (this.signal.aborted) throw new CancelledError();
    this.#began = performance.now();
  }

  /** Does `work` for every stretch of `size` of `[0, total)`, in slices. */
  async stretches(total: number, size: number, work: (from: number, to: number) => void): Promise<void> {
    for (let from = 0; from < total; from += size) {
      work(from, Math.min(total, from + size));
      if (this.isOver) await this.next();
    }
  }
}
