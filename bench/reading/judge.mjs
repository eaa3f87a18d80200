// @ts-check
/** Whether a file was read fully right, and what was wrong where it was not. */

/** @typedef {import('./write.mjs').Expected} Expected */
/** @typedef {import('../../src/protocol/dataset').TableSummary} TableSummary */

/** Columns that come to nothing are named alike. */
const idle = ['constant', 'empty'];
/** How far the mean of a column of numbers may lie from what was meant, as a share: further off is another number. */
const nearly = 1e-6;

/**
 * What is wrong with a reading; nothing where all is right.
 * @param {TableSummary} summary
 * @param {Expected} expected
 * @returns {string[]}
 */
export function faults(summary, expected) {
  const { format, columns, rows } = summary;
  /** @type {string[]} */
  const found = [];
  const expect = (/** @type {string} */ what, /** @type {unknown} */ is, /** @type {string} */ wanted) => {
    if (!wanted.split('|').includes(String(is))) found.push(`${what} ${String(is)}, not ${wanted}`);
  };
  expect('encoding', format.encoding, expected.encoding);
  if (format.separator !== expected.separator)
    found.push(`separator ${JSON.stringify(format.separator)}, not ${JSON.stringify(expected.separator)}`);
  expect('header', format.header, String(expected.header));
  expect('first line', format.firstLine, String(expected.firstLine));
  expect('rows', rows, String(expected.rows));
  expect('columns', columns.length, String(expected.columns.length));
  if (columns.length !== expected.columns.length) return found;
  expected.columns.forEach(({ name, kind, mean }, index) => {
    const column = columns[index];
    if (column === undefined) return;
    if (name !== undefined && name.trim() !== '' && column.name !== name)
      found.push(`name "${column.name}", not "${name}"`);
    const right =
      kind.split('|').includes(column.kind) || (idle.includes(kind) && idle.includes(column.kind));
    if (!right) found.push(`"${column.name}" is ${column.kind}, not ${kind}`);
    else if (column.kind === 'number' && mean !== undefined && !isNear(column.range?.mean, mean))
      found.push(`"${column.name}" has a mean of ${String(column.range?.mean)}, not ${mean}`);
  });
  return found;
}

/** @param {number | undefined} value @param {number} wanted */
function isNear(value, wanted) {
  return value !== undefined && Math.abs(value - wanted) <= nearly * Math.max(1, Math.abs(wanted));
}

/**
 * What other readers are asked: separator, header and which columns are numbers. `numbers` is undefined where a reader
 * does not say.
 * @typedef {{ separator: string, header: boolean, numbers: readonly boolean[] | undefined }} PeerReading
 */

/** @param {PeerReading | undefined} reading @param {Expected} expected */
export function judgePeer(reading, expected) {
  if (reading === undefined) return { dialect: false, numbers: false };
  const blanks = reading.separator === ' ' && ['blanks', 'fixed'].includes(expected.separator);
  const dialect = (reading.separator === expected.separator || blanks) && reading.header === expected.header;
  const numbers =
    dialect &&
    reading.numbers?.length === expected.columns.length &&
    expected.columns.every(({ kind }, index) => {
      const kinds = kind.split('|');
      const number = reading.numbers?.[index] === true;
      // Identifiers that are written as numbers are numbers to a reader that does not know of identifiers.
      if (kinds.includes('identifier') || kinds.some((each) => idle.includes(each))) return true;
      return number ? kinds.includes('number') : kinds.some((each) => each !== 'number');
    });
  return { dialect, numbers };
}

/** The same of ours. @param {TableSummary} summary @returns {PeerReading} */
export function asPeer({ format, columns }) {
  return {
    separator: format.separator,
    header: format.header,
    numbers: columns.map(({ kind }) => kind === 'number'),
  };
}
