/** Numbers, standardised. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'number',
  title: 'number',
  icon: 'symbol-numeric',
  answer: 'number',
  encodings: {
    usual: 'standardised',
    others: [
      {
        name: 'ranks',
        title: 'rank alone',
        description:
          'Where a number stands among those of the training rows: far values count no more than the next.',
      },
    ],
  },
};
