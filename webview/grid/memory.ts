/** What a grid's page remembers when it is hidden or the window is reloaded: what a person has chosen in it. */
import * as z from 'zod';
import { GridView, type GridTable } from '../../src/protocol/grid';

const Memory = z.object({
  version: z.literal(1),
  view: GridView,
  /** Names of the columns that the view's numbers stand for: a file of other columns forgets the view. */
  columns: z.array(z.string()).max(1000),
  /** Widths that were set by hand. */
  widths: z.array(z.tuple([z.int().min(0), z.number()])).max(10_000),
  /** In the grid's own pixels. */
  top: z.number().min(0),
  left: z.number().min(0),
  active: z.object({ row: z.int().min(0), column: z.int().min(0) }),
  find: z.string().max(1000),
});
export type Memory = z.infer<typeof Memory>;

export const nothing: Memory = {
  version: 1,
  view: { filters: [] },
  columns: [],
  widths: [],
  top: 0,
  left: 0,
  active: { row: 0, column: 0 },
  find: '',
};

/** What was remembered; nothing where another version has written it, or nobody. */
export function readMemory(stored: unknown): Memory {
  return Memory.catch(nothing).parse(stored);
}

/** Names of the columns that are compared; of a table with many thousands the first ones. */
export function rememberedColumns({ columns }: Pick<GridTable, 'columns'>): string[] {
  return columns.slice(0, 1000).map(({ name }) => name);
}

/** What of it holds for a table: filters, order and widths stand for columns by their places. */
export function fitting(memory: Memory, table: GridTable): Memory {
  const columns = rememberedColumns(table);
  if (memory.columns.length === 0) return { ...memory, columns };
  const isSame =
    memory.columns.length === columns.length && columns.every((name, at) => name === memory.columns[at]);
  if (!isSame) return { ...nothing, columns };
  // Without a model there are no marks to go by.
  const filters = memory.view.filters.filter(({ by }) => by !== 'marks' || table.target !== undefined);
  return { ...memory, view: { ...memory.view, filters } };
}
