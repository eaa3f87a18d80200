import type { ColumnKindDescription } from '../../../protocol/column-kinds';

export const columnKind: ColumnKindDescription = {
  name: 'image',
  title: 'image',
  icon: 'file-media',
  answer: 'name',
};
