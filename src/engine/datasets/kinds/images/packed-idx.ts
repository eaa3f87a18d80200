/** IDX files as they are passed on: packed with gzip. */
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { isIdx } from './idx';

/** Bytes of images or labels, unpacked; what claims more is not unpacked further. */
const MOST_BYTES = 2_000_000_000;
/** Packed bytes of which a head can be unpacked. */
const BEGINNING = 1_024;
/** Bytes of the longest head. */
const HEAD = 20;

/** Whether it is an IDX file, packed or not; only its beginning is unpacked. */
export function isPackedIdx(bytes: Uint8Array): boolean {
  if (!isPacked(bytes)) return isIdx(bytes);
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2_000 * BEGINNING };
    return isIdx(gunzipSync(bytes.subarray(0, BEGINNING), options).subarray(0, HEAD));
  } catch {
    return false;
  }
}

/** Undefined for what is no IDX file when it is unpacked, is damaged, or has no end. */
export async function unpackedIdx(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const plain = isPacked(bytes)
    ? await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES }).catch(() => undefined)
    : bytes;
  return plain !== undefined && isIdx(plain) ? plain : undefined;
}

function isPacked([a, b]: Uint8Array): boolean {
  return a === 0x1f && b === 0x8b;
}
