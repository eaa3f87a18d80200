/** One of some names that come again. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'category',
  title: 'category',
  icon: 'symbol-enum',
  answer: 'name',
};
