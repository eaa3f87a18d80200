/**
 * Whether a record names the columns, as the logarithm of odds. Each cell is held against the column below it: how
 * probable would it be as one more value of that column (the chance of a value not seen before is estimated as Good
 * and Turing do, from the values seen once), and how probable as a name?
 */
import { cellText } from '../../../cell-text';
import type { Scan } from '../scanner';
import { isMissingText } from '../../../values';
import { CellKind, cellKind } from './cell-kind';
import { cellCount } from './dialect';
import { isLettered } from './header-lines';

const PROBED_ROWS = 100;
const FIRST_COLUMNS = 200;
const LAST_COLUMNS = 56;
/** No single cell decides alone. */
const CAP = 4;
/** Most tables have a header. */
const PRIOR = 1;
const NAME_IS_NUMBER = 0.05;
const NAME_IS_NUMBER_IN_SEQUENCE = 0.3;
/** What a number in quotes above numbers without any is worth, and all of them together. */
const QUOTED = 1.5;
const MOST_QUOTED = 4;
const NAME_IS_A_VALUE = 0.03;
const NAME_IS_MISSING = 0.1;
const COMMON_NAMES =
  /^(?:id|name|label|class|target|type|date|time|year|age|sex|gender|price|text|value|score|category|species|country|city|status|timestamp|y|x)$/iu;
const WRITTEN_AS_A_NAME = /^[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+$|^[a-z]+(?:[A-Z][a-z0-9]*)+$/u;
const LONGEST_NAME = 300;

export interface HeaderQuestion {
  readonly bytes: Uint8Array;
  readonly found: Scan;
  /** The record that may be a header. */
  readonly record: number;
  /** Cells of each row that no name stands for: 1 where rows begin with a name of their own. */
  readonly shift: number;
  readonly knownNames: readonly string[];
}

/** The evidence of names that are known: more than all cells of the widest record bring together. */
export const KNOWN = 10_000;

/** Above 0: a header. */
export function headerEvidence(question: HeaderQuestion): number {
  const { found, record, shift, knownNames } = question;
  const width = cellCount(found.firstCell, record);
  const names = columnsOf(width).map((column) => textAt(question, record, column).trim());
  if (areKnown(names, knownNames)) return KNOWN;
  const rows = rowsBelow(question, width + shift);
  let evidence = PRIOR + writing(names);
  const numbers: NumberName[] = [];
  for (const [place, column] of columnsOf(width).entries()) {
    const name = names[place] as string;
    if (name.length > LONGEST_NAME) evidence -= 2;
    evidence += capped(cellEvidence(question, rows, column, name, numbers));
  }
  return evidence + numberNames(numbers);
}

/** Whether the record holds names that a model or a person knows: it is a header then, wherever it stands. */
export function holdsKnownNames(question: HeaderQuestion): boolean {
  const { found, record, knownNames } = question;
  const names = columnsOf(cellCount(found.firstCell, record)).map((column) =>
    textAt(question, record, column).trim(),
  );
  return areKnown(names, knownNames);
}

function areKnown(names: readonly string[], known: readonly string[]): boolean {
  if (known.length === 0) return false;
  const there = new Set(names);
  const met = known.filter((name) => there.has(name)).length;
  return met >= Math.max(1, known.length / 2);
}

interface NumberName {
  readonly value: number;
  /** How improbable it is as a value of its column, as a logarithm. */
  readonly surprise: number;
  /** It stands in quotes, the numbers below it do not: programs that quote words write names so. */
  readonly quoted: boolean;
}

function cellEvidence(
  question: HeaderQuestion,
  rows: readonly number[],
  column: number,
  name: string,
  numbers: NumberName[],
): number {
  const at = column + question.shift;
  const kinds = rows.map((row) => kindAt(question, row, at));
  const numeric = kinds.filter((each) => each === CellKind.number).length;
  const present = numeric === rows.length ? undefined : presentTexts(question, rows, at);
  const texts = (): readonly string[] => present ?? presentTexts(question, rows, at);
  const n = present?.length ?? rows.length;
  const missing = (rows.length - n + 0.5) / (rows.length + 1);
  if (isMissingText(name)) {
    const asName = Math.max(NAME_IS_MISSING, missing > 0.5 ? missing : 0, column === 0 ? 0.3 : 0);
    return Math.min(1, Math.log(asName / missing));
  }
  if (n === 0) return 0;
  const written = kindAt(question, question.record, column);
  // `01SYN` above numbers without letters is a name, though it could be a number with its unit.
  const kind =
    written === CellKind.number && isLettered(name) && texts().filter(isLettered).length < 0.1 * n
      ? CellKind.word
      : written;
  if (present === undefined || numeric >= 0.8 * n) {
    if (kind !== CellKind.number) return Math.log(0.95 / ((n - Math.min(n, numeric) + 0.2) / (n + 0.4)));
    const quoted =
      isQuoted(question, question.record, column) && !rows.some((row) => isQuoted(question, row, at));
    const surprise = surpriseOf(name, texts());
    numbers.push({ value: Number(name), surprise, quoted });
    return 0;
  }
  const dates = kinds.filter((each) => each === CellKind.date).length;
  if (dates >= 0.8 * n) {
    if (kind === CellKind.date) return -3;
    return Math.log(0.95 / ((n - Math.min(n, dates) + 0.2) / (n + 0.4)));
  }
  if (kind === CellKind.number || kind === CellKind.date) {
    numbers.push({ value: Number(name), surprise: 0, quoted: false });
    return Math.log(((n - numeric) / n) * 0.5 + 0.1);
  }
  return Math.max(wordEvidence(name, present, n), NEVER) + formEvidence(name, present);
}

function presentTexts(question: HeaderQuestion, rows: readonly number[], column: number): readonly string[] {
  return rows.map((row) => textAt(question, row, column).trim()).filter((value) => !isMissingText(value));
}

const NEVER = -3.5;

/** A value not seen before, by Good and Turing; a value seen, by its share. */
function wordEvidence(name: string, present: readonly string[], n: number): number {
  const counts = new Map<string, number>();
  for (const value of present) counts.set(value, (counts.get(value) ?? 0) + 1);
  const seen = counts.get(name) ?? 0;
  if (seen > 0) return Math.log(NAME_IS_A_VALUE / (seen / (n + 1)));
  let once = 0;
  for (const count of counts.values()) if (count === 1) once++;
  return Math.log(0.97 / Math.min(0.97, (once + 0.5) / (n + 1)));
}

/** Values of one form (`A13`, `2021-Q3`, all of ten letters, long texts) and a name of another. */
function formEvidence(name: string, present: readonly string[]): number {
  const n = present.length;
  if (n < 3) return 0;
  const form = formOf(present[0] as string);
  const alike = [...new Set(present)].every((value) => formOf(value) === form);
  if (alike) return formOf(name) === form ? -1 : /\d/u.test(form) ? 2 : 0.5;
  const lengths = present.map(({ length }) => length).sort((a, b) => a - b);
  const low = lengths[Math.floor(n / 20)] as number;
  if (low > 40 && name.length <= 30) return 1.5;
  const digits = present.filter((value) => /\d/u.test(value)).length;
  return digits >= 0.95 * n && !/\d/u.test(name) ? 1 : 0;
}

function formOf(text: string): string {
  return text
    .slice(0, 24)
    .replace(/\d+/gu, '0')
    .replace(/\p{Lu}+/gu, 'A')
    .replace(/\p{Ll}+/gu, 'a');
}

/** A whole number above fractions, or one far from all values below it. */
function surpriseOf(name: string, present: readonly string[]): number {
  const n = present.length;
  const whole = /^\d+$/u.test(name);
  const fractions = present.filter((value) => /^[-+]?\d*[.,]\d+/u.test(value)).length;
  if (whole && fractions >= 0.9 * n) return Math.log((n + 1) / (n - fractions + 1)) * 0.7;
  const values = present.map(Number).filter(Number.isFinite);
  if (values.length < 3) return 0;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const value = Number(name);
  const spread = Math.max(high - low, Math.abs(high) * 0.05, 1e-12);
  return value > high + spread || value < low - spread ? Math.log(values.length + 1) * 0.7 : 0;
}

/** Names that are numbers are seldom; where they count up, each is as good as the first. */
function numberNames(numbers: readonly NumberName[]): number {
  if (numbers.length === 0) return 0;
  const values = numbers.map(({ value }) => value);
  const step = (values[1] ?? NaN) - (values[0] ?? NaN);
  const inSequence =
    values.length >= 3 &&
    step !== 0 &&
    values.every((value, index) => index === 0 || value - (values[index - 1] as number) === step) &&
    values.every((value) => Number.isInteger(value) && value >= 0);
  const surprise = numbers.reduce((sum, each) => sum + Math.min(2, each.surprise), 0);
  const repeated = new Set(values).size < values.length ? 2 : 0;
  const quoted = Math.min(MOST_QUOTED, numbers.filter((each) => each.quoted).length * QUOTED);
  return inSequence || areYears(numbers)
    ? Math.log(NAME_IS_NUMBER_IN_SEQUENCE) + surprise + quoted + 0.7 * Math.min(numbers.length, 4)
    : Math.log(NAME_IS_NUMBER) - 0.3 * Math.min(numbers.length - 1, 10) - repeated + quoted + surprise * 0.5;
}

/** Years from left to right, above numbers that are none. */
function areYears(numbers: readonly NumberName[]): boolean {
  const [first, ...rest] = numbers;
  if (first === undefined || rest.length === 0) return false;
  let before = first.value;
  for (const { value } of rest) {
    if (value <= before) return false;
    before = value;
  }
  return numbers.every(
    ({ value, surprise }) => Number.isInteger(value) && value >= 1800 && value <= 2100 && surprise > 0,
  );
}

/** Names are distinct, and some are written as only names are. */
function writing(names: readonly string[]): number {
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0) return -20;
  const distinct = new Set(filled).size;
  const named = filled.filter((name) => COMMON_NAMES.test(name) || WRITTEN_AS_A_NAME.test(name)).length;
  return Math.min(1.5, named * 0.5) - (distinct < filled.length ? 1 : 0);
}

/** Records below the header with as many cells; the header itself, repeated now and then, is none. */
function rowsBelow({ bytes, found, record }: HeaderQuestion, width: number): number[] {
  const rows: number[] = [];
  const repeated: number[] = [];
  for (let row = record + 1; row < found.records && rows.length < PROBED_ROWS; row++) {
    const cells = cellCount(found.firstCell, row);
    if (Math.abs(cells - width) > 1) continue;
    (sameRecord(bytes, found, record, row) ? repeated : rows).push(row);
  }
  return repeated.length > Math.max(3, rows.length / 6) ? [...rows, ...repeated] : rows;
}

/** Whether two records are written with the same bytes. */
export function sameRecord(bytes: Uint8Array, found: Scan, a: number, b: number): boolean {
  const from = found.startByte[a] as number;
  const other = found.startByte[b] as number;
  const length = (found.endByte[a] as number) - from;
  if ((found.endByte[b] as number) - other !== length) return false;
  for (let at = 0; at < length; at++) if (bytes[from + at] !== bytes[other + at]) return false;
  return true;
}

function columnsOf(width: number): readonly number[] {
  const columns = Array.from({ length: Math.min(width, FIRST_COLUMNS + LAST_COLUMNS) }, (_, index) => index);
  if (width <= columns.length) return columns;
  return columns.map((index) =>
    index < FIRST_COLUMNS ? index : width - LAST_COLUMNS + index - FIRST_COLUMNS,
  );
}

function capped(evidence: number): number {
  return Math.max(-CAP, Math.min(CAP, evidence));
}

function textAt({ bytes, found }: HeaderQuestion, record: number, column: number): string {
  const cell = (found.firstCell[record] as number) + column;
  if (cell >= (found.firstCell[record + 1] as number)) return '';
  const start = found.cellStart[cell] as number;
  return cellText(
    bytes,
    start,
    Math.min(found.cellEnd[cell] as number, start + 4 * LONGEST_NAME),
    QUOTED_AS_IS,
  );
}

function isQuoted({ bytes, found }: HeaderQuestion, record: number, column: number): boolean {
  const cell = (found.firstCell[record] as number) + column;
  if (cell >= (found.firstCell[record + 1] as number)) return false;
  const before = bytes[(found.cellStart[cell] as number) - 1];
  return (before === 0x22 || before === 0x27) && bytes[found.cellEnd[cell] as number] === before;
}

const QUOTED_AS_IS = { quote: '"', escape: 'doubled' } as const;

function kindAt({ bytes, found }: HeaderQuestion, record: number, column: number): CellKind {
  const cell = (found.firstCell[record] as number) + column;
  if (cell >= (found.firstCell[record + 1] as number)) return CellKind.empty;
  return cellKind(bytes, found.cellStart[cell] as number, found.cellEnd[cell] as number, true);
}
