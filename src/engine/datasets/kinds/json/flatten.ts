/**
 * Records as rows of cells: fields inside fields get dotted names, lists of numbers of one length a column for each, other
 * lists are written out. What is left out or rounded is counted and said once.
 */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { writeCounted } from '../../../../protocol/words';
import { DEEPEST } from './node-fields';
import type { JsonRecord } from './records';

export interface FlatRecords {
  readonly columns: readonly string[];
  /** `[rows][columns]`; empty where the record has no such field, and for null. */
  readonly cells: readonly (readonly string[])[];
  readonly issues: readonly DatasetIssue[];
}

/** More columns than this are no table that a small model could learn from. */
const MOST_COLUMNS = 100_000;
/** Numbers of a list that get columns of their own. */
const LONGEST_VECTOR = 4_096;

/** LabError('dataset') for a file of too many different fields. */
export function flatten(records: readonly JsonRecord[], path: string | undefined): FlatRecords {
  const lengths = vectorLengths(records);
  const index = new Map<string, number>();
  const sparse: (readonly [column: number, text: string])[][] = [];
  const rounded = new Counter();
  const lacking = new Counter();
  const twice = new Counter();
  let sharedName = '';
  for (const { value, startLine } of records) {
    const row = new Map<number, string>();
    let isShared = false;
    const fields = fieldsOf(value);
    for (const [name, field] of fields) {
      for (const [column, cell] of cellsOf(name, field, lengths.get(name))) {
        let at = index.get(column);
        if (at === undefined) index.set(column, (at = index.size));
        if (row.has(at)) {
          isShared = true;
          sharedName ||= column;
        } else row.set(at, cell);
      }
    }
    if (isShared) twice.add(startLine);
    if (index.size > MOST_COLUMNS) throw tooManyFields(index.size, startLine, path);
    if (fields.some(([, field]) => isRoundedNumber(field))) rounded.add(startLine);
    sparse.push([...row]);
  }
  const columns = [...index.keys()];
  const cells = sparse.map((row, at) => {
    const filled = new Array<string>(columns.length).fill('');
    for (const [column, text] of row) filled[column] = text;
    if (row.length < columns.length) lacking.add(records[at]?.startLine ?? 1);
    return filled;
  });
  const issues = [
    ...sharedNames(twice, sharedName),
    ...otherFields(lacking, records.length),
    ...roundedNumbers(rounded),
  ];
  return { columns, cells, issues };
}

class Counter {
  rows = 0;
  first = 0;

  add(line: number): void {
    if (this.rows++ === 0) this.first = line;
  }
}

/** By name of the field: how many numbers its lists have, where all of them have as many. */
function vectorLengths(records: readonly JsonRecord[]): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const { value } of records) {
    for (const [name, field] of fieldsOf(value)) {
      if (!Array.isArray(field)) continue;
      const length = isVector(field) ? field.length : -1;
      const known = lengths.get(name);
      lengths.set(name, known === undefined || known === length ? length : -1);
    }
  }
  return lengths;
}

function isVector(list: readonly unknown[]): boolean {
  return list.length > 0 && list.length <= LONGEST_VECTOR && list.every((each) => typeof each === 'number');
}

type Field = readonly [name: string, value: unknown];

/** Every field that is no object itself. What is no object has the name `value`, those of a list are numbered. */
function fieldsOf(record: unknown): Field[] {
  return Array.isArray(record)
    ? record.flatMap((field, at) => inside(field, `column ${at + 1}`, 1))
    : inside(record, '', 0);
}

function inside(field: unknown, name: string, depth: number): Field[] {
  const isObject = typeof field === 'object' && field !== null && !Array.isArray(field);
  if (!isObject || depth > DEEPEST) return [[name === '' ? 'value' : name, field]];
  return Object.entries(field).flatMap(([own, value]) =>
    inside(value, name === '' ? own : `${name}.${own}`, depth + 1),
  );
}

function cellsOf(name: string, field: unknown, length = -1): (readonly [column: string, cell: string])[] {
  if (length > 0 && Array.isArray(field)) {
    return field.map((value, at) => [`${name}.${at}`, String(value)]);
  }
  return [[name, textOf(field)]];
}

function textOf(field: unknown): string {
  if (field === null || field === undefined) return '';
  if (typeof field === 'string') return field;
  if (typeof field === 'number' || typeof field === 'boolean') return String(field);
  const isPlainList =
    Array.isArray(field) && field.every((each) => typeof each === 'string' || typeof each === 'number');
  return isPlainList ? field.join(', ') : JSON.stringify(field);
}

function isRoundedNumber(field: unknown): boolean {
  return typeof field === 'number' && Number.isInteger(field) && !Number.isSafeInteger(field);
}

function tooManyFields(count: number, line: number, path: string | undefined): LabError {
  return new LabError('dataset', `The records have more than ${count - 1} different fields.`, {
    advice: 'Keep the fields that matter, or write lists of keys as a list of values.',
    place: { path, line },
  });
}

function otherFields({ rows, first }: Counter, all: number): DatasetIssue[] {
  if (rows === 0) return [];
  return [
    {
      severity: 'information',
      code: 'fields-missing',
      message: `${writeCounted(rows, 'record')} of ${all} ${rows === 1 ? 'lacks' : 'lack'} fields that others have, first in line ${first}: they count as missing.`,
      advice: '',
      line: first,
      rows,
    },
  ];
}

/** A dot in a name and a field inside a field, such as `{"a.b": 1, "a": {"b": 2}}`. */
function sharedNames({ rows, first }: Counter, name: string): DatasetIssue[] {
  if (rows === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'shared-name',
      message: `${writeCounted(rows, 'record')} ${rows === 1 ? 'has' : 'have'} two fields that come to one column, such as "${name}", first in line ${first}: the first of them is read.`,
      advice: 'Give one of them another name.',
      line: first,
      rows,
    },
  ];
}

function roundedNumbers({ rows, first }: Counter): DatasetIssue[] {
  if (rows === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'long-number',
      message: `${writeCounted(rows, 'record')} ${rows === 1 ? 'has' : 'have'} whole numbers beyond 9,007,199,254,740,991, which are rounded, first in line ${first}.`,
      advice: 'Write identifiers in quotes.',
      line: first,
      rows,
    },
  ];
}
