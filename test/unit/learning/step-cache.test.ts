/** What trainings of tables leave in the cache of compiled programs: equal settings share a graph, others never do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { openBackend } from '../../../src/engine/backends';
import type { ExperimentInput } from '../../../src/protocol';
import type { Program, ProgramSpec, Runtime } from '../../../src/tfjs-onnx';
import { exportOnnx, openProgramCache, openRuntime } from '../../../src/tfjs-onnx';
import { lossesOf, rings, slopes, Workplace } from './training-fixture';

let place: Workplace;
let runtime: Runtime;
let folder: string;
beforeAll(async () => {
  place = await Workplace.open();
  runtime = await openRuntime({ runtime: 'native', threads: 1, spinning: false });
  folder = await mkdtemp(path.join(tmpdir(), 'programs-'));
  await place.write('rings.csv', rings(90));
  await place.write('slopes.csv', slopes(90));
});
afterAll(async () => {
  await place.close();
  await rm(folder, { recursive: true, force: true });
});

const cache = () => openProgramCache({ folder, code: 'test' });

type Hyperparameters = Readonly<Record<string, string | number | boolean>>;
const perceptron = (change: Hyperparameters = {}, rest: Partial<ExperimentInput> = {}): ExperimentInput => ({
  version: 1,
  dataset: { path: 'rings.csv' },
  task: 'classification',
  target: 'kind',
  model: { family: 'mlp', hyperparameters: { width: 8, epochs: 1, batch: 16, ...change } },
  ...rest,
});

/** The training step that an experiment compiles. */
async function stepOf(experiment: ExperimentInput): Promise<ProgramSpec> {
  const seen: ProgramSpec[] = [];
  const backend: Backend = {
    ...place.backend,
    compile: (spec): Promise<Program> => {
      seen.push(spec);
      return place.backend.compile(spec);
    },
  };
  await place.train(experiment, { backend });
  return seen.find(({ name }) => name === 'training step')!;
}

it('has one key only where tables record one graph, whichever setting is changed', async () => {
  const graphs = new Map<string, string>();
  const experiments = [
    perceptron(),
    perceptron({ activation: 'tanh' }),
    perceptron({ activation: 'gelu' }),
    perceptron({ layers: 2 }),
    perceptron({ layers: 3 }),
    perceptron({ width: 16 }),
    perceptron({ batch: 8 }),
    perceptron({ epochs: 2 }),
    perceptron({ lr: 0.02 }),
    perceptron({ weightDecay: 0.3 }),
    perceptron({}, { seed: 5 }),
    perceptron({}, { dataset: { path: 'slopes.csv' }, task: 'regression', target: 'height' }),
    perceptron({}, { model: { family: 'linear', hyperparameters: { epochs: 1, batch: 16 } } }),
  ];
  for (const experiment of experiments) {
    const spec = await stepOf(experiment);
    const key = cache().keyOf(runtime, spec);
    expect(key).toBeDefined();
    const graph = Buffer.from(exportOnnx(spec)).toString('base64');
    expect(graphs.get(key!) ?? graph).toBe(graph);
    graphs.set(key!, graph);
  }
  expect(graphs.size).toBeGreaterThanOrEqual(8);
});

it('gives a second training of a table the kept step, and the same losses', async () => {
  const loaded: boolean[] = [];
  const backend = await openBackend('onnx', { threads: 1, programs: cache() });
  const watched: Backend = {
    ...backend,
    compile: async (spec) => {
      const program = await backend.compile(spec);
      if (spec.name === 'training step') loaded.push(program.fromCache ?? false);
      return program;
    },
  };
  const experiment = perceptron({ activation: 'gelu', epochs: 3 });
  const first = await place.train(experiment, { backend: watched });
  const second = await place.train(experiment, { backend: watched });
  expect(loaded).toEqual([false, true]);
  expect(await lossesOf(second)).toEqual(await lossesOf(first));
  backend.dispose();
});
