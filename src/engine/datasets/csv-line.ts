/** A row as it is written to a CSV file. */

/** RFC 4180: cells with a comma, a quote or a line break stand in quotes; so do those with an apostrophe in front. */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/^'|[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return quoted.join(',') + '\n';
}
