/** The cells of one column as its reading is found from them: all of them, or every so many. */
import type { CellSource } from './cell-source';
import { placeholderOf } from './placeholders';
import type { PlainNumbers } from './plain-numbers';

/** A plainly written number; empty or a placeholder; what could be a number in any dress, or an infinity; anything else. */
export type FirstLook = 'number' | 'placeholder' | 'perhaps' | 'word';

/** The cells of a column, and what is known of them already. */
export interface ColumnCells {
  readonly name: string;
  readonly rows: number;
  text(row: number): string;
  readonly plain: PlainNumbers;
  /** Whether the cell is empty or a placeholder. */
  placeholder(row: number): 'sign' | 'word' | undefined;
  /** The rows whose cells are empty or could be placeholders, in order. */
  maybePlaceholders(): readonly number[];
  /** Told from the cell alone, without reading the column. */
  look(row: number): FirstLook;
}

/** Every so many cells of a column. `plain` reads them as plainly written numbers, and is asked once at most. */
export function cellsOf(
  source: CellSource,
  column: number,
  stride: number,
  plain: () => PlainNumbers,
): ColumnCells {
  let numbers: PlainNumbers | undefined;
  return {
    name: source.columns[column] as string,
    rows: Math.ceil(source.rows / stride),
    // A column of words is told by a few of its cells: its numbers are not asked for.
    get plain() {
      return (numbers ??= plain());
    },
    text: (row) => source.text(row * stride, column),
    placeholder: (row) => {
      if (!source.has(row * stride, column)) return 'sign';
      if (!source.maybePlaceholder(row * stride, column)) return undefined;
      return placeholderOf(source.text(row * stride, column));
    },
    maybePlaceholders: () => source.maybePlaceholders(column, stride),
    look: (row) => {
      const place = row * stride;
      if (!source.has(place, column)) return 'placeholder';
      if (!Number.isNaN(source.plainNumber(place, column))) return 'number';
      const placeholder =
        source.maybePlaceholder(place, column) && placeholderOf(source.text(place, column)) !== undefined;
      return placeholder ? 'placeholder' : source.maybeNumber(place, column) ? 'perhaps' : 'word';
    },
  };
}

/** Whether the text is one of those (in small letters) that stand for no value. */
export function isListed(missing: readonly string[], text: string): boolean {
  return missing.length > 0 && missing.includes(text.trim().toLowerCase());
}

/** Rows from one cell of a sample of about `size` to the next. */
export function strideOf({ rows }: ColumnCells, size: number): number {
  return Math.max(1, Math.floor(rows / size));
}

/** Of the stretch of rows from `first` on: not always its first, since what alternates would show one face. */
export function someRow({ rows }: ColumnCells, first: number, stride: number): number {
  return Math.min(rows - 1, first + ((first * 7919) % stride));
}

/** Visits every cell that stands for a value. */
export function eachValue(
  cells: ColumnCells,
  missing: readonly string[],
  visit: (text: string, row: number) => void,
): void {
  for (let row = 0; row < cells.rows; row++) {
    if (cells.placeholder(row) !== undefined) continue;
    const text = cells.text(row);
    if (!isListed(missing, text)) visit(text, row);
  }
}

/** Texts of evenly spaced rows, placeholders left out; at most `most` of them. */
export function sampleOf(
  cells: ColumnCells,
  size: number,
  missing: readonly string[],
  most = Number.POSITIVE_INFINITY,
): string[] {
  const texts: string[] = [];
  const stride = strideOf(cells, size);
  for (let first = 0; first < cells.rows && texts.length < most; first += stride) {
    const row = someRow(cells, first, stride);
    if (cells.placeholder(row) !== undefined) continue;
    const text = cells.text(row).trim();
    if (!isListed(missing, text)) texts.push(text);
  }
  return texts;
}
