/** What a reader of columns asks about the cells of a table, whether they are places in bytes or values of typed columns. */
import type { CodedTexts } from './coded-texts';
import type { PlainNumbers } from './plain-numbers';

export interface CellSource {
  readonly rows: number;
  readonly columns: readonly string[];
  /** The decimal sign of the file where a column does not tell. */
  readonly decimal: '.' | ',';
  /** False where the row is too short. Nothing else is asked of such a cell but its text, which is empty. */
  has(row: number, column: number): boolean;
  text(row: number, column: number): string;
  /** The cell as a plainly written number; NaN for anything else. */
  plainNumber(row: number, column: number): number;
  /** `[rows / stride]`, every so many cells as plainly written numbers. */
  plainNumbers(column: number, stride: number): PlainNumbers;
  /** Whether the cell could be a placeholder at all: mostly no, which is quickly told. */
  maybePlaceholder(row: number, column: number): boolean;
  /** Of every so many rows those whose cells are missing or could be placeholders, counted in strides. */
  maybePlaceholders(column: number, stride: number): readonly number[];
  /** Whether the cell could hold a number in any dress, or an infinity. */
  maybeNumber(row: number, column: number): boolean;
  /**
   * Tells of a row whether any of its cells could hold a text, whatever its case: false is sure. Undefined, or absent, where
   * the cells must be looked at.
   */
  rowSearch?(text: string): ((row: number) => boolean) | undefined;
  /** Whether the cell stood for no value before there were readings. */
  wasMissing(row: number, column: number): boolean;
  /**
   * Days since 1970 as `daysOf` reads the cell year first, where the column keeps them as numbers; undefined where it keeps
   * texts.
   */
  dayOf(column: number): ((row: number) => number) | undefined;
  /** The different texts of the column; undefined where they are many. */
  coded(column: number): CodedTexts | undefined;
}
