/** The batches of rows in an Arrow file or stream, their buffers decompressed. */
import { totalmem } from 'node:os';
import {
  CompressionType,
  compressionRegistry,
  type RecordBatch,
  RecordBatchReader,
  type Schema,
} from 'apache-arrow';
import { ByteBuffer } from 'flatbuffers';
import { LabError } from '../../../../protocol/errors';
import { writeCount } from '../../../../protocol/words';
import { lz4Frame, zstd } from '../../reading/compressed';

/** Share of the machine's memory that decompressed buffers may take. */
const MEMORY_SHARE = 0.6;
/** Bytes before each buffer that say how large it becomes. */
const PREFIX = 8;

export interface ArrowFile {
  readonly schema: Schema;
  readonly batches: readonly RecordBatch[];
  readonly rows: number;
}

/** Bytes that the file that is being read has become by now. */
let decompressed = 0;

for (const [type, decompress] of [
  [CompressionType.ZSTD, zstd],
  [CompressionType.LZ4_FRAME, lz4Frame],
] as const) {
  compressionRegistry.set(type, {
    decode: (bytes) => {
      const size = Number(new DataView(bytes.buffer, bytes.byteOffset - PREFIX, PREFIX).getBigInt64(0, true));
      decompressed += size;
      if (!(size >= 0 && decompressed < MEMORY_SHARE * totalmem())) throw new TooLarge();
      return decompress(bytes, size);
    },
  });
}

const lengthOf = Object.getOwnPropertyDescriptor(ByteBuffer.prototype, '__vector_len')?.value as (
  this: ByteBuffer,
  offset: number,
) => number;

/** The library counts as far as a damaged file says, for hours: no list has more entries than there are bytes. */
ByteBuffer.prototype.__vector_len = function within(this: ByteBuffer, offset: number): number {
  const length = lengthOf.call(this, offset);
  if (!(length >= 0 && length <= this.capacity())) throw new RangeError(`a list of ${length}`);
  return length;
};

class TooLarge extends Error {}

/** LabError('dataset') for what is damaged, or becomes too large. */
export function readBatches(bytes: Uint8Array, path: string | undefined): ArrowFile {
  decompressed = 0;
  try {
    // The reader takes numbers where they lie, at multiples of their size.
    const aligned = bytes.byteOffset % PREFIX === 0 ? bytes : bytes.slice();
    const reader = RecordBatchReader.from(aligned).open();
    // Gone when the reader has come to its end.
    const { schema } = reader;
    const batches = [...reader];
    const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
    refuseTooMany(rows * Math.max(1, schema.fields.length), bytes.length, path);
    return { schema, batches, rows };
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    if (thrown instanceof TooLarge) throw tooLarge('The columns become', path);
    throw new LabError('dataset', 'The file is damaged or cut off.', {
      advice: 'Copy or write the file again.',
      place: { path },
      cause: thrown,
    });
  }
}

/** A batch may claim any number of rows. */
function refuseTooMany(values: number, size: number, path: string | undefined): void {
  // No value of a batch takes less than a bit, but in a column without any.
  const most = Math.min((MEMORY_SHARE * totalmem()) / 8, 1e6 + 8 * 1000 * size);
  if (values > most) throw tooLarge(`The ${writeCount(values)} values are`, path);
}

function tooLarge(what: string, path: string | undefined): LabError {
  return new LabError('dataset', `${what} too large for the memory of this machine.`, {
    advice: 'Train on a sample of the rows, or on fewer columns.',
    place: { path },
  });
}
