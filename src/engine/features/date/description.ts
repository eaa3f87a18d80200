/** Days and times. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'date',
  title: 'date',
  icon: 'calendar',
  answer: 'name',
};
