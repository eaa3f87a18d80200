/** What an encoder is made of: which columns of the training rows it takes, and what it learns of each. */
import { columnKinds, isLeftOut } from '../../protocol/column-kinds';
import type { ColumnSummary } from '../../protocol/dataset';
import { joinSentences, LabError } from '../../protocol/errors';
import { looksLikeIdentifier } from '../datasets/column-kinds';
import type { ColumnReading } from '../datasets/column-reading';
import { describeColumn } from '../datasets/columns';
import { requireColumn } from '../datasets/target-column';
import { targetGroups } from '../datasets/target-groups';
import type { Table } from '../datasets/types';
import { type EncoderNote, encoderOf } from './encoder';
import type { BlockData } from './feature';
import { featureOf } from './open-features';
import type { Encoder, FitEncoderOptions } from './types';

/**
 * Learns how to encode the table's columns from the given (training) rows; what kind each is of is given, or judged by
 * these rows, too. LabError('dataset') when there is no such target, no row, or no column left to learn from.
 */
export function fitEncoder(table: Table, rows: Uint32Array, options: FitEncoderOptions): Encoder {
  requireColumn(table, options.target);
  options.exclude?.forEach((name) => requireColumn(table, name));
  if (rows.length === 0) {
    throw new LabError('dataset', 'There are no rows to train on.', { place: { path: table.path } });
  }
  const groups = options.columns ? undefined : targetGroups(table, options.target, options.answer);
  const leftOut = new Set([options.target, ...(options.exclude ?? [])]);
  const blocks: BlockData[] = [];
  const notes: EncoderNote[] = [];
  const readings: Record<string, ColumnReading> = {};
  for (const [column, name] of table.columns.entries()) {
    if (leftOut.has(name)) continue;
    const given = options.columns?.[column];
    const summary = given ? inRows(table, given, rows) : describeColumn(table, column, rows, groups);
    const { encoding, note } = encodingOf(table, column, summary.kind);
    const data = isLeftOut(summary.kind)
      ? undefined
      : featureOf(summary.kind).fit(table, column, rows, encoding);
    if (data !== undefined) {
      blocks.push(data);
      readings[name] = table.reader.found(column).reading;
    }
    notes.push(...notesOn(table, column, rows, summary, data), ...note);
  }
  if (blocks.length === 0) useCounters(table, rows, leftOut, blocks, notes, readings);
  if (blocks.length === 0) {
    throw new LabError('dataset', `No column is left to predict "${options.target}" from.`, {
      advice:
        joinSentences(...notes.map(({ message }) => message)) || 'The table needs at least one more column.',
      place: { path: table.path },
    });
  }
  return encoderOf({ format: 'local-model-lab/encoder', version: 1, blocks, notes, readings });
}

/** What a person asked of how the column becomes numbers; of another kind than what they asked it for, it has no such way. */
function encodingOf(
  table: Table,
  column: number,
  kind: string,
): { readonly encoding?: string; readonly note: readonly EncoderNote[] } {
  const asked = table.reader.wish(column)?.encode;
  if (asked === undefined || isLeftOut(kind)) return { note: [] };
  const { encodings, title } = columnKinds.require(kind);
  if (encodings?.others.some(({ name }) => name === asked) === true) return { encoding: asked, note: [] };
  const message = `Column "${table.columns[column] as string}": "${asked}" was asked for, which a column of the kind "${title}" does not have: it is encoded as usual.`;
  return {
    note: [
      {
        severity: 'information',
        code: 'no-such-encoding',
        message,
        advice: 'Choose another kind or encoding.',
      },
    ],
  };
}

/** The column as it is, but left out where these rows say nothing of it: there would be no statistics to learn. */
function inRows(table: Table, column: ColumnSummary, rows: Uint32Array): ColumnSummary {
  const { index, kind } = column;
  if (isLeftOut(kind) || varies(table, index, rows)) return column;
  const missing = table.isMissing(rows[0] as number, index);
  return {
    ...column,
    kind: missing ? 'empty' : 'constant',
    note: `Left out: it has ${missing ? 'no values' : 'the same value'} in the rows that are learnt from.`,
  };
}

/** Whether two of the rows differ in the column; a missing value differs from all others. */
function varies(table: Table, column: number, rows: Uint32Array): boolean {
  const valueOf = (row: number): string | undefined =>
    table.isMissing(row, column) ? undefined : table.value(row, column);
  const first = valueOf(rows[0] as number);
  return rows.some((row) => valueOf(row) !== first);
}

/** Numbers that only count the rows are better than nothing to learn from: `y = x + 2` for x from 1 to 24. */
function useCounters(
  table: Table,
  rows: Uint32Array,
  leftOut: ReadonlySet<string>,
  blocks: BlockData[],
  notes: EncoderNote[],
  readings: Record<string, ColumnReading>,
): void {
  for (const [column, name] of table.columns.entries()) {
    if (leftOut.has(name) || looksLikeIdentifier(name)) continue;
    if (table.reader.wish(column)?.kind === 'left-out') continue;
    const numbers = table.numbers(column);
    const values = new Set(Array.from(rows, (row) => numbers[row]));
    if (values.size < 2) continue;
    blocks.push(featureOf('number').fit(table, column, rows));
    readings[name] = table.reader.found(column).reading;
    const others = notes.filter(({ message }) => !message.startsWith(`Column "${name}":`));
    notes.splice(0, notes.length, ...others, {
      severity: 'information',
      code: 'counting-column',
      message: `Column "${name}": it looks like a count of the rows and is used, since there is nothing else to learn from.`,
      advice: '',
    });
  }
}

function notesOn(
  table: Table,
  column: number,
  rows: Uint32Array,
  summary: ColumnSummary,
  data: BlockData | undefined,
): EncoderNote[] {
  const note = (code: string, message: string, advice: string) => [
    { severity: 'information' as const, code, message: `Column "${summary.name}": ${message}`, advice },
  ];
  if (summary.note !== undefined) {
    const code = data === undefined ? `${summary.kind}-column` : 'odd-values';
    return note(code, summary.note.charAt(0).toLowerCase() + summary.note.slice(1), '');
  }
  const own = data === undefined ? undefined : featureOf(data.kind).note?.(data, table, column, rows);
  return own === undefined ? [] : note(own.code, own.message, own.advice);
}
