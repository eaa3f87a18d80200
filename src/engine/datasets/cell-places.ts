/** Where the cells of a table are, and how they come to texts and numbers. */
import type { PlainNumbers } from './plain-numbers';

/** Where the cells are. A row without the cell has `start` -1. */
export interface CellPlaces {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: readonly string[];
  /** The decimal sign of the file where a column does not tell. */
  readonly decimal: '.' | ',';
  start(row: number, column: number): number;
  end(row: number, column: number): number;
  text(row: number, column: number): string;
  /** `[rows / stride]`, every so many cells as plainly written numbers. */
  plainNumbers(column: number, stride: number): PlainNumbers;
  /** Of every so many rows those whose cells are missing or could be placeholders, counted in strides. */
  maybePlaceholders(column: number, stride: number): readonly number[];
}
