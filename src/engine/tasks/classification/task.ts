/** Choosing one of a few names for each row. */
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../../protocol/errors';
import { type ClassTarget, fitTarget, type TargetEncoder, targetFromJSON } from '../../datasets';
import type { RowTask, Wanted } from '../row-task';
import { neverPredicted } from './alerts';
import { classWeightsOf } from './class-weights';
import { headlineOf } from './headline';
import { ClassJudge } from './judge';
import { crossEntropy } from './loss';
import { measureClassification } from './measure';

export const task: RowTask<ClassTarget> = {
  learnsFrom: 'rows',
  fitTarget: (table, rows, column) => classesOf(fitTarget(table, rows, column, { task: 'classification' })),
  targetFromJSON: (json) => classesOf(targetFromJSON(json)),
  outputs: ({ classes }) => classes.length,
  classWeights: ({ counts }, wish) => classWeightsOf(wish, counts),
  loss: crossEntropy,
  measure: ({ classes, counts }, outputs, wanted) => {
    const { metrics, predicted, actual } = measureClassification(
      outputs,
      labelsOf(wanted),
      classes.length,
      counts,
    );
    const never = classes.filter((_, k) => actual[k] !== 0 && predicted[k] === 0);
    return { metrics, alerts: never.length === 0 ? [] : [neverPredicted(never)] };
  },
  headline: (target, validation, metrics) => headlineOf(target, labelsOf(validation), metrics),
  heldOut: (_, outputs, wanted) => ({
    predicted: Float64Array.from(outputs),
    actual: Float64Array.from(labelsOf(wanted)),
  }),
  measureHeldOut: ({ classes, counts }, { predicted, actual }) =>
    measureClassification(Float32Array.from(predicted), Int32Array.from(actual), classes.length, counts)
      .metrics,
  exported: (_, outputs) => ({ probabilities: tf.softmax(outputs) }),
  judge: (target) => new ClassJudge(target),
};

function labelsOf(wanted: Wanted): Int32Array {
  if (wanted.answer === 'name') return wanted.labels;
  throw new LabError('internal', 'A number cannot be measured as a class.');
}

function classesOf(target: TargetEncoder): ClassTarget {
  if (target.answer === 'name') return target;
  throw new LabError('damaged', 'The stored target holds numbers, not classes.', {
    advice: 'Train the model again.',
  });
}
