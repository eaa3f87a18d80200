/**
 * The same programs on all three engines: the losses of whole trainings, step by step, from equal weights and batches.
 * The engines add in different orders, so float32 losses differ in their last digits and drift apart while they train.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { type Backend, openBackend } from '../../src/engine/backends';
import { openTraining } from '../engine/lab/measurements';
import { readProblem, writeProblem } from '../engine/lab/problem';
import { type Network, NETWORKS } from '../engine/cases.mjs';

/** Greatest relative difference of a loss. 2^-23 a rounding, some thousands of roundings in a row, 20 steps. */
const TOLERANCE = 1e-3;
const STEPS = 20;

const small = { layers: 2, heads: 2, width: 32, context: 16, batch: 4 } as const;
const { gpt, mlp } = NETWORKS;

/** Small enough for `cpu`: an MLP, a transformer, and rows of word counts as a table of texts gives them. */
const PROGRAMS: readonly (readonly [string, Network])[] = [
  ['multilayer perceptron', { ...mlp, features: 64, width: 64, batch: 32 } as Network],
  ['transformer', { ...gpt, ...small }],
  [
    'text table (5,000 word features)',
    { ...mlp, features: 5000, width: 64, layers: 1, classes: 2, batch: 64 } as Network,
  ],
];

const folder = await mkdtemp(path.join(tmpdir(), 'model-lab-equality-'));
const engines: Backend[] = [];
try {
  for (const name of ['onnx', 'tensorflow', 'cpu'] as const)
    engines.push(await openBackend(name, { threads: 1 }));
  for (const { engine, runtime, versions } of engines)
    console.log(`${engine}: ${runtime} ${JSON.stringify(versions)}`);
  console.log(
    `TensorFlow.js ${tf.version_core}; losses of ${STEPS} steps, tolerance ${TOLERANCE} (relative)`,
  );
  for (const [title, network] of PROGRAMS) await compare(title, network);
} finally {
  for (const engine of engines) engine.dispose();
  await rm(folder, { recursive: true, force: true });
}

async function compare(title: string, network: Network): Promise<void> {
  const file = path.join(folder, `${title.replace(/\W+/g, '-')}.safetensors`);
  await writeProblem(file, network);
  const courses: number[][] = [];
  for (const engine of engines) {
    const training = await openTraining(engine, network, await readProblem(file, network));
    const { losses = [] } = await training.measure(STEPS);
    training.dispose();
    courses.push([...losses]);
  }
  const [first = []] = courses;
  engines.forEach(({ engine }, at) => {
    const own = courses[at] ?? [];
    const apart = Math.max(
      ...first.map((loss, step) => Math.abs((own[step] ?? NaN) - loss) / Math.abs(loss)),
    );
    const equal = apart <= TOLERANCE;
    const range = `${(own[0] ?? NaN).toFixed(5)} -> ${(own.at(-1) ?? NaN).toFixed(5)}`;
    console.log(
      `  ${equal ? 'equal' : 'APART'}  ${title}, ${engine}: ${range}, apart by ${apart.toExponential(1)}`,
    );
    if (!equal) process.exitCode = 1;
  });
}
