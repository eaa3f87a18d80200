/** What this process did when: totals of everything since its start, and the latest spans one by one. */

/** One stretch of work. */
export interface Span {
  /** What was done, e.g. `training step`. */
  readonly name: string;
  /** Kind of work, e.g. `run`, `trace`, `session`, `phase`. */
  readonly kind: string;
  /** Since the start of the process, ms. */
  readonly start: number;
  readonly ms: number;
}

export interface SpanTotal {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
  readonly totalMs: number;
  /** The longest one, ms. */
  readonly maxMs: number;
}

/** Spans kept one by one; a training has many more steps than anybody reads. */
const KEPT = 20_000;

export class SpanLog {
  readonly #latest: Span[] = [];
  readonly #totals = new Map<string, SpanTotal>();
  #next = 0;

  add(span: Span): void {
    if (this.#latest.length < KEPT) this.#latest.push(span);
    else this.#latest[this.#next] = span;
    this.#next = (this.#next + 1) % KEPT;
    const { name, kind, ms } = span;
    const key = `${kind}\0${name}`;
    const { count, totalMs, maxMs } = this.#totals.get(key) ?? { count: 0, totalMs: 0, maxMs: 0 };
    this.#totals.set(key, {
      name,
      kind,
      count: count + 1,
      totalMs: totalMs + ms,
      maxMs: Math.max(maxMs, ms),
    });
  }

  /** Runs the work as one span, also when it fails. */
  async measure<T>(kind: string, name: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.add({ name, kind, start, ms: performance.now() - start });
    }
  }

  /** In the order in which each kind of work was first done. */
  totals(): SpanTotal[] {
    return [...this.#totals.values()];
  }

  /** The latest spans, oldest first. */
  latest(): Span[] {
    return [...this.#latest.slice(this.#next), ...this.#latest.slice(0, this.#next)];
  }
}

/** The log of this process. */
export const spans = new SpanLog();
