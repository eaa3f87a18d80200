/** One of two words that mean no and yes. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'boolean',
  title: 'yes or no',
  icon: 'symbol-boolean',
  answer: 'name',
};
