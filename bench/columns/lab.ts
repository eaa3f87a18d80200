/**
 * One measurement in a process of its own: inspects a file or trains on it, and prints as JSON how long it took.
 *
 *   lab.cjs inspect FILE TARGET
 *   lab.cjs train FILE TARGET RUNS     until the second epoch begins
 */
import '../../src/catalogue';
import { openBackend } from '../../src/engine/backends';
import { inspectDataset } from '../../src/engine/datasets';
import { openFeatures } from '../../src/engine/features';
import { TrainingControl, trainExperiment } from '../../src/engine/learning';
import { Experiment } from '../../src/protocol';

interface Moment {
  /** Seconds since the process began to work, by the wall's clock and by the processor. */
  readonly wall: number;
  readonly processor: number;
}

const began = performance.now();
const processorBegan = process.cpuUsage();

function now(): Moment {
  const { user, system } = process.cpuUsage(processorBegan);
  return { wall: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

async function inspect(path: string, target: string): Promise<object> {
  const summary = await inspectDataset(path, undefined, { target });
  return { rows: summary.kind === 'table' ? summary.rows : 0, done: now() };
}

async function train(path: string, target: string, runsFolder: string): Promise<object> {
  const backend = await openBackend('onnx', { threads: 2 });
  const control = new TrainingControl();
  let first: Moment | undefined;
  let epoch: Moment | undefined;
  const experiment = Experiment.parse({
    version: 1,
    dataset: { path },
    task: 'classification',
    target,
    model: { family: 'mlp', hyperparameters: { layers: 2, width: 64, epochs: 2, batch: 256 } },
  });
  await trainExperiment({
    experiment,
    runsFolder,
    baseFolder: runsFolder,
    backend,
    control,
    onSnapshot: ({ step, epoch: current }) => {
      if (step > 0) first ??= now();
      if (current < 1) return;
      epoch ??= now();
      control.stop();
    },
  });
  return { first, epoch, done: now() };
}

async function main([what, path = '', target = '', runs = '']: readonly string[]): Promise<void> {
  await openFeatures();
  const found = what === 'inspect' ? await inspect(path, target) : await train(path, target, runs);
  console.log(JSON.stringify({ ...found, megabytes: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}

void main(process.argv.slice(2));
