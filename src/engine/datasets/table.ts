/** Bytes -> `Table`: reads the format, checks every record's shape, and keeps the places of all cells. */
import { readFile } from 'node:fs/promises';
import type { TableFormat } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import { decode } from './decode';
import { cellCount, commonCellCount, detectHeader, detectSeparator } from './format';
import { scan } from './scanner';
import { ScannedTable } from './scanned-table';
import type { ReadTableOptions, Table } from './types';

/** More columns than this are no table that a small model could learn from; the offsets alone would fill the memory. */
export const COLUMN_LIMIT = 100_000;
/** Offsets are 32 bits wide. */
const BYTE_LIMIT = 2 ** 32 - 1;

/** Reads a table from bytes or from an editor's text. Throws LabError('dataset') for what is no table. */
export function readTable(source: Uint8Array | string, options: ReadTableOptions = {}): Table {
  const { path } = options;
  if (source.length > BYTE_LIMIT) {
    throw new LabError('dataset', 'The file is larger than 4 GiB.', {
      advice: 'Split it, or train on a sample of its rows.',
      place: { path },
    });
  }
  const decoded = decode(source, path);
  const { bytes } = decoded;
  const separator = options.separator ?? detectSeparator(bytes).separator;
  const found = scan(bytes, separator.charCodeAt(0));
  if (found.records === 0) {
    throw new LabError('dataset', 'The file is empty.', {
      advice: 'A table needs a header line and at least a few rows below it.',
      place: { path, line: 1 },
    });
  }
  const comma = separator === ';';
  const header = options.header ?? detectHeader(bytes, found, comma);
  if (header && found.records === 1) {
    throw new LabError('dataset', 'The file has a header line but no rows.', {
      advice: 'Add rows below the header, one line each.',
      place: { path, line: found.startLine[0] },
    });
  }
  const width = header ? cellCount(found.firstCell, 0) : commonCellCount(found.firstCell, found.records);
  if (width > COLUMN_LIMIT) {
    throw new LabError('dataset', `The file has ${width} columns; at most ${COLUMN_LIMIT} can be read.`, {
      advice: 'Check the separator, or keep the columns that matter.',
      place: { path, line: found.startLine[0] },
    });
  }
  const format: TableFormat = {
    separator,
    header,
    encoding: decoded.encoding,
    byteOrderMark: decoded.byteOrderMark,
    newline: found.newline,
    quote: '"',
    escape: 'doubled',
    firstLine: found.startLine[0] ?? 1,
    comment: '',
    units: false,
    rowNames: false,
    decimal: comma ? ',' : '.',
  };
  return new ScannedTable(path, decoded, format, found, width, {
    wishes: options.columns,
    readings: options.readings,
    settled: options.settled,
  });
}

/** Reads the file at `path` (or `text`, its unsaved content) as a table. LabError('file') if it cannot be read. */
export async function loadTable(path: string, text?: string, options: ReadTableOptions = {}): Promise<Table> {
  return readTable(text ?? (await readBytes(path)), { ...options, path });
}

/** LabError('file') that names the path. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw LabError.from(error, path);
  }
}
