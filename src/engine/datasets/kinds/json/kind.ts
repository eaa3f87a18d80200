/** Records in JSON: by their names, or by a first line that is an object or begins a list. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { writeCounted } from '../../../../protocol/words';
import { cellsTable } from '../../cells-table';
import { decode } from '../../decode';
import { openPartForModel } from '../../part-for-model';
import { guessedPart, tellPart } from '../../parts';
import type { TableText } from '../../table-text';
import type { ReadTableOptions, Table } from '../../types';
import { type RowKind, type Source, Sureness } from '../dataset-kind';
import type { KindFile } from '../kind-file';
import { kind as description } from './description';
import { flatten } from './flatten';
import { JsonText } from './json-text';
import { type BrokenLine, type JsonRecords, listWords, readJsonDocument, readJsonLines } from './records';

export const kind: RowKind = {
  holds: 'rows',
  recognise,
  open,
  openForModel: (source, options, model) => openPartForModel(open, source, options, model),
  textOf,
};

function recognise(file: KindFile): number {
  if (description.extensions.includes(file.extension)) return Sureness.byName;
  const beginning = file.beginning()?.trimStart() ?? '';
  if (!beginning.startsWith('{') && !/^\[\s*[[{]/u.test(beginning)) return Sureness.no;
  if (file.extension === '.json') return Sureness.byName;
  return isObject(firstLine(beginning)) ? Sureness.byLooks : Sureness.no;
}

/** LabError('dataset') for what holds no records, or none that can be read. */
function open(source: Source, options: ReadTableOptions): Table {
  const { path } = options;
  const { bytes, encoding, byteOrderMark, issues } = decode(source, path, options.encoding);
  const text = stringOf(bytes);
  const { records, broken, lists = [], list } = recordsOf(text, options);
  if (records.length === 0) throw nothingRead(broken, path);
  const { columns, cells, issues: fieldIssues } = flatten(records, path);
  return cellsTable(
    {
      columns,
      rows: records.map(({ startLine, endLine }, row) => ({
        cells: cells[row] ?? [],
        firstLine: startLine,
        lastLine: endLine,
      })),
      issues: [
        ...issues,
        ...(list === undefined || options.part !== undefined ? [] : guessedPart(lists, list, listWords)),
        ...brokenLines(broken),
        ...fieldIssues,
      ],
      format: { encoding, byteOrderMark, part: list },
      tell: (_, wishes) =>
        list === undefined || lists.length < 2 ? [] : [tellPart(lists, list, listWords, wishes)],
    },
    options,
  );
}

function textOf(source: Source, table: Table): TableText {
  const text = stringOf(decode(source, table.path, table.format.encoding).bytes);
  return new JsonText(text, table, isDocument(text.trimStart()));
}

function stringOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function recordsOf(text: string, { path, part }: ReadTableOptions): JsonRecords {
  const beginning = text.trimStart();
  if (beginning === '') {
    throw new LabError('dataset', 'The file is empty.', {
      advice: 'Write one object on each line, or a list of objects.',
      place: { path, line: 1 },
    });
  }
  return isDocument(beginning) ? readJsonDocument(text, path, part) : readJsonLines(text);
}

/** One object a line, unless the file as a whole is a list, or one object that spreads over several lines. */
function isDocument(beginning: string): boolean {
  const line = firstLine(beginning);
  const isOnlyLine = beginning.trim() === line.trim();
  const isListOfLines = beginning.startsWith('[') && !isOnlyLine && isJson(line);
  if (beginning.startsWith('[') && !isListOfLines) return true;
  if (!beginning.startsWith('{') || isObject(line)) return isOnlyLine && holdsList(line);
  // A first line that is cut is a broken record where the next ones are whole.
  const second = firstLine(beginning.slice(line.length + 1).trimStart());
  return !isObject(second) || line.trim() === '{';
}

/** Whether an only line is an object around a list of records, rather than a record itself. */
function holdsList(line: string): boolean {
  const whole: unknown = JSON.parse(line);
  return (
    typeof whole === 'object' &&
    whole !== null &&
    Object.values(whole).some(
      (value) =>
        Array.isArray(value) && value.length > 1 && typeof value[0] === 'object' && value[0] !== null,
    )
  );
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function isObject(line: string): boolean {
  return line.trimStart().startsWith('{') && isJson(line);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function nothingRead([first]: readonly BrokenLine[], path: string | undefined): LabError {
  return new LabError(
    'dataset',
    first === undefined ? 'The file has no records.' : `Line ${first.line} is no JSON: ${first.reason}.`,
    {
      advice: 'Write one object on each line, or a list of objects.',
      place: { path, line: first?.line ?? 1 },
    },
  );
}

function brokenLines(broken: readonly BrokenLine[]): DatasetIssue[] {
  const [first] = broken;
  if (first === undefined) return [];
  const rows = broken.length;
  return [
    {
      severity: 'warning',
      code: 'broken-json',
      message: `${writeCounted(rows, 'line')} ${rows === 1 ? 'is' : 'are'} no JSON and left out, first line ${first.line}: ${first.reason}.`,
      advice: `Mend ${rows === 1 ? 'it' : 'them'} to learn from all records. The others are used.`,
      line: first.line,
      rows,
      lines: broken.slice(0, 100).map(({ line }) => line),
    },
  ];
}
