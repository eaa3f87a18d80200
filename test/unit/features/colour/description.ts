/** Colours as on web pages. */
import type { ColumnKindDescription } from '../../../../src/protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'colour',
  title: 'colour',
  icon: 'symbol-color',
  answer: 'name',
};
