import * as tf from '@tensorflow/tfjs-core';
import { fitTarget, type NumberTarget, targetFromJSON } from '../../../../src/engine/datasets';
import { quantile, type RowTask, type Wanted } from '../../../../src/engine/tasks';
import { Verdict } from '../../../../src/protocol';

export const task: RowTask = {
  learnsFrom: 'rows',
  fitTarget: (table, rows, column) => fitTarget(table, rows, column, { task: 'median', transform: 'none' }),
  targetFromJSON,
  outputs: () => 1,
  classWeights: () => undefined,
  loss: (outputs, wanted, rowWeights) =>
    tf.sum(tf.mul(tf.abs(tf.sub(tf.reshape(outputs, [-1]), wanted)), rowWeights)),
  measure: (target, outputs, wanted, final) => {
    const errors = errorsOf(target as NumberTarget, outputs, wanted);
    const typicalError = quantile(errors, 0.5);
    return {
      metrics: { loss: typicalError, typicalError },
      ...(final ? { kept: { margin: 2 * typicalError } } : {}),
    };
  },
  headline: (_, __, { typicalError }) =>
    typicalError === undefined
      ? undefined
      : { metric: 'typicalError', value: typicalError, baseline: 99, baselineLabel: 'by guessing' },
  heldOut: () => ({ predicted: new Float64Array(), actual: new Float64Array() }),
  measureHeldOut: (_, __, losses) => ({ loss: losses[0] ?? 0 }),
  exported: (_, outputs) => ({ guess: outputs }),
  judge: (target, { margin }) => {
    const value = (outputs: Float32Array) => (target as NumberTarget).decode(outputs[0] as number);
    return {
      columns: ['guess'],
      cells: (outputs) => [value(outputs).toFixed(1)],
      describe: (outputs) => ({ value: value(outputs) }),
      judge: (outputs, { original }, judgement) => {
        const off = Math.abs(value(outputs) - original);
        Object.assign(judgement, { classIndex: -1, value: value(outputs), halfWidth: Number(margin) });
        judgement.verdict = Number.isNaN(off)
          ? Verdict.unlabelled
          : off <= Number(margin)
            ? Verdict.right
            : Verdict.wrong;
      },
    };
  },
};

function errorsOf(target: NumberTarget, outputs: Float32Array, wanted: Wanted): Float64Array {
  if (wanted.answer !== 'number') throw new Error('No numbers');
  return wanted.original.map((value, row) => Math.abs(value - target.decode(outputs[row] as number)));
}
