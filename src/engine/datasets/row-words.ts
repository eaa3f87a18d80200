/** How people are told where a row stands. */
import type { Table } from './types';

type Places = Pick<Table, 'counted' | 'startLine'>;

/** `line 12`, or `row 11` of a file without lines. */
export function placeOf(table: Places, row: number): string {
  return `${table.counted} ${table.startLine[row] ?? row + 1}`;
}

/** The line for the place of an error; undefined for a file without lines, whose rows a message names. */
export function lineOf(table: Places, row: number): number | undefined {
  return table.counted === 'line' ? table.startLine[row] : undefined;
}
