/** Bytes -> `Table`: finds out how the file is read, checks every record's shape, and keeps the places of all cells. */
import type { DatasetIssue, TableFormat } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import { cellText } from '../../cell-text';
import { decode } from '../../decode';
import { chooseReading } from './reading/choose';
import { scanAs } from './reading/dialect';
import { decimalOf } from './reading/decimal';
import { invalidRows, leftOutIssues, longNumbers, strayQuotes } from './reading/findings';
import { refuseOtherText } from '../../reading/foreign';
import { columnNames, joinedNames } from './reading/names';
import { type HeaderPlaces, separateRows } from './reading/rows';
import { shapesOf } from './reading/shapes';
import { tellReading } from './reading/tell';
import { newlineOf } from './scanner';
import { unwrapped } from './reading/wrapped';
import { ScannedTable } from '../../scanned-table';
import type { ReadTableOptions } from '../../types';

/** More columns than this are no table that a small model could learn from; the offsets alone would fill the memory. */
const COLUMN_LIMIT = 100_000;
/** Offsets are 32 bits wide. */
const BYTE_LIMIT = 2 ** 32 - 1;

const WRAPPED: DatasetIssue = {
  severity: 'information',
  code: 'wrapped-lines',
  message: 'Each line stands in quotes as a whole; it is read without them.',
  advice: 'Nothing needs to be done. Choose that quotes are ordinary characters if each line is one cell.',
  line: 1,
};

function missed(asked: number, line: number): DatasetIssue {
  return {
    severity: 'warning',
    code: 'first-line',
    message: `The table cannot begin in line ${asked}: the file has fewer lines, or more than 8 MB above it. It is read from line ${line} on.`,
    advice: 'Choose another first line, or none.',
    line,
  };
}

/** Reads a table from bytes or from an editor's text. Throws LabError('dataset') for what is no table. */
export function readTable(source: Uint8Array | string, options: ReadTableOptions = {}): ScannedTable {
  const { path } = options;
  if (source.length > BYTE_LIMIT) {
    throw refusal('The file is larger than 4 GiB.', 'Split it, or train on a sample of its rows.', path);
  }
  const decoded = decode(source, path, options.encoding);
  const lines = options.quote === undefined || options.quote === '"' ? unwrapped(decoded.bytes) : undefined;
  const bytes = lines ?? decoded.bytes;
  refuseOtherText(bytes, path);
  const chosen = chooseReading(bytes, options);
  const found = scanAs(bytes, chosen.dialect, chosen.start, chosen.lines, chosen.beginning);
  if (found.records === 0) {
    throw refusal(
      'The file is empty.',
      'A table needs a header line and at least a few rows below it.',
      path,
      1,
    );
  }
  const { header, firstLine, comment, missedLine } = chosen;
  const separated = separateRows(bytes, found, { ...options, header });
  const { rows, width } = separated;
  if (rows.records === 0) {
    throw refusal(
      'The file has a header line but no rows.',
      'Add rows below the header, one line each.',
      path,
      firstLine,
    );
  }
  if (width > COLUMN_LIMIT) {
    throw refusal(
      `The file has ${width} columns; at most ${COLUMN_LIMIT} can be read.`,
      'Check the separator, or keep the columns that matter.',
      path,
      firstLine,
    );
  }
  const { separator, quote, escape } = chosen.dialect;
  const decimal = decimalOf(bytes, rows, separator);
  const format: TableFormat = {
    separator,
    header,
    encoding: decoded.encoding,
    byteOrderMark: decoded.byteOrderMark,
    newline: newlineOf(bytes),
    quote,
    escape,
    firstLine,
    comment,
    units: separated.units,
    rowNames: separated.rowNames,
    decimal: options.decimal ?? decimal.sign,
  };
  const names = namesOf(bytes, separated.header, width, format);
  const { columns, issues: nameIssues } = columnNames(names, separated.header?.line);
  const { shape, issues: shapeIssues } = shapesOf(rows, width);
  return new ScannedTable({
    path,
    bytes,
    format,
    namesLine: header ? firstLine : undefined,
    columns,
    rows,
    shape,
    tell: (told, wishes) => tellReading(told, wishes, decimal.used),
    reading: {
      wishes: options.columns,
      readings: options.readings,
      settled: options.settled,
      decimalAsked: options.decimalAsked,
      decimalOverruled: options.decimal !== undefined && options.decimal !== decimal.sign,
    },
    issues: [
      ...decoded.issues,
      ...(lines === undefined ? [] : [WRAPPED]),
      ...(missedLine === undefined ? [] : [missed(missedLine, firstLine)]),
      ...leftOutIssues(separated, found, { firstLine, header }),
      ...nameIssues,
      ...shapeIssues,
      ...strayQuotes(found),
      ...longNumbers(bytes, rows),
      ...(decoded.valid ? [] : invalidRows(bytes, rows)),
    ],
  });
}

function refusal(message: string, advice: string, path: string | undefined, line?: number): LabError {
  return new LabError('dataset', message, { advice, place: { path, line } });
}

function namesOf(
  bytes: Uint8Array,
  header: HeaderPlaces | undefined,
  width: number,
  format: TableFormat,
): readonly string[] {
  const textsOf = ({ starts, ends }: { starts: Uint32Array; ends: Uint32Array }): readonly string[] =>
    Array.from({ length: width }, (_, column) =>
      column < starts.length ? cellText(bytes, starts[column] as number, ends[column] as number, format) : '',
    );
  if (header === undefined) return Array.from({ length: width }, () => '');
  const [first = '', ...rest] = textsOf(header);
  // `# x,y,z`, as numpy writes names.
  return joinedNames([first.replace(/^[#%]\s+(?=\S)/u, ''), ...rest], header.below.map(textsOf));
}
