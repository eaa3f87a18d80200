// @ts-check
/**
 * nanoGPT's CPU configuration, side by side and in turns: one whole training step, and writing at batch 1.
 *
 *   node bench/gpt/index.mjs [--json] [--turns N] [--threads N] [--no-cpu]
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { inTurns, report } from '../harness.mjs';
import { openTorch } from './torch.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    turns: { type: 'string', default: '6' },
    threads: { type: 'string' },
    'no-cpu': { type: 'boolean', default: false },
  },
});

const engines = await loadEngines();
const threads = values.threads === undefined ? engines.physicalCores() : Number(values.threads);
const turns = Number(values.turns);
const STEPS = 20;
const TOKENS = 200;

/** @type {import('../harness.mjs').Contestant[]} */
const training = [];
/** @type {import('../harness.mjs').Contestant[]} */
const writing = [];
const notes = [];

const ours = await engines.openBackend('onnx', { threads });
const step = await engines.openStep(ours);
training.push({ engine: `onnx (${ours.runtime})`, measure: () => step.measure(STEPS) });
const alone = await engines.openBackend('onnx', { threads: 1 });
const writer = await engines.openWriter(alone);
writing.push({
  engine: `onnx (${alone.runtime})`,
  measure: async () => [await writer.tokensPerSecond(TOKENS)],
});

const torch = await openTorch(threads);
if ('missing' in torch) notes.push(torch.missing);
else {
  const engine = `PyTorch ${torch.version ?? ''}`;
  training.push({ engine, measure: async () => (await torch.ask(`step ${String(STEPS)}`)).ms ?? [] });
  writing.push({
    engine,
    measure: async () => [(await torch.ask(`generate ${String(TOKENS)}`)).tokensPerSecond ?? NaN],
  });
}
try {
  const tensorflow = await engines.openBackend('tensorflow', { threads });
  const slow = await engines.openStep(tensorflow);
  training.push({ engine: tensorflow.runtime, measure: () => slow.measure(5) });
} catch (error) {
  notes.push(`TensorFlow is not measured: ${error instanceof Error ? error.message : String(error)}`);
}
if (!values['no-cpu']) {
  const cpu = await engines.openBackend('cpu');
  const slowest = await engines.openStep(cpu);
  training.push({ engine: 'tfjs cpu', measure: () => slowest.measure(1), turns: 1 });
}

report(await inTurns('gpt', 'training step', 'ms', training, turns), values.json);
report(await inTurns('gpt', 'writing', 'tokens/s', writing, turns), values.json);
if ('close' in torch) torch.close();
for (const note of notes) console.error(note);

/** The product's own code, bundled as it is for the extension. */
async function loadEngines() {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const outfile = path.join(root, 'node_modules/.cache/local-model-lab/bench-gpt.mjs');
  await mkdir(path.dirname(outfile), { recursive: true });
  await esbuild.build({
    entryPoints: [path.join(root, 'bench/gpt/engines.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  const bundle = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  return /** @type {typeof import('./engines')} */ (bundle);
}
