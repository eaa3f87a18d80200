/** Judging what is learnt from a table, on both of its parts. */
import type { ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { shuffle } from '../datasets/random';
import type { FeatureModel } from '../models';
import type { Measured } from '../tasks';
import type { TableData, TablePart } from './table-data';
import { everyPosition, TablePredictor, wantedAt } from './table-predictor';
import type { Evaluator } from './task';

/** Training rows that an evaluation looks at, at most: enough for ± 1 %. */
const SAMPLED_TRAINING_ROWS = 5_000;
/** Stream of the seed, apart from those that split the rows and shuffle them. */
const SAMPLE_STREAM = 999_999;

export interface TableJudging {
  readonly data: TableData;
  readonly model: FeatureModel;
  readonly seed: number;
  /** False in a cross-validation, where the validation part judges only at the end. */
  readonly validate: boolean;
}

export async function openTableEvaluator(
  backend: Backend,
  state: ProgramState,
  { data, model, validate, seed }: TableJudging,
): Promise<Evaluator> {
  const predictor = await TablePredictor.open(backend, state, model, data);
  const sampled = shuffle(everyPosition(data.training), seed, SAMPLE_STREAM)
    .subarray(0, SAMPLED_TRAINING_ROWS)
    .sort();
  const all = everyPosition(data.validation);
  const measure = async (part: TablePart, positions: Uint32Array, final: boolean): Promise<Measured> => {
    const outputs = await predictor.predict(part.x, positions);
    return data.task.measure(data.target, outputs, wantedAt(part, positions), final);
  };
  return {
    evaluate: async (depth) => {
      const training = await measure(data.training, sampled, false);
      if (!validate) return { training: training.metrics };
      const validation = await measure(data.validation, all, depth === 'final');
      return {
        training: training.metrics,
        validation: validation.metrics,
        alerts: validation.alerts,
        kept: validation.kept,
      };
    },
    dispose: () => predictor.dispose(),
  };
}
