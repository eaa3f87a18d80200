/**
 * The room of overviews: an opened dataset comes in; what each of its columns holds, as figures and pictures, and what it
 * tells of the target leaves, column by column. Knows datasets, plots and relations.
 */
export { type Listener, tableOverview, type TableQuestion } from './table-overview';
export { textOverview } from './text-overview';
