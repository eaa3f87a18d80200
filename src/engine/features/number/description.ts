/** Numbers, standardised. */
import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'number',
  title: 'number',
  icon: 'symbol-numeric',
  answer: 'number',
};
