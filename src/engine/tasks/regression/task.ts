/** Predicting a number for each row. */
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../../protocol/errors';
import {
  fitTarget,
  type NumberTarget,
  type NumberTransform,
  type TargetColumn,
  type TargetEncoder,
  targetFromJSON,
} from '../../datasets';
import type { EncodedRows } from '../../features';
import { quantile } from '../quantile';
import type { Kept, RowTask, Wanted } from '../row-task';
import { fitInterval, INTERVAL_SHARE } from './interval';
import { NumberJudge } from './judge';
import { squaredError } from './loss';
import { measureRegression, type RegressionMeasure } from './measure';
import { chooseTransform } from './transform';

export const task: RowTask<NumberTarget> = {
  learnsFrom: 'rows',
  fitTarget: (table, rows, column, x) =>
    numbersOf(
      fitTarget(table, rows, column, { task: 'regression', transform: transformFor(column, rows, x) }),
    ),
  targetFromJSON: (json) => numbersOf(targetFromJSON(json)),
  outputs: () => 1,
  classWeights: () => undefined,
  loss: squaredError,
  measure: (target, outputs, wanted, final) => {
    const { values, original } = valuesOf(wanted);
    const measured = measureRegression(outputs, values, original, (value) => target.decode(value));
    return { metrics: measured.metrics, ...(final ? { kept: intervalsOf(measured) } : {}) };
  },
  headline: (_, __, { r2 }) =>
    r2 === undefined ? undefined : { metric: 'r2', value: r2, baseline: 0, baselineLabel: 'always the mean' },
  heldOut: (target, outputs, wanted) => ({
    predicted: Float64Array.from(outputs, (value) => target.decode(value)),
    actual: valuesOf(wanted).original,
  }),
  measureHeldOut: (_, { predicted, actual }, losses) => {
    const values = Float32Array.from(predicted);
    const { metrics } = measureRegression(values, values, actual, (value) => value);
    // Every fold standardises by its own rows: the losses can be averaged, but not computed anew from the units.
    return { ...metrics, loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length };
  },
  exported: (target, outputs) => ({ prediction: toOriginal(tf.reshape(outputs, [-1]), target) }),
  judge: (target, kept) => new NumberJudge(target, kept),
};

/** `value * deviation + mean`, then `exp(x) - 1` for log1p. */
function toOriginal(standardised: tf.Tensor1D, target: NumberTarget): tf.Tensor1D {
  const value: tf.Tensor1D = tf.add(tf.mul(standardised, target.deviation), target.mean);
  return target.transform === 'log1p' ? tf.expm1(value) : value;
}

function intervalsOf({ errors, values }: RegressionMeasure): Kept {
  const interval = fitInterval(values, errors);
  return {
    intervalHalfWidth: quantile(errors, INTERVAL_SHARE),
    ...(interval === undefined ? {} : { interval }),
  };
}

function transformFor(column: TargetColumn, rows: Uint32Array, x: EncodedRows): NumberTransform | undefined {
  if (column.answer === 'name') return undefined;
  return chooseTransform(
    x,
    Float64Array.from(rows, (row) => column.values[row] as number),
  );
}

function valuesOf(wanted: Wanted): Extract<Wanted, { answer: 'number' }> {
  if (wanted.answer === 'number') return wanted;
  throw new LabError('internal', 'A class cannot be measured as a number.');
}

function numbersOf(target: TargetEncoder): NumberTarget {
  if (target.answer === 'number') return target;
  throw new LabError('damaged', 'The stored target holds classes, not numbers.', {
    advice: 'Train the model again.',
  });
}
