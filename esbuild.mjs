// @ts-check
/**
 * Builds the bundles into dist/: the extension (runs in VS Code's extension host), the engine and the command
 * line (run in Node), and the webview (runs in a browser frame).
 *
 *   node esbuild.mjs                 development build with source maps
 *   node esbuild.mjs --watch         the same, again at every change
 *   node esbuild.mjs --production    minified, as it is packaged
 */
import { cp, mkdir } from 'node:fs/promises';
import * as esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What stays outside the bundles: VS Code's API, and packages that carry native binaries or WebAssembly. */
const external = [
  'vscode',
  'onnxruntime-node',
  'onnxruntime-web',
  '@tensorflow/tfjs-node',
  'playwright-core',
];

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: true,
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
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  { ...node, entryPoints: { engine: 'src/engine/main.ts' }, outdir: 'dist', outExtension: { '.js': '.cjs' } },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', outExtension: { '.js': '.cjs' } },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    tsconfig: 'webview/tsconfig.json',
    loader: { '.ttf': 'file' },
  },
];

await mkdir('dist', { recursive: true });
await cp('node_modules/@vscode/codicons/dist', 'dist/codicons', { recursive: true });

if (watch) {
  const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
