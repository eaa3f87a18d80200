/**
 * The same programs on all three engines: the losses of whole trainings, step by step, from equal weights and batches.
 * The engines add in different orders, so float32 losses differ in their last digits and drift apart while they train.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '../../src/catalogue';
import { type Backend, openBackend } from '../../src/engine/backends';
import { openFeatures } from '../../src/engine/features';
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

await openFeatures();
const folder = await mkdtemp(path.join(tmpdir(), 'model-lab-equality-'));
const names: string[] = [];
/** By program, one course of losses for each engine. */
const courses = new Map<string, number[][]>();
try {
  for (const name of ['onnx', 'tensorflow', 'cpu'] as const) {
    const backend = await openBackend(name, { threads: 1 });
    names.push(name);
    console.log(`${name}: ${backend.runtime} ${JSON.stringify(backend.versions)}`);
    for (const [title, network] of PROGRAMS) keep(title, await stepLosses(backend, title, network));
    keep('text table', await tableLosses(backend));
    backend.dispose();
  }
  console.log(`TensorFlow.js ${tf.version_core}; losses, tolerance ${TOLERANCE} (relative)`);
  for (const [title, own] of courses) compare(title, own);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function keep(title: string, course: number[]): void {
  courses.set(title, [...(courses.get(title) ?? []), course]);
}

/** The losses of every step. */
async function stepLosses(backend: Backend, title: string, network: Network): Promise<number[]> {
  const file = path.join(folder, `${title.replace(/\W+/g, '-')}.safetensors`);
  await writeProblem(file, network);
  const training = await openTraining(backend, network, await readProblem(file, network));
  const { losses = [] } = await training.measure(STEPS);
  training.dispose();
  return [...losses];
}

/** The losses that a training writes down, on its training and validation data. */
async function tableLosses(backend: Backend): Promise<number[]> {
  const { summary } = await trainExperiment({
    experiment: Experiment.parse(TEXT_TABLE),
    runsFolder: path.join(folder, backend.engine),
    baseFolder: process.cwd(),
    backend,
    control: new TrainingControl(),
    onSnapshot: () => undefined,
  });
  const records = (await readFile(runPaths(summary.folder).metrics, 'utf8')).trim().split('\n');
  return records.flatMap((line) => {
    const { training, validation } = JSON.parse(line) as MetricRecord;
    return [training?.loss ?? [], validation?.loss ?? []].flat();
  });
}

/** The first engine's course is what the others are held against. */
function compare(title: string, programs: readonly (readonly number[])[]): void {
  const [first = []] = programs;
  names.forEach((engine, at) => {
    const own = programs[at] ?? [];
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
