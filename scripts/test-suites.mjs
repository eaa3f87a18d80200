// @ts-check
/** The kinds of tests, in the order in which `npm test` runs them: the cheap and telling ones first. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { runForStatus } from './command.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { root } from './paths.mjs';
import { nothing } from './test-result.mjs';

/**
 * @typedef {import('./test-result.mjs').SuiteResult} SuiteResult
 *
 * @typedef {object} TestOptions
 * @property {string} grep Only tests whose name matches.
 * @property {boolean} electron The host suite in a desktop VS Code.
 * @property {readonly string[]} files Only test files whose path contains one of these.
 *
 * @typedef {Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>} VitestReport
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {boolean} [needsBrowser]
 * @property {(options: TestOptions) => Promise<SuiteResult>} run
 */

/**
 * A check that is one program: one test that passes or fails.
 * @param {string} name
 * @param {readonly string[]} args the program's script in node_modules, then its arguments
 * @returns {Suite}
 */
function check(name, [script = '', ...args]) {
  return {
    name,
    run: async () => {
      const status = await runForStatus(process.execPath, [join(root, 'node_modules', script), ...args], {
        cwd: root,
      });
      return status === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
    },
  };
}

/**
 * The tests of one folder, run by vitest.
 * @param {string} name
 * @param {{ folder?: string, without?: string, config?: string, needsBrowser?: boolean }} [settings] `without`: a
 *   folder in it that is another suite
 * @returns {Suite}
 */
function vitest(name, settings = {}) {
  const { folder = `test/${name}`, without, config = 'vitest.config.mjs', needsBrowser = false } = settings;
  return {
    name,
    needsBrowser,
    run: async ({ grep, files }) => {
      if (!hasTests(join(root, folder))) return { ...nothing, reason: 'no tests there' };
      const report = join(root, 'test-results', `${name}.json`);
      await mkdir(join(root, 'test-results'), { recursive: true });
      rmSync(report, { force: true });
      const args = [
        join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        `--config=${config}`,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...(grep === '' ? [] : ['-t', grep]),
        ...(files.length === 0 ? [`${folder}/`] : files),
        ...(without === undefined ? [] : [`--exclude=${without}/**`]),
        '--passWithNoTests',
      ];
      const status = await runForStatus(process.execPath, args, { cwd: root });
      return readReport(report, status);
    },
  };
}

/** @param {string} folder */
function hasTests(folder) {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((name) => /\.test\.ts$/.test(String(name)))
  );
}

/**
 * Counts of vitest's JSON report.
 * @param {string} report
 * @param {number} status vitest's exit status
 * @returns {SuiteResult}
 */
function readReport(report, status) {
  if (!existsSync(report)) return { ...nothing, broken: `vitest ended with status ${status} and no report` };
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync(report, 'utf8'));
  const counts = /** @type {VitestReport} */ (parsed);
  /** @type {SuiteResult} */
  const result = {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
  // A file that does not load has no failed test, but the run failed all the same.
  return status !== 0 && result.failed === 0
    ? { ...result, broken: `vitest ended with status ${status}` }
    : result;
}

/**
 * The tests that TensorFlow.js ships for its backends, against ours on one of its runtimes.
 * @param {'native' | 'wasm'} runtime
 * @returns {Suite}
 */
function tfjsConformance(runtime) {
  return {
    name: `conformance ${runtime}`,
    // Files are vitest's: to name one is to leave these out.
    run: async ({ grep, files }) =>
      files.length > 0 ? nothing : (await import('./test-conformance.mjs')).runConformance({ runtime, grep }),
  };
}

/** @type {Suite} */
const host = {
  name: 'host',
  needsBrowser: true,
  run: async ({ grep, electron }) => {
    await ensureBuild();
    const { runHostTests } = await import('./test-host.mjs');
    return runHostTests({ grep, electron });
  },
};

/**
 * The end-to-end kinds drive the built extension.
 * @param {Suite} suite
 * @returns {Suite}
 */
const onBuild = (suite) => ({
  ...suite,
  run: async (options) => {
    await ensureBuild();
    return suite.run(options);
  },
});

const inBrowser = { config: 'test/e2e/vitest.config.mjs', needsBrowser: true };

/** @type {readonly Suite[]} */
export const suites = [
  check('typecheck', ['typescript/bin/tsc', '--noEmit']),
  check('typecheck webview', ['typescript/bin/tsc', '--noEmit', '-p', 'webview/tsconfig.json']),
  check('typecheck e2e', ['typescript/bin/tsc', '--noEmit', '-p', 'test/e2e/tsconfig.json']),
  check('lint', ['eslint/bin/eslint.js', '--max-warnings=0', '.']),
  check('format', ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']),
  vitest('unit'),
  vitest('conformance'),
  tfjsConformance('native'),
  tfjsConformance('wasm'),
  vitest('fault'),
  host,
  onBuild(vitest('e2e', { ...inBrowser, without: 'test/e2e/vsix' })),
  onBuild(vitest('vsix', { ...inBrowser, folder: 'test/e2e/vsix' })),
];

/** Why suites with a browser cannot run here, or nothing when they can. */
export async function whyNoBrowser() {
  if ((await ensureBrowser()) !== undefined) return undefined;
  return 'there is no Chromium here (install one, or name it in the variable CHROMIUM)';
}
