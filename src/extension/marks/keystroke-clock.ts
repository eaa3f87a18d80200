/** How long it takes from a keystroke to the decorations that show its effect, in ms. */

/** Measurements that are kept. */
const capacity = 500;

export class KeystrokeClock {
  readonly #latencies: number[] = [];
  #earliest: number | undefined;

  /** A document with marks was edited. */
  typed(): void {
    this.#earliest ??= performance.now();
  }

  /** Decorations of the newest version were set. */
  drawn(): void {
    if (this.#earliest === undefined) return;
    this.#latencies.push(performance.now() - this.#earliest);
    if (this.#latencies.length > capacity) this.#latencies.shift();
    this.#earliest = undefined;
  }

  get latencies(): readonly number[] {
    return this.#latencies;
  }

  /** Undefined before the first measurement. */
  get median(): number | undefined {
    const sorted = this.#latencies.toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)];
  }
}
