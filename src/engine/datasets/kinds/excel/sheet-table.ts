/**
 * From the cells of a sheet to a table. Where the table begins, which row names the columns, what is a title, a unit, a
 * footnote or a total: all that is found by the reading of delimited tables, on a text in which each line is a row of the
 * sheet. The cells of the table are the sheet's own, so that no tab, line break or digit of them is lost on that way.
 */
import type { DatasetIssue, TableFormat } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import type { ColumnWish, ReadingPart, ReadingWishes } from '../../../../protocol/reading';
import { cellsTable, type PlacedCells } from '../../cells-table';
import type { ReadTableOptions, Table } from '../../types';
import { tellReading } from '../csv/reading/tell';
import { readTable } from '../csv/table';
import type { SheetCells, SheetRow } from './sheet';

/** Cells of a table, those without a value counted. */
const MOST_CELLS = 200e6;
/** A number of which the sign could be one of thousands as well: in a sheet it never is. */
const LIKE_THOUSANDS = /^-?\d{1,3}\.\d{3}$/u;
/** Parts of the reading of a delimited table that a sheet has, too. */
const SHARED_PARTS = new Set(['header', 'firstLine', 'units', 'decimal']);

export interface SheetTableParts {
  readonly cells: SheetCells;
  /** What is to be said of the sheet, before what the reading says. */
  readonly issues: readonly DatasetIssue[];
  readonly name: string;
  readonly part: (wishes: ReadingWishes) => ReadingPart;
}

/** LabError('dataset') for a sheet without rows. */
export function sheetTable(parts: SheetTableParts, options: ReadTableOptions): Table {
  const { cells, issues, name } = parts;
  const { path } = options;
  if (cells.rows.length === 0) {
    throw new LabError('dataset', `The sheet "${name}" has no values.`, {
      advice: 'Choose another sheet, or fill it and save the workbook.',
      place: { path },
    });
  }
  if (cells.rows.length * cells.columns.length > MOST_CELLS) {
    throw new LabError('dataset', `The sheet has more than ${MOST_CELLS / 1e6} million cells.`, {
      advice: 'Keep the columns that matter, or save it as CSV or Parquet.',
      place: { path },
    });
  }
  const structure = readTable(writeLines(cells), linesOptions(options));
  const { format, columns } = structure;
  const byNumber = new Map(cells.rows.map((row) => [row.number, row]));
  return cellsTable(
    {
      columns,
      rows: rowsOf(structure, byNumber, cells.columns),
      issues: [...issues, ...structure.issues.map(issueInRows)],
      counted: 'row',
      namesLine: structure.namesLine,
      format: { ...sharedFormat(format), part: name },
      tell: (told, wishes) => tellSheet(told, wishes, parts.part(wishes)),
    },
    { ...options, columns: { ...columnWishes(structure, byNumber, cells), ...options.columns } },
  );
}

function sharedFormat({ header, firstLine, units }: TableFormat) {
  return { header, firstLine, units };
}

/** A tab stands in no cell of the text, and quotes mean nothing. */
function linesOptions({ path, header, firstLine, units, comment, knownNames }: ReadTableOptions) {
  const asked = { header, firstLine, units, knownNames };
  return {
    path,
    ...asked,
    encoding: 'utf-8',
    separator: '\t',
    quote: 'none',
    decimal: '.',
    rowNames: false,
    comment: comment ?? '',
  } as const;
}

/** A line for each row of the sheet, also for those without a value, so that lines are numbered as rows are. */
function writeLines({ rows, columns }: SheetCells): Uint8Array {
  const place = new Map(columns.map((column, at) => [column, at]));
  const pieces: Buffer[] = [];
  let lines: string[] = [];
  let line = 1;
  for (const { number, columns: filled, values } of rows) {
    for (; line < number; line++) lines.push('');
    const cells = new Array<string>(columns.length).fill('');
    filled.forEach((column, at) => {
      cells[place.get(column) as number] = String(values[at]).replace(
        /[\t\r\n\v\f\u0085\u2028\u2029]+/gu,
        ' ',
      );
    });
    lines.push(cells.join('\t'));
    line++;
    if (lines.length < 4096) continue;
    pieces.push(Buffer.from(`${lines.join('\n')}\n`));
    lines = [];
  }
  pieces.push(Buffer.from(lines.join('\n')));
  return Buffer.concat(pieces);
}

function* rowsOf(
  { rows, startLine }: Table,
  byNumber: ReadonlyMap<number, SheetRow>,
  columns: readonly number[],
): Generator<PlacedCells> {
  const place = new Map(columns.map((column, at) => [column, at]));
  for (let row = 0; row < rows; row++) {
    const line = startLine[row] as number;
    const cells = new Array<string>(columns.length).fill('');
    const found = byNumber.get(line);
    found?.columns.forEach((column, at) => {
      cells[place.get(column) as number] = String(found.values[at]);
    });
    yield { cells, firstLine: line, lastLine: line };
  }
}

/** Columns in which only the type of the cells tells that `1.234` is no thousand. */
function columnWishes(
  { columns, rows, startLine }: Table,
  byNumber: ReadonlyMap<number, SheetRow>,
  cells: SheetCells,
): Record<string, ColumnWish> {
  const open = cells.columns.map(() => 0);
  const place = new Map(cells.columns.map((column, at) => [column, at]));
  for (let row = 0; row < rows; row++) {
    const found = byNumber.get(startLine[row] as number);
    found?.columns.forEach((column, at) => {
      const index = place.get(column) as number;
      const value = found.values[at];
      if (typeof value !== 'number') open[index] = -Infinity;
      else if (!Number.isInteger(value))
        (open[index] as number) += LIKE_THOUSANDS.test(String(value)) ? 1 : -Infinity;
    });
  }
  const sure = columns.filter((_, index) => (open[index] as number) > 0);
  return Object.fromEntries(sure.map((name) => [name, { decimal: '.', thousands: 'none' }]));
}

/** The parts in the order of the line, in the words of a sheet. */
function tellSheet(format: TableFormat, wishes: ReadingWishes, part: ReadingPart): readonly ReadingPart[] {
  const shared = tellReading(format, wishes).filter(({ field }) => SHARED_PARTS.has(field));
  return [
    part,
    ...shared.map((each) => ({
      ...each,
      title: inRows(each.title),
      text: inRows(each.text),
      choices: each.choices.map(({ value, label }) => ({ value, label: inRows(label) })),
    })),
  ];
}

function issueInRows(issue: DatasetIssue): DatasetIssue {
  return { ...issue, message: inRows(issue.message), advice: inRows(issue.advice) };
}

/** In a text that was written for sheets, a line is a row. */
function inRows(text: string): string {
  return text.replace(/\b(l|L)ine(s?)\b/gu, (_, letter: string, many: string) =>
    letter === 'L' ? `Row${many}` : `row${many}`,
  );
}
