/** The tests of TensorFlow.js' suite that are left out, each with its reason. */

export interface Exclusion {
  /** Matches the test's full name: the names of its suites and its own, joined by spaces. */
  readonly test: RegExp;
  readonly reason: string;
}

export const exclusions: readonly Exclusion[] = [];
