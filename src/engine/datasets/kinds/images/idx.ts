/** IDX files, as those of MNIST: a head of big-endian numbers, then one byte for each pixel or label. */
import { LabError } from '../../../../protocol/errors';

export interface IdxFile {
  /** `[images, height, width]`, `[images, height, width, channels]`, or `[labels]`. */
  readonly dimensions: readonly number[];
  /** As many whole items as the file holds. */
  readonly items: number;
  /** Bytes of an item. */
  readonly size: number;
  readonly data: Uint8Array;
}

const UNSIGNED_BYTES = 0x08;
/** The other kinds of numbers that the format knows. */
const OTHER_NUMBERS = new Set([0x09, 0x0b, 0x0c, 0x0d, 0x0e]);
const MOST_DIMENSIONS = 4;

/** By the four bytes that each begins with, and whether its sizes can be those of a file. */
export function isIdx(bytes: Uint8Array): boolean {
  const [a, b, type = 0, dimensions = 0] = bytes;
  if (a !== 0 || b !== 0 || bytes.length < 4 + 4 * dimensions) return false;
  return (
    (type === UNSIGNED_BYTES || OTHER_NUMBERS.has(type)) && dimensions >= 1 && dimensions <= MOST_DIMENSIONS
  );
}

/** LabError('dataset') for numbers that are no bytes, a head without sense, or no whole item. */
export function readIdx(bytes: Uint8Array, path: string | undefined): IdxFile {
  const [, , type, count = 0] = bytes;
  if (type !== UNSIGNED_BYTES) {
    throw refused(
      path,
      'The numbers of this IDX file are no bytes.',
      'Write pixels and labels as unsigned bytes.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = Array.from({ length: count }, (_, at) => view.getUint32(4 + 4 * at));
  const data = bytes.subarray(4 + 4 * count);
  const size = dimensions.slice(1).reduce((product, side) => product * side, 1);
  const wanted = dimensions[0] ?? 0;
  if (wanted === 0 || size === 0) throw refused(path, 'The IDX file is empty.', 'Choose another file.');
  const items = Math.min(wanted, Math.floor(data.length / size));
  if (items === 0) {
    throw refused(
      path,
      'The IDX file is cut before its first item ends.',
      'Load it again from where it came.',
    );
  }
  return { dimensions, items, size, data };
}

function refused(path: string | undefined, message: string, advice: string): LabError {
  return new LabError('dataset', message, { advice, place: { path } });
}
