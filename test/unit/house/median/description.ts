/** A toy task: a number, judged by its typical error. */
import type { TaskDescription } from '../../../../src/protocol/tasks';

export const task: TaskDescription = {
  name: 'median',
  title: 'Median',
  whatItDoes: 'Predicts the middle of what a row may cost.',
  learnsFrom: 'rows',
  answer: 'number',
  example: 'row',
  examples: 'rows',
  place: 'epoch',
  byGradients: true,
  metrics: [{ name: 'typicalError', title: 'Typical error', better: 'lower' }],
  leading: ['typicalError'],
  charted: 'typicalError',
  marks: {
    right: 'Near',
    wrong: 'Far',
    missed: 'far off',
    certainty: 'margin',
    figures: ['typicalError'],
    figure: 'typicalError',
  },
};
