/** The end of a Parquet file, which says what is in it and where. */
import { totalmem } from 'node:os';
import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { LabError } from '../../../../protocol/errors';
import { writeCount } from '../../../../protocol/words';

const PLAIN = 'PAR1';
const ENCRYPTED = 'PARE';
/** Signature at both ends, and the length of what stands before the last. */
const SHORTEST = 12;
/** More columns than this are no table that a small model could learn from. */
const COLUMN_LIMIT = 100_000;
/** Places are numbers of 32 bits. */
const ROW_LIMIT = 2 ** 31 - 1;
/** Bytes in memory for each value, roughly. */
const VALUE_BYTES = 8;
/** Share of the machine's memory that the values may take. */
const MEMORY_SHARE = 0.6;

/** LabError('dataset') for a file that is encrypted, cut off, damaged or too large to be read. */
export function readFooter(bytes: Uint8Array, path: string | undefined): FileMetaData {
  const place = { path };
  const [first, last] = [signature(bytes, 0), signature(bytes, bytes.length - 4)];
  if (first === ENCRYPTED || last === ENCRYPTED) {
    throw new LabError('dataset', 'The file is encrypted.', {
      advice: 'Write it without encryption: in pyarrow, leave out `encryption_properties`.',
      place,
    });
  }
  if (last !== PLAIN || bytes.length < SHORTEST) {
    throw new LabError('dataset', first === PLAIN ? 'The file is cut off.' : 'The file is no Parquet file.', {
      advice:
        first === PLAIN
          ? 'Parquet says at its end what is in the file, and the end is missing. Copy or write the file again.'
          : 'Check its name, or choose another file.',
      place,
    });
  }
  const length = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(bytes.length - 8);
  if (length > bytes.length - SHORTEST) throw damaged(path);
  let footer: FileMetaData;
  try {
    footer = parquetMetadata(bytes.subarray(bytes.length - 8 - length), { geoparquet: false });
  } catch {
    throw damaged(path);
  }
  refuseTooLarge(footer, path);
  return footer;
}

export function damaged(path: string | undefined, column?: string): LabError {
  const what = column === undefined ? 'The file' : `The column "${column}" of the file`;
  return new LabError('dataset', `${what} is damaged.`, {
    advice: 'Copy or write the file again.',
    place: { path },
  });
}

function refuseTooLarge(
  { schema, row_groups: groups, num_rows }: FileMetaData,
  path: string | undefined,
): void {
  const place = { path };
  const columns = schema.filter(({ type }) => type !== undefined).length;
  if (columns > COLUMN_LIMIT) {
    throw new LabError('dataset', `The file has ${columns} columns; at most ${COLUMN_LIMIT} can be read.`, {
      advice: 'Keep the columns that matter.',
      place,
    });
  }
  const rows = Number(num_rows);
  const inGroups = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows !== inGroups || rows < 0) throw damaged(path);
  const values = groups.reduce(
    (sum, group) =>
      group.columns.reduce((all, { meta_data: chunk }) => all + Number(chunk?.num_values ?? 0), sum),
    0,
  );
  const needed = VALUE_BYTES * Math.max(values, rows);
  if (rows > ROW_LIMIT || needed > MEMORY_SHARE * totalmem()) {
    throw new LabError('dataset', `The file has ${writeCount(rows)} rows, too many for this machine.`, {
      advice: `Its values would take about ${writeCount(Math.ceil(needed / 2 ** 30))} GB of memory. Train on a sample of the rows, or on fewer columns.`,
      place,
    });
  }
}

function signature(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(Math.max(0, at), at + 4)).toString('latin1');
}
