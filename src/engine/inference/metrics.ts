/** The figures of the rows that have a label, by the same measures as in training. */
import type { Metrics } from '../../protocol/training';
import { UNLABELLED, type Wanted } from '../tasks';
import type { Judgements } from './judgements';
import type { Predictor } from './predictor';

/** Over the rows whose slot is given; undefined where none of them has a label that the model knows. */
export function measureSlots(
  predictor: Predictor,
  judgements: Judgements,
  slots: Int32Array,
): Metrics | undefined {
  const { target, task, outputs } = predictor;
  const known = slots.filter((slot) => slot >= 0 && !judgements.broken.has(slot) && isKnown(slot));
  if (known.length === 0) return undefined;
  const said = new Float32Array(known.length * outputs);
  known.forEach((slot, index) => said.set(judgements.outputsOf(slot), index * outputs));
  const wanted = wantedOf(known);
  // Where none of the labels is known, there is no loss, and an accuracy of 0 would say something about the model.
  if (wanted.answer === 'name' && !wanted.labels.some((label) => label >= 0)) return undefined;
  return task.measure(target, said, wanted, false).metrics;

  /** Labels of a class that the model does not know are there, and wrong: as the verdict beside the row says. */
  function isKnown(slot: number): boolean {
    return target.answer === 'name'
      ? judgements.label[slot] !== UNLABELLED
      : !Number.isNaN(judgements.original[slot]) && !Number.isNaN(judgements.value[slot]);
  }

  function wantedOf(labelled: Int32Array): Wanted {
    return target.answer === 'name'
      ? { answer: 'name', labels: Int32Array.from(labelled, (slot) => judgements.label[slot] as number) }
      : {
          answer: 'number',
          values: Float32Array.from(labelled, (slot) => judgements.wanted[slot] as number),
          original: Float64Array.from(labelled, (slot) => judgements.original[slot] as number),
        };
  }
}
