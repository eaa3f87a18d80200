/** A few rows of a table as a table of their own, so that encoding them does not read all the others. */
import { readTable, type Table } from '../datasets';

/** A part that is larger than this share is not worth a copy. */
const worthwhile = 0.5;

/**
 * The given rows (whole ones) of `table`: as a small table, in which the named columns are read as in the large one, or as
 * themselves where they are most of it.
 */
export function onlyRows(
  table: Table,
  rows: readonly number[],
  columns: readonly string[],
): { table: Table; rows: Uint32Array } {
  if (rows.length > table.rows * worthwhile) return { table, rows: Uint32Array.from(rows) };
  const { bytes, startByte, endByte, format } = table;
  const pieces: Uint8Array[] = [];
  // Whatever stands before the first row: the header, and nothing where there is none.
  if (format.header) pieces.push(bytes.subarray(0, startByte[0]));
  const newline = Uint8Array.of(10);
  for (const row of rows) pieces.push(bytes.subarray(startByte[row], endByte[row]), newline);
  const readings = Object.fromEntries(
    columns.flatMap((name) => {
      const column = table.find(name);
      return column < 0 ? [] : [[name, table.reader.found(column).reading]];
    }),
  );
  const part = readTable(Buffer.concat(pieces), {
    separator: format.separator,
    header: format.header,
    readings,
    settled: true,
  });
  // A row that reads differently on its own (an unclosed quote) is judged where it stands.
  if (part.rows !== rows.length || part.columns.length !== table.columns.length) {
    return { table, rows: Uint32Array.from(rows) };
  }
  return { table: part, rows: Uint32Array.from(rows.keys()) };
}
