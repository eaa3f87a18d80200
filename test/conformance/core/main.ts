/**
 * Runs the tests that `@tensorflow/tfjs-core` ships for its backends against ours. A program of its own, because the
 * tests are written for Jasmine and share one global engine: `node conformance.cjs --runtime native --grep conv2d`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { env as jasmineEnv, jasmine } from './globals';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { openRuntime, registerOnnxBackend } from '../../../src/tfjs-onnx';
import { exclusions } from './exclusions';

/** What a run came to; the parent process reads it. */
export interface ConformanceReport {
  readonly runtime: string;
  readonly passed: number;
  readonly failed: number;
  readonly excluded: number;
  /** Tests that the suite itself has switched off. */
  readonly switchedOff: number;
  readonly seconds: number;
  readonly failures: readonly { readonly test: string; readonly messages: readonly string[] }[];
  /** Exclusions that match no test any more. */
  readonly stale: readonly string[];
}

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'native' },
    grep: { type: 'string', default: '' },
    report: { type: 'string', default: '' },
    names: { type: 'string', default: '' },
  },
});

const runtime = await openRuntime({ runtime: values.runtime === 'wasm' ? 'wasm' : 'native' });
await registerOnnxBackend(runtime);
setTestEnvs([{ name: 'onnx', backendName: 'onnx', isDataSync: true }]);
await import('@tensorflow/tfjs-core/dist/tests');

const started = performance.now();
const grep = new RegExp(values.grep, 'i');
const seen = exclusions.map(() => false);
const names: string[] = [];
const failures: { test: string; messages: string[] }[] = [];
let passed = 0;
let excluded = 0;
let switchedOff = 0;

function isExcluded(name: string): boolean {
  const index = exclusions.findIndex(({ test }) => test.test(name));
  if (index >= 0) seen[index] = true;
  return index >= 0;
}

const tell = (test: string, expectations: readonly { message: string; stack: string }[]): void => {
  failures.push({ test, messages: expectations.map(({ message, stack }) => `${message}\n${stack}`) });
  console.log(`✗ ${test}`);
  for (const { message } of expectations)
    console.log(`    ${message.split('\n').slice(0, 4).join('\n    ')}`);
};

jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;
jasmineEnv.configure({
  random: false,
  failSpecWithNoExpectations: false,
  specFilter: (spec) => {
    const name = spec.getFullName();
    names.push(name);
    if (isExcluded(name)) {
      if (grep.test(name)) excluded++;
      return false;
    }
    return grep.test(name);
  },
});
jasmineEnv.addReporter({
  specDone: ({ fullName, status, failedExpectations }) => {
    if (status === 'passed') passed++;
    if (status === 'pending') switchedOff++;
    if (status === 'failed') tell(fullName, failedExpectations);
  },
  suiteDone: ({ fullName, failedExpectations }) => {
    if (failedExpectations.length > 0) tell(fullName, failedExpectations);
  },
});
await jasmineEnv.execute();

const report: ConformanceReport = {
  runtime: runtime.kind,
  passed,
  failed: failures.length,
  excluded,
  switchedOff,
  seconds: (performance.now() - started) / 1000,
  failures,
  stale: exclusions.filter((_, i) => !seen[i]).map(({ test }) => String(test)),
};
for (const stale of report.stale) console.log(`The exclusion ${stale} matches no test.`);
console.log(
  `${runtime.kind}: ${passed} passed, ${failures.length} failed, ${excluded} excluded, ` +
    `${switchedOff} switched off by the suite itself (${report.seconds.toFixed(1)} s)`,
);
if (values.names !== '') writeFileSync(values.names, names.join('\n'));
if (values.report !== '') {
  mkdirSync(dirname(values.report), { recursive: true });
  writeFileSync(values.report, JSON.stringify(report, null, 2));
}
process.exit(failures.length > 0 || report.stale.length > 0 ? 1 : 0);
