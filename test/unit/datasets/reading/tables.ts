/** Small tables written in many ways, for the tests of reading. */
import { readTable, type ReadTableOptions, type Table } from '../../../../src/engine/datasets';

export const names = ['length', 'width', 'colour', 'grade'];

/** Rows of two numbers, a colour and a grade. */
export function rows(count: number): string[][] {
  return Array.from({ length: count }, (_, row) => [
    (((row * 37) % 101) / 7 - 5).toFixed(2),
    (((row * 53) % 89) / 9).toFixed(2),
    ['red', 'green', 'blue'][(row * 7) % 3] as string,
    (row * 11) % 5 < 2 ? 'high' : 'low',
  ]);
}

export function write(
  lines: readonly (readonly string[])[],
  { separator = ',', newline = '\n' }: { separator?: string; newline?: string } = {},
): string {
  return lines.map((cells) => cells.join(separator) + newline).join('');
}

export function cells(table: Table): string[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((_, column) => table.cell(row, column)),
  );
}

export function codes(table: Table): string[] {
  return table.issues.map(({ code }) => code);
}

export function read(source: string | Uint8Array, options?: ReadTableOptions): ReturnType<typeof readTable> {
  return readTable(source, options);
}
