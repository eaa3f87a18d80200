// @ts-check
/** Our side of the benchmarks, bundled from its TypeScript as the extension's own code is. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/paths.mjs';

/**
 * Bundles one TypeScript file of `bench` into the project's cache and tells where the result lies.
 * @param {string} entry path under `bench`
 * @param {string} name
 */
export async function bundle(entry, name) {
  const outfile = join(root, 'node_modules/.cache/local-model-lab', `${name}.mjs`);
  await mkdir(join(outfile, '..'), { recursive: true });
  await esbuild.build({
    entryPoints: [join(root, 'bench', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}
