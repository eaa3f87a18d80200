/** Where everything lies in the folder of a run. */
import { join } from 'node:path';

export interface RunPaths {
  readonly experiment: string;
  readonly run: string;
  /** Who trains it now; absent when nobody does. */
  readonly lock: string;
  readonly metrics: string;
  /** What a language model wrote while it learnt: one JSON line each. */
  readonly samples: string;
  readonly model: string;
  readonly weights: string;
  readonly onnx: string;
  readonly preprocess: string;
  readonly rowParts: string;
  readonly checkpoints: string;
}

export function runPaths(runFolder: string): RunPaths {
  const model = join(runFolder, 'model');
  return {
    experiment: join(runFolder, 'experiment.json'),
    run: join(runFolder, 'run.json'),
    lock: join(runFolder, 'training.lock'),
    metrics: join(runFolder, 'metrics.jsonl'),
    samples: join(runFolder, 'samples.jsonl'),
    model,
    weights: join(model, 'model.safetensors'),
    onnx: join(model, 'model.onnx'),
    preprocess: join(model, 'preprocess.json'),
    rowParts: join(model, 'rows.safetensors'),
    checkpoints: join(runFolder, 'checkpoints'),
  };
}
