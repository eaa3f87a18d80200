// @ts-check
/** Bundles test/host/ into dist/test/host/index.cjs, the module that VS Code loads in the extension host. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

const folder = join(root, 'test', 'host');

/** The test files, as paths that an import understands. */
function testFiles() {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => './' + relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/**
 * The module `host-tests`: a test file runs when it is required, which must be after mocha's globals are there.
 * @type {esbuild.Plugin}
 */
const hostTests = {
  name: 'host-tests',
  setup(build) {
    build.onResolve({ filter: /^host-tests$/ }, () => ({ path: 'host-tests', namespace: 'host-tests' }));
    build.onLoad({ filter: /.*/, namespace: 'host-tests' }, () => ({
      contents: `export function defineSuites() { ${testFiles()
        .map((file) => `require(${JSON.stringify(file)});`)
        .join(' ')} }`,
      resolveDir: folder,
    }));
  },
};

/**
 * @param {string} [output] the bundle's path
 * @returns {Promise<string>} the bundle's path
 */
export async function buildHostTests(output = join(root, 'dist', 'test', 'host', 'index.cjs')) {
  await esbuild.build({
    entryPoints: [join(folder, 'index.ts')],
    outfile: output,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
    // Mocha reads its own files at run time; the rest carry native binaries.
    external: ['vscode', 'mocha', 'onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node'],
    plugins: [hostTests],
  });
  return output;
}
