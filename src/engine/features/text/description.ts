/** Words of people. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'text',
  title: 'text',
  icon: 'symbol-string',
  answer: 'name',
};
