/** Predicting a number. */
import type { TaskDescription } from '../../../protocol/tasks';

export const task: TaskDescription = {
  name: 'regression',
  title: 'Regression',
  whatItDoes: 'Predicts a number for each row, for example a price.',
  learnsFrom: 'rows',
  answer: 'number',
  example: 'row',
  examples: 'rows',
  place: 'epoch',
  byGradients: true,
  metrics: [
    { name: 'r2', title: 'R²', better: 'higher' },
    { name: 'rmse', title: 'RMSE', better: 'lower' },
    { name: 'mae', title: 'MAE', better: 'lower' },
  ],
  leading: ['r2'],
  charted: 'r2',
  marks: {
    right: 'Inside its interval',
    wrong: 'Outside its interval',
    missed: 'outside the interval',
    certainty: 'interval',
    figures: ['r2', 'rmse'],
    figure: 'rmse',
  },
};
