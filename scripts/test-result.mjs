// @ts-check
/** What a suite came to, and how it is said. */

/**
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [broken] The suite itself did not run to its end: why.
 * @property {string} [reason] Why tests were skipped.
 */

/** @type {Readonly<SuiteResult>} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/** @param {SuiteResult} result */
export const isGreen = (result) => result.failed === 0 && result.broken === undefined;

/**
 * `12 passed, 0 failed, 3 skipped`; what did not happen is left out, except the failures. A suite that broke
 * counts as one failure.
 * @param {SuiteResult} result
 */
export function summary({ passed, failed, skipped, broken }) {
  const failures = failed + (broken === undefined || failed > 0 ? 0 : 1);
  return `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {readonly SuiteResult[]} results
 * @returns {SuiteResult}
 */
export function total(results) {
  return results.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed + (each.broken !== undefined && each.failed === 0 ? 1 : 0),
      skipped: sum.skipped + each.skipped,
    }),
    nothing,
  );
}
