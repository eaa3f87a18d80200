/** What a quality check is given, and what it answers. */
import type { Severity } from '../../protocol/dataset';
import type { Mend } from '../../protocol/quality';
import type { Subject } from './subject';

/** A row from 0, or -1 for the name of the column; without a column it is about the whole row. */
export interface Place {
  readonly row: number;
  readonly column?: number | undefined;
  /** What is the matter with this very cell or row; the finding's message where it is absent. */
  readonly says?: string | undefined;
}

export interface Found {
  /** Where it is another one than that of the check. */
  readonly severity?: Severity | undefined;
  readonly message: string;
  readonly advice: string;
  readonly rows: number;
  /** Indices of the columns that it is about; none where it is about whole rows. */
  readonly columns: readonly number[];
  /** At most `MOST_PLACES`. */
  readonly places: readonly Place[];
  readonly mends?: readonly Mend[] | undefined;
}

/** What an edit does to the table: gives a cell another value, or takes a row out. */
export type Change =
  | { readonly row: number; readonly column: number; readonly value: string }
  | { readonly row: number; readonly remove: true };

export interface MendWish {
  /** The name of the `Mend`. */
  readonly name: string;
  /** Index of the finding's column; -1 for one about whole rows. */
  readonly column: number;
}

export interface Check {
  /**
   * Looks at the rows of the subject and yields what it finds, the first places first; and undefined wherever it can rest,
   * at the least every few milliseconds.
   */
  find(subject: Subject): Iterable<Found | undefined>;
  /** The changes that a mend of a finding stands for, in the order of rows. Absent where none of its mends are edits. */
  readonly mend?: (subject: Subject, wish: MendWish) => Iterable<Change>;
}

/** Places of a finding that are told; the others are counted. */
export const MOST_PLACES = 100;
/** A finding about columns stands at their names. */
export function namePlaces(columns: readonly number[]): Place[] {
  return columns.slice(0, MOST_PLACES).map((column) => ({ row: -1, column }));
}

/** Rows after which a check rests, where it looks at every row. */
export const SLICE = 20_000;
