// @ts-check
/** The measuring side of the lab as one file. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';

/** @param {string} outfile */
export async function buildLab(outfile) {
  await build({
    entryPoints: [join(root, 'bench/columns/lab.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile,
    logLevel: 'error',
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node', 'sharp'],
  });
}
