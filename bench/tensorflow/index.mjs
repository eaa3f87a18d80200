// @ts-check
/**
 * TensorFlow itself, for real: builds `@tensorflow/tfjs-node` against the library of the `tensorflow-cpu` wheel, holds
 * the engines `onnx`, `tensorflow` and `cpu` against each other over the same programs, and measures.
 *
 *   npm run bench:tensorflow
 *   npm run bench:tensorflow -- --equality    without the measurements
 *   npm run bench:tensorflow -- --quick       short measurements
 *
 * Where the wheel, pip, npm or a compiler is missing it says so and ends well: there is nothing to compare with then.
 */
import { parseArgs } from 'node:util';
import { run } from '../../scripts/command.mjs';
import { ensureInstall } from '../../scripts/ensure-install.mjs';
import { root } from '../../scripts/paths.mjs';
import { bundle } from '../engine/bundle.mjs';
import { builtTensorFlow } from './place.mjs';
import { buildTensorFlow } from './build.mjs';

const { values: options } = parseArgs({
  options: {
    equality: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});

await ensureInstall();
const folder = await place();
if (folder !== undefined) {
  const env = { MODEL_LAB_TENSORFLOW: folder, TF_CPP_MIN_LOG_LEVEL: '3' };
  await run(process.execPath, [await bundle('tensorflow/equality.ts', 'bench-tensorflow')], {
    env,
    cwd: root,
  });
  if (!options.equality) {
    const flags = [
      '--peers',
      'tensorflow',
      ...(options.quick ? ['--quick'] : []),
      ...(options.json ? ['--json'] : []),
    ];
    await run(process.execPath, ['bench/engine/index.mjs', ...flags], { env, cwd: root });
  }
}

/** @returns {Promise<string | undefined>} */
async function place() {
  const named = process.env['MODEL_LAB_TENSORFLOW'] ? builtTensorFlow() : undefined;
  if (named !== undefined) return named;
  try {
    return await buildTensorFlow((line) => console.error(line));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`TensorFlow is not measured here, and nothing was compared: ${reason}`);
    return undefined;
  }
}
