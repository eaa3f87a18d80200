/** How a running training is told to wait, go on, stop or make itself ready for the end of its process. */

/** `stop` keeps the best weights and ends the run; `interrupt` writes a checkpoint to go on from another time. */
export type ControlWish = 'go' | 'stop' | 'interrupt';

export class TrainingControl {
  #paused = false;
  #wish: ControlWish = 'go';
  #wake: (() => void)[] = [];

  get paused(): boolean {
    return this.#paused;
  }

  pause(): void {
    if (this.#wish === 'go') this.#paused = true;
  }

  continue(): void {
    this.#paused = false;
    this.#wakeAll();
  }

  stop(): void {
    if (this.#wish === 'go') this.#wish = 'stop';
    this.continue();
  }

  interrupt(): void {
    this.#wish = 'interrupt';
    this.continue();
  }

  /** What is wished for, at once. */
  get wish(): ControlWish {
    return this.#wish;
  }

  /** Resolves when training shall not wait (any longer). */
  async settled(): Promise<ControlWish> {
    while (this.#paused) await new Promise<void>((resolve) => this.#wake.push(resolve));
    return this.#wish;
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
