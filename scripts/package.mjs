// @ts-check
/**
 * `npm run package`: a VSIX for this platform, with this platform's native binary only, that works without
 * node_modules beside it. `node scripts/package.mjs --out FILE` names the file.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './command.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { root } from './paths.mjs';

/** VS Code's name of a platform, from Node's. */
const target = `${process.platform}-${process.arch}`;
const modules = join(root, 'node_modules');

/** What lies beside the bundles in the package, where it is there. */
const documents = ['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'];
const folders = ['media', 'samples'];

/**
 * Writes the package.
 * @param {string} [output] path of the VSIX
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function packageExtension(output) {
  await ensureInstall();
  const manifest = await packagedManifest();
  const file = resolve(
    output ?? join(root, `${String(manifest['name'])}-${target}-${String(manifest['version'])}.vsix`),
  );
  const staging = await mkdtemp(join(tmpdir(), 'model-lab-package-'));
  try {
    await layOut(staging, manifest);
    await pack(staging, file);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return { file, bytes: (await stat(file)).size };
}

/**
 * The manifest without what only a clone needs: everything is in the bundles.
 * @returns {Promise<Record<string, unknown>>}
 */
async function packagedManifest() {
  /** @type {unknown} */
  const parsed = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const leftOut = [
    'scripts',
    'bin',
    'private',
    'dependencies',
    'optionalDependencies',
    'devDependencies',
    'allowScripts',
  ];
  const entries = Object.entries(/** @type {Record<string, unknown>} */ (parsed));
  return Object.fromEntries(entries.filter(([key]) => !leftOut.includes(key)));
}

/**
 * @param {string} staging
 * @param {Record<string, unknown>} manifest
 */
async function layOut(staging, manifest) {
  const dist = join(staging, 'dist');
  await run(process.execPath, ['esbuild.mjs', '--production', `--outdir=${dist}`], {
    cwd: root,
    quiet: true,
  });
  await writeFile(join(staging, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const name of [...documents, ...folders]) {
    const source = join(root, name);
    if (existsSync(source)) {
      await cp(source, join(staging, name), {
        recursive: true,
        filter: (path) => !path.includes('.model-lab'),
      });
    }
  }
  await copyNativeRuntime(join(dist, 'node_modules'));
  await copyWebAssemblyRuntime(join(dist, 'node_modules'));
  await copyImageLibrary(join(dist, 'node_modules'));
  await copyPackage('node-sqlite3-wasm', ['dist'], join(dist, 'node_modules'));
}

/**
 * `onnxruntime-node` with this platform's library. Platforms for which it has none (Intel Macs, musl) do
 * without: there the WebAssembly runtime serves.
 * @param {string} to
 */
async function copyNativeRuntime(to) {
  await copyPackage('onnxruntime-common', ['dist/cjs', 'dist/esm'], to);
  const binary = join('bin', 'napi-v6', process.platform, process.arch);
  if (existsSync(join(modules, 'onnxruntime-node', binary))) {
    await copyPackage('onnxruntime-node', ['dist', binary], to);
  }
}

/**
 * `onnxruntime-web`: its entry for Node and the WebAssembly that this entry loads.
 * @param {string} to
 */
async function copyWebAssemblyRuntime(to) {
  const entry = ['dist/ort.node.min.js', 'dist/ort.node.min.mjs'];
  const webAssembly = ['dist/ort-wasm-simd-threaded.wasm', 'dist/ort-wasm-simd-threaded.mjs'];
  await copyPackage('onnxruntime-web', [...entry, ...webAssembly], to);
}

/**
 * `sharp` with what it is made of on this platform: its binary and the library that this loads, or WebAssembly where that is
 * what is installed.
 * @param {string} to
 */
async function copyImageLibrary(to) {
  await copyPackage('sharp', ['dist'], to);
  await copyPackage('@img/colour', [''], to);
  await copyPackage('detect-libc', ['lib'], to);
  await copyPackage('semver', [''], to);
  for (const name of await readdir(join(modules, '@img'))) {
    if (name.startsWith('sharp-')) await copyPackage(`@img/${name}`, [''], to);
  }
  // The only package that the WebAssembly needs beside its own.
  if (existsSync(join(modules, '@img', 'sharp-wasm32'))) await copyPackage('@emnapi/runtime', [''], to);
}

/**
 * Copies parts of an installed package, without source maps and type declarations.
 * @param {string} name
 * @param {readonly string[]} parts paths in the package
 * @param {string} to a node_modules folder
 */
async function copyPackage(name, parts, to) {
  const licences = ['LICENSE', 'LICENSE.txt'].filter((file) => existsSync(join(modules, name, file)));
  for (const part of ['package.json', ...licences, ...parts]) {
    await mkdir(dirname(join(to, name, part)), { recursive: true });
    await cp(join(modules, name, part), join(to, name, part), {
      recursive: true,
      filter: (path) => !/\.(?:map|d\.ts|d\.mts)$/.test(path),
    });
  }
}

/**
 * @param {string} staging
 * @param {string} file
 */
async function pack(staging, file) {
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  await mkdir(dirname(file), { recursive: true });
  const options = [
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  await run(process.execPath, [vsce, 'package', '--target', target, '--out', file, ...options], {
    cwd: staging,
    quiet: true,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const { file, bytes } = await packageExtension(values.out);
  console.log(`${file}\n${(bytes / 2 ** 20).toFixed(1)} MiB for ${target}`);
}
