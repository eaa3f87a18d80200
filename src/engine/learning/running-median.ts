/** The median of the latest values: one slow step among many does not move it. */
export class RunningMedian {
  readonly #values: number[] = [];
  #next = 0;

  constructor(private readonly length: number) {}

  add(value: number): void {
    this.#values[this.#next % this.length] = value;
    this.#next++;
  }

  /** Undefined before the first value. */
  get value(): number | undefined {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }
}
