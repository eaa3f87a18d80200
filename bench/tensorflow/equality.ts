/**
 * The same programs on all three engines: the losses of whole trainings, step by step, from equal weights and batches.
 * The engines add in different orders, so float32 losses differ in their last digits and drift apart while they train.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { type Backend, openBackend } from '../../src/engine/backends';
import { trainExperiment, TrainingControl } from '../../src/engine/learning';
import { runPaths } from '../../src/engine/runs';
import { Experiment, type ExperimentInput, type MetricRecord } from '../../src/protocol';
import { openTraining } from '../engine/lab/measurements';
import { readProblem, writeProblem } from '../engine/lab/problem';
import { type Network, NETWORKS } from '../engine/cases.mjs';

/** Greatest relative difference of a loss: some tens of float32's roundings (6e-8 each), which 20 steps carry on. */
const TOLERANCE = 1e-5;
const STEPS = 20;

const small = { layers: 2, heads: 2, width: 32, context: 16, batch: 4 } as const;
const { gpt, mlp } = NETWORKS;

/** Small enough for `cpu`. */
const PROGRAMS: readonly (readonly [string, Network])[] = [
  ['multilayer perceptron', { ...mlp, features: 64, width: 64, batch: 32 } as Network],
  ['transformer', { ...gpt, ...small }],
];

/** A table of texts, trained by the product's whole path: thousands of word features into a small network. */
const TEXT_TABLE: ExperimentInput = {
  version: 1,
  dataset: { path: 'samples/support-messages.csv' },
  task: 'classification',
  target: 'topic',
  model: { family: 'mlp', hyperparameters: { width: 16, epochs: 3, batch: 64, patience: 0 } },
};

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
  for (const [title, network] of PROGRAMS) compare(title, await stepLosses(title, network));
  compare('text table', await tableLosses());
} finally {
  for (const engine of engines) engine.dispose();
  await rm(folder, { recursive: true, force: true });
}

/** The losses of every step, a course for each engine. */
async function stepLosses(title: string, network: Network): Promise<number[][]> {
  const file = path.join(folder, `${title.replace(/\W+/g, '-')}.safetensors`);
  await writeProblem(file, network);
  const courses: number[][] = [];
  for (const engine of engines) {
    const training = await openTraining(engine, network, await readProblem(file, network));
    const { losses = [] } = await training.measure(STEPS);
    training.dispose();
    courses.push([...losses]);
  }
  return courses;
}

/** The losses that a training writes down, on its training and validation data. */
async function tableLosses(): Promise<number[][]> {
  const courses: number[][] = [];
  for (const backend of engines) {
    const { summary } = await trainExperiment({
      experiment: Experiment.parse(TEXT_TABLE),
      runsFolder: path.join(folder, backend.engine),
      baseFolder: process.cwd(),
      backend,
      control: new TrainingControl(),
      onSnapshot: () => undefined,
    });
    const records = (await readFile(runPaths(summary.folder).metrics, 'utf8')).trim().split('\n');
    courses.push(
      records.flatMap((line) => {
        const { training, validation } = JSON.parse(line) as MetricRecord;
        return [training?.loss ?? [], validation?.loss ?? []].flat();
      }),
    );
  }
  return courses;
}

/** The first engine's course is what the others are held against. */
function compare(title: string, courses: readonly (readonly number[])[]): void {
  const [first = []] = courses;
  engines.forEach(({ engine }, at) => {
    const own = courses[at] ?? [];
    const apart = Math.max(
      ...first.map((loss, step) => Math.abs((own[step] ?? NaN) - loss) / Math.abs(loss)),
    );
    const equal = first.length > 0 && own.length === first.length && apart <= TOLERANCE;
    const range = `${(own[0] ?? NaN).toFixed(5)} -> ${(own.at(-1) ?? NaN).toFixed(5)} (${own.length} losses)`;
    console.log(
      `  ${equal ? 'equal' : 'APART'}  ${title}, ${engine}: ${range}, apart by ${apart.toExponential(1)}`,
    );
    if (!equal) process.exitCode = 1;
  });
}
