// @ts-check
/**
 * Builds the bundles into dist/: the extension (runs in VS Code's extension host), the engine and the command
 * line (run in Node), and the webview (runs in a browser frame).
 *
 *   node esbuild.mjs                 development build with source maps
 *   node esbuild.mjs --watch         the same, again at every change
 *   node esbuild.mjs --production    minified and without source maps, as it is packaged
 *   node esbuild.mjs --outdir=DIR    into another folder than dist/
 */
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { writeExperimentSchema } from './scripts/write-experiment-schema.mjs';

const { production, watch, outdir } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
  },
}).values;

/** What stays outside the bundles: VS Code's API, and packages that carry native binaries or WebAssembly. */
const external = [
  'vscode',
  'onnxruntime-node',
  'onnxruntime-web',
  '@tensorflow/tfjs-node',
  'playwright-core',
  'sharp',
  'node-sqlite3-wasm',
];

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: !production,
  minify: production,
  logLevel: 'info',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20', format: 'cjs', external };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: { extension: 'src/extension/main.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
  },
  { ...node, entryPoints: { engine: 'src/engine/main.ts' }, outdir, outExtension: { '.js': '.cjs' } },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir, outExtension: { '.js': '.cjs' } },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    entryPoints: { webview: 'webview/main.ts', grid: 'webview/grid/main.ts' },
    outdir,
    tsconfig: 'webview/tsconfig.json',
    loader: { '.ttf': 'file' },
  },
];

await mkdir(join(outdir, 'codicons'), { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  await cp(join('node_modules/@vscode/codicons/dist', file), join(outdir, 'codicons', file));
}

await writeExperimentSchema(join(outdir, 'schemas', 'experiment.schema.json'));

if (watch) {
  const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  // esbuild prints what is wrong; the other bundles are built all the same.
  const results = await Promise.allSettled(bundles.map((options) => esbuild.build(options)));
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
}
