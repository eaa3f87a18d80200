/** Where the rows of a table and their cells stand. */
import type { Scan } from '../scanner';

/** Rows only: `firstCell` has an entry more than there are rows. */
export type Rows = Pick<
  Scan,
  'records' | 'firstCell' | 'cellStart' | 'cellEnd' | 'startLine' | 'endLine' | 'startByte' | 'endByte'
>;
