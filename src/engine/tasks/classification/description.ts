/** Choosing one of a few names. */
import type { TaskDescription } from '../../../protocol/tasks';

export const task: TaskDescription = {
  name: 'classification',
  title: 'Classification',
  whatItDoes: 'Chooses one of a few names for each row, for example the species of a penguin.',
  learnsFrom: 'rows',
  answer: 'name',
  example: 'row',
  examples: 'rows',
  place: 'epoch',
  byGradients: true,
  metrics: [
    { name: 'accuracy', title: 'Accuracy', better: 'higher', share: true },
    { name: 'averagePrecision', title: 'Average precision', better: 'higher' },
    { name: 'balancedAccuracy', title: 'Balanced accuracy', better: 'higher', share: true },
    { name: 'f1', title: 'F1', better: 'higher' },
  ],
  leading: ['averagePrecision', 'balancedAccuracy', 'accuracy'],
  charted: 'accuracy',
  marks: {
    right: 'Right',
    wrong: 'Wrong',
    missed: 'wrong',
    certainty: 'confidence',
    figures: ['accuracy'],
    figure: 'accuracy',
  },
};
