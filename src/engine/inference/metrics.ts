/** Accuracy and errors over the rows that have a label, by the same measures as in training. */
import type { Metrics } from '../../protocol/training';
import { measureClassification, measureRegression } from '../learning/measure';
import { type Judgements, unlabelled } from './judgements';
import type { Predictor } from './predictor';

/** Over the rows whose slot is given; undefined where none of them has a label that the model knows. */
export function measureSlots(
  predictor: Predictor,
  judgements: Judgements,
  slots: Int32Array,
): Metrics | undefined {
  const { target, outputs } = predictor;
  if (target.answer === 'number') {
    const known = slots.filter(
      (slot) =>
        slot >= 0 && !Number.isNaN(judgements.value[slot]) && !Number.isNaN(judgements.original[slot]),
    );
    if (known.length === 0) return undefined;
    return measureRegression(
      Float32Array.from(known, (slot) => judgements.outputs[slot] as number),
      Float32Array.from(known, (slot) => judgements.wanted[slot] as number),
      Float64Array.from(known, (slot) => judgements.original[slot] as number),
      (value) => target.decode(value),
    ).metrics;
  }
  // Labels of a class that the model does not know are there, and wrong: as the verdict beside the row says.
  const known = slots.filter(
    (slot) =>
      slot >= 0 && judgements.label[slot] !== unlabelled && (judgements.classIndex[slot] as number) >= 0,
  );
  // Where none of the labels is known, there is no loss, and an accuracy of 0 would say something about the model.
  if (!known.some((slot) => (judgements.label[slot] as number) >= 0)) return undefined;
  const logits = new Float32Array(known.length * outputs);
  known.forEach((slot, index) => {
    for (let k = 0; k < outputs; k++)
      logits[index * outputs + k] = judgements.outputs[slot * outputs + k] as number;
  });
  const labels = Int32Array.from(known, (slot) => judgements.label[slot] as number);
  return measureClassification(logits, labels, outputs, target.counts).metrics;
}
