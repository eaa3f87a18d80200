/**
 * The room of grids: a table comes in; windows of its rows, summaries of its columns, places of texts and marks leave, in
 * views that filter and sort. `openTable` → `SharedTables` → `Grid`; a view becomes a list of rows (`GridViews`) by masks
 * of its filters (`filterMask`) and an order (`sortRows`). Work is done in slices, so that marks answer meanwhile.
 */
export type { FoundCell } from './find-text';
export { Grid, type Window } from './grid';
export { gridColumns, openTable } from './open-table';
export { type SharedTable, SharedTables } from './shared-tables';
