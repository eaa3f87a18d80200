// @ts-check
/** Where the benchmark's own build of `@tensorflow/tfjs-node` lies, in the cache folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder } from '../python.mjs';

export const TFJS_NODE = '4.22.0';
export const TENSORFLOW = '2.21.0';

/** The project that holds the private copy; its name tells both versions. */
export function copyFolder() {
  return join(peersFolder(), `tfjs-node-${TFJS_NODE}-tensorflow-${TENSORFLOW}`);
}

/** The package within it. */
export function packageFolder() {
  return join(copyFolder(), 'node_modules', '@tensorflow', 'tfjs-node');
}

/** Node's binding to TensorFlow, the last thing that a build makes. @param {string} [folder] a package of tfjs-node */
export function bindingFile(folder = packageFolder()) {
  return join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
}

/**
 * The tfjs-node that MODEL_LAB_TENSORFLOW names, else the one that `npm run bench:tensorflow` has built; undefined
 * where there is neither.
 * @returns {string | undefined}
 */
export function builtTensorFlow() {
  const named = process.env['MODEL_LAB_TENSORFLOW'];
  if (named) return named;
  return existsSync(bindingFile()) ? packageFolder() : undefined;
}
