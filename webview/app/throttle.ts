/** Passes on at most one value per interval: the first at once, then the newest when the interval is over. */

export interface Clock {
  now(): number;
  /** Calls back once after `ms`. */
  after(ms: number, callback: () => void): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => void setTimeout(callback, ms),
};

export function throttle<T>(ms: number, deliver: (value: T) => void, clock: Clock): (value: T) => void {
  let last = -Infinity;
  let waiting: { readonly value: T } | undefined;
  const flush = (): void => {
    if (waiting === undefined) return;
    const { value } = waiting;
    waiting = undefined;
    last = clock.now();
    deliver(value);
  };
  return (value) => {
    const due = last + ms - clock.now();
    const scheduled = waiting !== undefined;
    waiting = { value };
    if (due <= 0) flush();
    else if (!scheduled) clock.after(due, flush);
  };
}
