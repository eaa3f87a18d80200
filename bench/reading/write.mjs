// @ts-check
/** Writes a made-up table in a dialect, and keeps what a reader should find. */
import { encode } from './encodings.mjs';

/** @typedef {import('./columns.mjs').Column} Column */
/** @typedef {import('./columns.mjs').Value} Value */
/** @typedef {import('./columns.mjs').Chance} Chance */

/**
 * @typedef {object} Dialect
 * @property {string} separator `blanks` and `fixed` pad cells
 * @property {'"' | "'"} quote
 * @property {'doubled' | 'backslash'} escape
 * @property {boolean} quoteAll
 * @property {string} eol
 * @property {string} encoding as iconv-lite names it
 * @property {string} expectedEncoding as the lab names it; alternatives apart by `|`
 * @property {boolean} header
 * @property {readonly string[]} above lines above the header
 * @property {readonly string[]} below lines behind the last row
 * @property {readonly string[] | undefined} units a row below the header
 * @property {boolean} trailing a separator at each row's end
 * @property {boolean} spaced a blank behind each separator
 * @property {boolean} rowNames a name before each row that the header leaves out
 * @property {'.' | ','} decimal
 * @property {string} thousands
 * @property {string} before before each number that is no identifier
 * @property {string} after
 * @property {'iso' | 'dmy.' | 'mdy/' | 'dmy/' | 'words'} dates
 * @property {readonly string[]} missing words for what is missing
 * @property {number} missingShare
 */

/** @type {Dialect} */
export const plain = {
  separator: ',',
  quote: '"',
  escape: 'doubled',
  quoteAll: false,
  eol: '\n',
  encoding: 'utf-8',
  expectedEncoding: 'utf-8',
  header: true,
  above: [],
  below: [],
  units: undefined,
  trailing: false,
  spaced: false,
  rowNames: false,
  decimal: '.',
  thousands: '',
  before: '',
  after: '',
  dates: 'iso',
  missing: [''],
  missingShare: 0,
};

/**
 * @typedef {object} Expected
 * @property {string} encoding
 * @property {string} separator
 * @property {boolean} header
 * @property {number} firstLine line of the header, or of the first row
 * @property {number} rows
 * @property {readonly { name: string | undefined, kind: string, mean?: number }[]} columns `mean` of numbers as meant
 */

/** @typedef {{ name: string, like: string, ending: string, bytes: Buffer, expected: Expected }} BenchFile */

/**
 * @param {readonly Column[]} columns
 * @param {number} rows
 * @param {Partial<Dialect>} differences from `plain`
 * @param {Chance} chance
 * @returns {{ bytes: Buffer, expected: Expected }}
 */
export function writeTable(columns, rows, differences, chance) {
  const dialect = { ...plain, ...differences };
  const sums = columns.map(() => ({ sum: 0, count: 0 }));
  const different = columns.map(() => new Set());
  /** @type {string[][]} */
  const cells = [];
  if (dialect.header) cells.push(columns.map(({ name }) => name));
  if (dialect.units) cells.push([...dialect.units]);
  for (let row = 0; row < rows; row++) {
    const written = columns.map(({ kind, value }, column) => {
      const meant = value(chance, row);
      different[column]?.add(JSON.stringify(meant));
      if (kind !== 'identifier' && chance.chance(dialect.missingShare)) return chance.pick(dialect.missing);
      if (typeof meant !== 'object' || !('n' in meant)) return writeValue(meant, dialect);
      const total = /** @type {{ sum: number, count: number }} */ (sums[column]);
      total.sum += Number(meant.n.toFixed(meant.d));
      total.count++;
      return writeNumber(meant, dialect);
    });
    cells.push(dialect.rowNames ? [String(row + 1), ...written] : written);
  }
  const lines = layOut(cells, dialect);
  const text = [...dialect.above, ...lines, ...dialect.below].join(dialect.eol) + dialect.eol;
  const ascii = /^[\0-\x7f]*$/u.test(text);
  return {
    bytes: encode(text, dialect.encoding),
    expected: {
      // Without other letters there is nothing to tell encodings of one byte apart by.
      encoding: ascii && dialect.encoding !== 'utf-16le' ? 'utf-8' : dialect.expectedEncoding,
      separator: dialect.separator,
      header: dialect.header,
      firstLine: dialect.above.length + 1,
      rows,
      columns: columns.map(({ name, kind }, column) => {
        const { sum, count } = /** @type {{ sum: number, count: number }} */ (sums[column]);
        return {
          name: dialect.header ? name : undefined,
          kind: kind + alsoRight(kind, rows, different[column]?.size ?? 0),
          ...(count > 0 ? { mean: sum / count } : {}),
        };
      }),
    },
  };
}

/** What else is right of few rows. @param {string} kind @param {number} rows @param {number} different */
function alsoRight(kind, rows, different) {
  if (different === 1) return '|constant';
  return kind === 'identifier' && rows < 30 ? '|number|category|text' : '';
}

/** @param {string[][]} cells @param {Dialect} dialect */
function layOut(cells, dialect) {
  const { separator, trailing, spaced } = dialect;
  if (separator === 'fixed' || separator === 'blanks') {
    const widths = (cells[0] ?? []).map((_, column) =>
      Math.max(...cells.map((row) => (row[column] ?? '').length)),
    );
    if (separator === 'blanks')
      return cells.map((row) => row.map((cell, i) => cell.padStart((widths[i] ?? 0) + 2)).join(''));
    return cells.map((row) =>
      row
        .map((cell, i) => cell.padEnd((widths[i] ?? 0) + 2))
        .join('')
        .trimEnd(),
    );
  }
  const between = spaced ? `${separator} ` : separator;
  return cells.map(
    (row) => row.map((cell) => quoted(cell, dialect)).join(between) + (trailing ? separator : ''),
  );
}

/** @param {string} cell @param {Dialect} dialect */
function quoted(cell, { separator, quote, escape, quoteAll }) {
  const special = cell.includes(separator) || cell.includes('\n') || cell.includes(quote);
  if (!special && !(quoteAll && cell !== '')) return cell;
  const inside =
    escape === 'backslash'
      ? cell.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
      : cell.replaceAll(quote, quote + quote);
  return quote + inside + quote;
}

/** @param {{ n: number, d: number }} value @param {Dialect} dialect */
function writeNumber({ n, d }, { decimal, thousands, before, after }) {
  const [digits = '', rest] = Math.abs(n).toFixed(d).split('.');
  const grouped = thousands === '' ? digits : digits.replaceAll(/\B(?=(?:\d{3})+$)/gu, thousands);
  const sign = n < 0 && Number(n.toFixed(d)) !== 0 ? '-' : '';
  return `${sign}${before}${grouped}${rest === undefined ? '' : decimal + rest}${after}`;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** @param {Exclude<Value, { n: number }>} value @param {Dialect} dialect */
function writeValue(value, { dates }) {
  if (typeof value === 'string') return value;
  const [year, month, day] = value.date;
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  switch (dates) {
    case 'iso':
      return `${year}-${two(month)}-${two(day)}`;
    case 'dmy.':
      return `${two(day)}.${two(month)}.${year}`;
    case 'mdy/':
      return `${month}/${day}/${year}`;
    case 'dmy/':
      return `${two(day)}/${two(month)}/${year}`;
    case 'words':
      return `${months[month - 1] ?? ''} ${day}, ${year}`;
  }
}
