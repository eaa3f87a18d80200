/** A table as the text that people see in an editor: where its cells stand, and what would change them. */
import type { SpanEdit, TextSpan } from '../../protocol/quality';

export interface TableText {
  /** The name of the column where it stands in one place. */
  name(column: number): TextSpan | undefined;
  /** A cell with the quotes around it; undefined where it stands nowhere. */
  cell(row: number, column: number): TextSpan | undefined;
  row(row: number): TextSpan;
  /** Gives the cell another value, written as the file writes; undefined where the file cannot hold it. */
  replace(row: number, column: number, value: string): SpanEdit | undefined;
  /** Takes rows out, ascending; undefined where this text cannot be cut. */
  remove(rows: readonly number[]): readonly SpanEdit[] | undefined;
}
