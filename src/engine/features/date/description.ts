/** Days and times. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'date',
  title: 'date',
  icon: 'calendar',
  answer: 'name',
  encodings: {
    usual: 'days and cycles',
    others: [
      {
        name: 'days',
        title: 'days alone',
        description: 'How far along the calendar, without its place in the year, the week and the day.',
      },
    ],
  },
};
