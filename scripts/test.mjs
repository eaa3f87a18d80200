// @ts-check
/**
 * `npm test`: installs what is missing, runs every kind of test and ends with the line `N passed, N failed`.
 *
 *   npm test                                  everything
 *   npm test -- --only unit,host              some kinds (typecheck, lint, format, unit, conformance, fault,
 *                                             host, e2e, vsix)
 *   npm test -- --only e2e --grep "decorat"   tests whose name matches
 *   npm test -- --only unit datasets          test files whose path contains "datasets" (not for host)
 *   npm test -- --only host --electron        the host suite in a desktop VS Code
 */
import { parseArgs } from 'node:util';
import { ensureInstall } from './ensure-install.mjs';
import { isGreen, nothing, summary, total } from './test-result.mjs';

/** @typedef {import('./test-result.mjs').SuiteResult} SuiteResult */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    grep: { type: 'string', default: '' },
    electron: { type: 'boolean', default: false },
  },
});

await ensureInstall();
const { suites, whyNoBrowser } = await import('./test-suites.mjs');

const chosen = values.only.split(',').filter((kind) => kind !== '');
const kinds = suites.filter(({ name }) => chosen.length === 0 || chosen.some((kind) => isOfKind(name, kind)));
const unknown = chosen.filter((kind) => !suites.some(({ name }) => isOfKind(name, kind)));
if (unknown.length > 0) throw new Error(`There is no kind of tests named ${unknown.join(', ')}.`);

/** @param {string} name @param {string} kind */
function isOfKind(name, kind) {
  return name === kind || name.startsWith(`${kind} `);
}

/**
 * @param {import('./test-suites.mjs').Suite} suite
 * @returns {Promise<SuiteResult>}
 */
async function runSuite(suite) {
  if (suite.needsBrowser === true && !(suite.name === 'host' && values.electron)) {
    const reason = await whyNoBrowser();
    if (reason !== undefined) return { ...nothing, skipped: 1, reason };
  }
  try {
    return await suite.run({ grep: values.grep, electron: values.electron, files: positionals });
  } catch (error) {
    return { ...nothing, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** @type {{ name: string, seconds: number, result: SuiteResult }[]} */
const done = [];
for (const suite of kinds) {
  console.log(`\n── ${suite.name}`);
  const started = performance.now();
  const result = await runSuite(suite);
  if (result.broken !== undefined) console.log(result.broken);
  done.push({ name: suite.name, seconds: (performance.now() - started) / 1000, result });
}

console.log('');
for (const { name, seconds, result } of done) {
  const reason = result.reason ?? result.broken?.split('\n')[0];
  const line = `${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s  ${summary(result)}`;
  console.log(reason === undefined ? line : `${line} (${reason})`);
}
process.exitCode = done.every(({ result }) => isGreen(result)) ? 0 : 1;
console.log(summary(total(done.map(({ result }) => result))));
