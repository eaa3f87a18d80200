/** What a person reads about a file: how it is read, its columns, what could be predicted. */
import {
  areYears,
  type ColumnSummary,
  type DatasetSummary,
  kinds,
  type TableSummary,
  toldParts,
  writeCount,
  writeCounted,
  writeImages,
  writeOutcome,
  writeReading,
  writeValue,
} from '../protocol';
import { writeColumnOptions } from './column-options';
import { flagOf } from './flags';
import { shellWord } from './shell-word';
import { alignColumns, shorten } from './terminal';

/** Columns, targets and questions that are listed; the rest is counted. */
const listLimit = 40;

export function summarizeDataset(summary: DatasetSummary): string[] {
  if (summary.kind === 'text') {
    const { characters, vocabulary, lines } = summary;
    return [
      `${summary.path}: text, ${writeCounted(characters, 'character')} (${writeCount(vocabulary)} different), ${writeCounted(lines, 'line')}`,
    ];
  }
  return [
    `${summary.path}: table, ${writeCounted(summary.rows, 'row')}, ${writeCounted(summary.columns.length, 'column')}`,
    readingLine(summary),
    ...partLines(summary),
    ...stepLines(summary),
    '',
    ...columnLines(summary.columns),
    ...questionLines(summary),
    '',
    ...targetLines(summary),
  ];
}

/** `How this file is read: windows-1252 · ; · header in line 2 · decimal comma`. */
export function readingLine({ reading, source = '' }: TableSummary): string {
  // A kind of file that leaves no choice worth telling is read as what it is.
  return `How this file is read: ${writeReading(reading) || (kinds.find(source)?.title ?? '')}`;
}

/** Each part of the line, whether it was asked for, and the option that asks for another. */
function partLines({ reading }: TableSummary): string[] {
  const lines = alignColumns(
    toldParts(reading).map(({ field, title, text, asked }) => [
      `  ${title}`,
      text,
      asked ? 'asked for' : 'found out',
      flagOf(field),
    ]),
  );
  const others = reading.filter((part) => !toldParts(reading).includes(part));
  return others.length === 0
    ? lines
    : [...lines, `  Also to be asked for: ${others.map(({ field }) => flagOf(field)).join(', ')}`];
}

/** `Step 1: keep rows where price > 0 (12 rows left out)` */
export function stepLines({ steps = [] }: TableSummary): string[] {
  return steps.map((step, index) => {
    const outcome = writeOutcome(step);
    return `Step ${index + 1}: ${step.words}${outcome === '' ? '' : ` (${outcome})`}`;
  });
}

function columnLines(columns: readonly ColumnSummary[]): string[] {
  const listed = columns.slice(0, listLimit);
  const withReading = listed.some(({ readAs }) => readAs !== undefined);
  const reading = (text: string | undefined) => (withReading ? [shorten(text ?? '', 30)] : []);
  const lines = alignColumns([
    ['COLUMN', 'KIND', ...reading('READ AS'), 'DIFFERENT', 'MISSING', 'VALUES'],
    ...listed.map((column) => {
      const { name, kind, distinct, missing } = column;
      return [name, kind, ...reading(column.readAs), String(distinct), String(missing), contentOf(column)];
    }),
  ]);
  return more(lines, columns.length);
}

function contentOf({ range, values, note, image }: ColumnSummary): string {
  if (image !== undefined) return writeImages(image);
  const figure = (value: number) => writeValue(value, range !== undefined && areYears(range.min, range.max));
  const content = range
    ? `${figure(range.min)} … ${figure(range.max)}, mean ${figure(range.mean)}`
    : values.map(({ value, count }) => `${shorten(value, 24)} ${count}`).join(', ');
  if (note === undefined) return shorten(content, 80);
  // What a person should know comes before the rarer values.
  return shorten(`${shorten(content, 40)} (${note})`, 120);
}

/** What is close, with the options that answer otherwise. */
export function questionLines({ columns }: TableSummary): string[] {
  const asked = columns.flatMap(({ name, question }) => (question ? [{ name, question }] : []));
  if (asked.length === 0) return [];
  const lines = asked
    .slice(0, listLimit)
    .flatMap(({ name, question }) => [
      `  ${name}: ${question.text}`,
      ...question.answers.map(({ label, wish }) => `    ${label}: ${writeColumnOptions(name, wish)}`),
    ]);
  return ['', 'Worth a look:', ...(asked.length > listLimit ? more(lines, asked.length) : lines)];
}

function more(lines: string[], all: number): string[] {
  return all > listLimit ? [...lines, `… and ${all - listLimit} more`] : lines;
}

/** The columns that could be predicted, the sensible one first. */
export function targetLines(summary: TableSummary): string[] {
  const lines = alignColumns(
    summary.targets
      .slice(0, listLimit)
      .map(({ column, task, preview, reason }) => [
        `--target ${shellWord(column)}`,
        task,
        shorten(reason === '' ? preview : `${preview} (${reason})`, 90),
      ]),
  );
  return more(lines, summary.targets.length);
}
