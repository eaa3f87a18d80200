// @ts-check
/**
 * `npm run test:conformance`: the tests that TensorFlow.js ships for its backends, against the ONNX backend. Prints
 * passed, failed and excluded for each runtime.
 *
 *   npm run test:conformance                                        native and WebAssembly, all tests
 *   npm run test:conformance -- --grep conv2d --runtime native      some tests on one runtime
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { runForStatus } from './command.mjs';
import { root } from './paths.mjs';
import { nothing, summary, total } from './test-result.mjs';

/** @typedef {import('./test-result.mjs').SuiteResult} SuiteResult */
/** @typedef {'native' | 'wasm'} RuntimeKind */

const bundle = join(root, 'dist', 'test', 'conformance.mjs');

/** TensorFlow.js ships its tests as modules for bundlers; the backend goes into the same bundle, for one engine. */
async function build() {
  await esbuild.build({
    entryPoints: [join(root, 'test', 'conformance', 'core', 'main.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The package declares its tests free of side effects, which is all they have.
    ignoreAnnotations: true,
    external: ['onnxruntime-node', 'onnxruntime-web', 'jasmine-core'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
}

/**
 * @param {{ runtime: RuntimeKind, grep?: string }} options
 * @returns {Promise<SuiteResult>}
 */
export async function runConformance({ runtime, grep = '' }) {
  await build();
  const report = join(root, 'test-results', `conformance-${runtime}.json`);
  rmSync(report, { force: true });
  const options = { '--runtime': runtime, '--grep': grep, '--report': report };
  const status = await runForStatus(process.execPath, [bundle, ...Object.entries(options).flat()], {
    cwd: root,
  });
  if (!existsSync(report))
    return { ...nothing, broken: `the tests ended with status ${status} and no report` };
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync(report, 'utf8'));
  const { passed, failed, excluded, switchedOff, stale } =
    /** @type {import('../test/conformance/core/main').ConformanceReport} */ (parsed);
  const result = { passed, failed, skipped: excluded + switchedOff };
  return stale.length === 0 ? result : { ...result, broken: 'an exclusion matches no test' };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { grep: { type: 'string', default: '' }, runtime: { type: 'string', default: 'native,wasm' } },
  });
  /** @type {SuiteResult[]} */
  const results = [];
  for (const runtime of values.runtime.split(',')) {
    results.push(
      await runConformance({ runtime: runtime === 'wasm' ? 'wasm' : 'native', grep: values.grep }),
    );
  }
  const all = total(results);
  console.log(summary(all));
  process.exitCode = all.failed === 0 ? 0 : 1;
}
