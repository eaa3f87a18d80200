/** What is said once of how a file was read: lines that are no rows, quotes, bytes of no character, long numbers. */
import { isUtf8 } from 'node:buffer';
import type { DatasetIssue } from '../../../../../protocol/dataset';
import { writeCount } from '../../../../../protocol/words';
import type { Scan } from '../scanner';
import { parseNumber } from '../../../values';
import type { Rows } from '../../../row-places';
import { type LeftOut, LineKind, type SeparatedRows } from './rows';
import { LINES_NAMED } from './shapes';

/** No number that anybody measured is written with so many characters; a lost separator or line break makes them. */
const LONG_NUMBER = 400;

/** Lines of the file that are no rows, one sentence for each kind. */
export function leftOutIssues(
  separated: Pick<SeparatedRows, 'leftOut' | 'rowNames' | 'trailing' | 'framed'>,
  found: Pick<Scan, 'comments' | 'firstComment'>,
  titles: { readonly firstLine: number; readonly header: boolean },
): DatasetIssue[] {
  const { leftOut, rowNames, trailing, framed } = separated;
  const above = titles.firstLine - 1;
  const issues: DatasetIssue[] = [];
  if (above > 0) {
    const what = titles.header ? 'header' : 'first row';
    issues.push(
      note(
        'lines-above',
        `${lines(above)} above the ${what}, which is in line ${titles.firstLine}, ${above === 1 ? 'is no row' : 'are no rows'}.`,
        'Choose another first line if the table begins there.',
        { line: 1, endLine: above, rows: above },
      ),
    );
  }
  if (found.comments > 0) {
    issues.push(
      note(
        'comment',
        `${lines(found.comments)} ${are(found.comments)} read as comments and ${found.comments === 1 ? 'is no row' : 'are no rows'}, the first in line ${found.firstComment}.`,
        'Choose no comment sign if they are rows.',
        { line: found.firstComment, rows: found.comments },
      ),
    );
  }
  issues.push(...leftOut.flatMap((kind) => leftOutIssue(kind)));
  if (rowNames) {
    issues.push(
      note(
        'row-names',
        'The header has one name fewer than the rows have cells: the first cell of each row is read as its name and is no column.',
        'Give the first column a name to use it.',
        { line: titles.firstLine },
      ),
    );
  }
  if (trailing > 0) {
    issues.push(
      note(
        framed ? 'edge-separators' : 'trailing-separator',
        framed
          ? 'The lines begin and end with a separator; no column stands outside.'
          : `${writeCount(trailing)} ${trailing === 1 ? 'row ends' : 'rows end'} with a separator that has nothing behind it; it makes no column.`,
        'Nothing needs to be done.',
        { line: titles.firstLine, rows: trailing },
      ),
    );
  }
  return issues;
}

const LEFT_OUT: Readonly<Record<number, { code: string; one: string; many: string; advice: string }>> = {
  [LineKind.units]: {
    code: 'units',
    one: 'holds units and is no row',
    many: 'hold units and are no rows',
    advice: 'Choose "no units" if it is a row.',
  },
  [LineKind.headerLine]: {
    code: 'header-line',
    one: 'is a further line of the header and no row',
    many: 'are further lines of the header and no rows',
    advice: 'Choose "no units" if it is a row.',
  },
  [LineKind.repeatedHeader]: {
    code: 'repeated-header',
    one: 'repeats the header and is no row',
    many: 'repeat the header and are no rows',
    advice: 'Files that were put together keep the header of each part; nothing needs to be done.',
  },
  [LineKind.separatorsOnly]: {
    code: 'empty-row',
    one: 'holds separators only and is no row',
    many: 'hold separators only and are no rows',
    advice: 'Nothing needs to be done.',
  },
  [LineKind.ruled]: {
    code: 'ruled-line',
    one: 'is a drawn rule and no row',
    many: 'are drawn rules and no rows',
    advice: 'Nothing needs to be done.',
  },
  [LineKind.page]: {
    code: 'page-line',
    one: 'stands between the pages of the table and is no row',
    many: 'stand between the pages of the table and are no rows',
    advice: 'Write all cells if it is a row.',
  },
  [LineKind.otherTable]: {
    code: 'other-table',
    one: 'is below an empty line, has other columns and is no row',
    many: 'below an empty line have other columns: they are another table and no rows of this one',
    advice: 'Put the other table into a file of its own to learn from it.',
  },
  [LineKind.footer]: {
    code: 'footer',
    one: 'at the end is read as a remark or a total and is no row',
    many: 'at the end are read as remarks or totals and are no rows',
    advice: 'Write all cells if it is a row, and another word than "total" in the first.',
  },
};

function leftOutIssue({ kind, count, line }: LeftOut): DatasetIssue[] {
  const said = LEFT_OUT[kind];
  if (said === undefined) return [];
  const message =
    count === 1 ? `Line ${line} ${said.one}.` : `${lines(count)} ${said.many}, the first in line ${line}.`;
  return [note(said.code, message, said.advice, { line, rows: count })];
}

function note(
  code: string,
  message: string,
  advice: string,
  place: { line: number; endLine?: number; rows?: number },
): DatasetIssue {
  return { severity: 'information', code, message, advice, ...place };
}

function lines(count: number): string {
  return count === 1 ? 'One line' : `${writeCount(count)} lines`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** Opening quotes that were taken literally. */
export function strayQuotes({ literalQuotes, literalQuoteCount }: Scan): DatasetIssue[] {
  const [first] = literalQuotes;
  if (first === undefined) return [];
  const one = literalQuoteCount === 1;
  return [
    {
      severity: 'warning',
      code: 'stray-quote',
      message: one
        ? `The quote that opens cell ${first.column} is not closed before a separator; it is read as an ordinary character.`
        : `${writeCount(literalQuoteCount)} quotes that open cells are not closed before a separator, the first in line ${first.line}; they are read as ordinary characters.`,
      advice: 'Close the quote, or double the quotes inside a quoted cell ("").',
      line: first.line,
      column: first.column,
      rows: literalQuoteCount,
      lines: literalQuotes.map(({ line }) => line),
    },
  ];
}

/** Rows whose bytes are no UTF-8. */
export function invalidRows(
  bytes: Uint8Array,
  { records, startByte, endByte, startLine, endLine }: Rows,
): DatasetIssue[] {
  const at: number[] = [];
  let count = 0;
  let end = 0;
  for (let row = 0; row < records; row++) {
    if (isUtf8(bytes.subarray(startByte[row], endByte[row]))) continue;
    if (count++ === 0) end = endLine[row] as number;
    if (at.length < LINES_NAMED) at.push(startLine[row] as number);
  }
  const [line] = at;
  const of =
    line === undefined
      ? 'the header, or of another line that is no row,'
      : count === 1
        ? 'this line'
        : `${writeCount(count)} rows`;
  const first = count > 1 ? `, the first in line ${line ?? 0}` : '';
  return [
    {
      severity: 'warning',
      code: 'invalid-encoding',
      message: `Some bytes of ${of} are no UTF-8 and read as \ufffd${first}.`,
      advice: 'Choose the encoding in which the file was written, or save it as UTF-8.',
      line,
      ...(count === 0 ? {} : { endLine: end, rows: count, lines: at }),
    },
  ];
}

interface LongNumbers {
  count: number;
  /** Of the first of them. */
  readonly row: number;
  readonly column: number;
  readonly length: number;
  readonly value: number;
}

/** Cells of hundreds of digits: those that can be read, and those that are too large. */
export function longNumbers(bytes: Uint8Array, rows: Rows): DatasetIssue[] {
  const { records, firstCell, startByte, endByte } = rows;
  const found = new Map<boolean, LongNumbers>();
  for (let row = 0; row < records; row++) {
    if ((endByte[row] as number) - (startByte[row] as number) < LONG_NUMBER) continue;
    const first = firstCell[row] as number;
    for (let cell = first; cell < (firstCell[row + 1] as number); cell++) {
      const start = rows.cellStart[cell] as number;
      const end = rows.cellEnd[cell] as number;
      if (end - start < LONG_NUMBER || !isDigits(bytes, start, end)) continue;
      const value = parseNumber(bytes, start, end, false);
      const known = found.get(Number.isNaN(value));
      if (known !== undefined) known.count++;
      else {
        const length = end - start;
        found.set(Number.isNaN(value), { count: 1, row, column: cell - first + 1, length, value });
      }
    }
  }
  return [...found.values()].map((long) => longNumberIssue(long, rows));
}

function longNumberIssue(
  { count, row, column, length, value }: LongNumbers,
  { startLine, endLine }: Rows,
): DatasetIssue {
  const line = startLine[row] as number;
  const missing = Number.isNaN(value);
  const one = `Cell ${column} of this line holds a number of ${writeCount(length)} characters, ${missing ? 'which is too large: it counts as missing' : `read as ${value}`}.`;
  const many = `${writeCount(count)} cells hold numbers of ${LONG_NUMBER} characters or more${missing ? ', which are too large and count as missing' : ''}, the first in line ${line}.`;
  return {
    severity: 'warning',
    code: 'long-number',
    message: count === 1 ? one : many,
    advice: 'Check whether a separator or a line break is missing there.',
    line,
    endLine: endLine[row],
    column,
  };
}

/** Whether nothing but digits, points, signs and exponents stands there. */
function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte >= 0x30 && byte <= 0x39;
    if (!digit && byte !== 0x2b && byte !== 0x2d && byte !== 0x2e && (byte | 0x20) !== 0x65) return false;
  }
  return true;
}
