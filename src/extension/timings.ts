/** The times that "Show Engine Details" and the tests read. */

export interface ActivationTimes {
  /** Evaluating what the extension needs to activate, ms. */
  readonly loadMs: number;
  /** `activate`, ms. */
  readonly activateMs: number;
}

export interface Timings extends ActivationTimes {
  /** From the first need of an engine to its readiness, ms. */
  readonly readyMs: number | undefined;
  /** From keystrokes to the decorations that show their effect, ms. */
  readonly keystrokeMs: readonly number[];
  readonly keystrokeMedianMs: number | undefined;
}
