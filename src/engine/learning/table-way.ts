/** How a family learns from a table: by gradients where it has a descent, or directly by its fit. */
import { LabError } from '../../protocol/errors';
import type { Hyperparameters } from '../../protocol/families';
import { type DirectFit, type FeatureDescent, type FeatureFamily, parameterCount } from '../models';
import { byGradients } from './descent-learner';
import { type BeginFit, directly } from './direct-learner';
import type { LearningWay } from './learner';
import { openTableEvaluator, type TableJudging } from './table-evaluator';
import { TableTask } from './table-task';
import type { LearningTask } from './task';

/** Evaluations of a direct fit: enough for a curve, too few to be taken for a training that learns by heart. */
const DIRECT_EVALUATIONS = 5;

export interface TableWay {
  readonly task: LearningTask;
  readonly way: LearningWay;
  /** Times that every row is seen. */
  readonly epochs: number;
}

/** `task`: its name. */
export function tableWay(
  family: FeatureFamily,
  hyperparameters: Hyperparameters,
  task: string,
  judging: TableJudging,
): TableWay {
  const descent = family.descent?.(hyperparameters);
  if (descent !== undefined) return gradientWay(descent, task, judging);
  const { fit } = family;
  if (fit === undefined) throw new LabError('internal', 'The model family has no way to learn.');
  const { data } = judging;
  const { x, y } = data.training;
  const wanted = y.answer === 'name' ? y.labels : y.values;
  const request = { hyperparameters, x, wanted, outputs: data.outputs, blocks: data.encoder.features };
  return directWay((from) => fit(request, from), judging);
}

function gradientWay(descent: FeatureDescent, name: string, judging: TableJudging): TableWay {
  const { seed, validate } = judging;
  const task = new TableTask({ ...judging, task: name, descent });
  const way = byGradients(task, {
    lr: descent.lr,
    warmup: descent.warmup,
    floor: 0,
    patience: validate ? descent.patience : 0,
    seed,
    optimizer: {
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: descent.weightDecay,
      clip: descent.clip,
    },
  });
  return { task, way, epochs: descent.epochs };
}

function directWay(begin: BeginFit, judging: TableJudging): TableWay {
  const { parameters } = judging.model;
  const { slices }: DirectFit = begin();
  const task: LearningTask = {
    parameters,
    steps: slices,
    stepsPerEpoch: slices,
    evaluateEvery: Math.ceil(slices / DIRECT_EVALUATIONS),
    recordEvery: 0,
    examplesPerStep: judging.data.training.rows.length / slices,
    openEvaluator: (backend, state) => openTableEvaluator(backend, state, judging),
  };
  return { task, way: directly(parameterCount(parameters), begin), epochs: 1 };
}
