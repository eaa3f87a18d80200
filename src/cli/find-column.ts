/** Columns as people type them. */
import { nearestName, type TableSummary } from '../protocol';
import { UsageError } from './usage';

/** The column of that name; letter case, spaces and underscores are overlooked; a number counts columns from 1. */
export function findColumn(summary: TableSummary, name: string): TableSummary['columns'][number] {
  const { columns } = summary;
  const exact = columns.find((column) => column.name === name);
  if (exact) return exact;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]+/g, '');
  const alike = columns.filter((column) => plain(column.name) === plain(name));
  const found = alike.length === 1 ? alike[0] : /^\d+$/.test(name) ? columns[Number(name) - 1] : undefined;
  if (found) return found;
  const nearest = nearestName(
    name,
    columns.map((column) => column.name),
  );
  const listed = columns.slice(0, 20).map((column) => `"${column.name}"`);
  const more = columns.length - listed.length;
  throw new UsageError(
    `There is no column "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    `The columns are ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    { path: summary.path, line: 1 },
  );
}
