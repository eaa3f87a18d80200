/** Small models trained for the tests of inference, by the real training. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../../../src/engine/backends';
import { Predictor } from '../../../src/engine/inference';
import { TrainingControl, trainExperiment } from '../../../src/engine/learning';
import { loadModel } from '../../../src/engine/runs';
import { Experiment } from '../../../src/protocol';
import { writeSettled } from '../settled-file';

/** Rows whose class follows from two numbers and a colour, and whose price is their sum. */
export function fruitTable(rows: number): string {
  const lines = ['weight,length,colour,fruit,price'];
  for (let row = 0; row < rows; row++) {
    const apple = row % 3 !== 0;
    const weight = (apple ? 150 : 110) + ((row * 37) % 29);
    const length = (apple ? 7 : 17) + ((row * 13) % 11) / 10;
    lines.push(
      `${weight},${length},${apple ? 'red' : 'yellow'},${apple ? 'apple' : 'banana'},${(weight + length) / 10}`,
    );
  }
  return lines.join('\n') + '\n';
}

export interface TrainedRun {
  readonly folder: string;
  readonly path: string;
  readonly runFolder: string;
  readonly text: string;
  readonly predictor: Predictor;
}

export async function trainFruits(backend: Backend, target: 'fruit' | 'price'): Promise<TrainedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-inference-'));
  const path = join(folder, 'fruits.csv');
  const text = fruitTable(240);
  writeSettled(path, text);
  const { summary } = await trainExperiment({
    backend,
    control: new TrainingControl(),
    onSnapshot: () => undefined,
    experiment: Experiment.parse({
      version: 1,
      dataset: { path },
      task: target === 'fruit' ? 'classification' : 'regression',
      target,
      exclude: [target === 'fruit' ? 'price' : 'fruit'],
      model: { family: 'mlp', hyperparameters: { epochs: 12, width: 16, layers: 1, lr: 0.01 } },
    }),
    runsFolder: join(folder, '.model-lab', 'runs'),
    baseFolder: folder,
  });
  const predictor = await Predictor.open(backend, await loadModel(summary.folder));
  return { folder, path, runFolder: summary.folder, text, predictor };
}
