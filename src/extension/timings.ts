/** The times that "Show Engine Details" and the tests read. */
import type { Timings } from './engine/details';
import type { Engines } from './engine/engines';
import type { KeystrokeClock } from './marks/keystroke-clock';

export interface TimingSources {
  readonly loadMs: number;
  readonly activateStarted: number;
  readonly engines: Engines;
  readonly clock: KeystrokeClock;
}

/** `activated` is called at the end of `activate`. */
export function timingsOf({ loadMs, activateStarted, engines, clock }: TimingSources): {
  readonly activated: () => void;
  readonly read: () => Timings;
} {
  let activateMs = 0;
  return {
    activated: () => {
      activateMs = performance.now() - activateStarted;
    },
    read: () => ({
      loadMs,
      activateMs,
      readyMs: engines.serving.startMs,
      keystrokeMs: clock.latencies,
      keystrokeMedianMs: clock.median,
    }),
  };
}
