/** Files that gzip has packed, whatever is in them: known by their first bytes, unpacked in memory. */
import { totalmem } from 'node:os';
import { promisify } from 'node:util';
import { gunzip as gunzipWith } from 'node:zlib';
import { LabError } from '../../protocol/errors';

const gunzip = promisify(gunzipWith);

const PACKED = /\.gz$/iu;
/** Bytes that a file may become, and the share of the machine's memory. */
const MOST_BYTES = 2 ** 31;
const MEMORY_SHARE = 0.25;

/** A file is recognised and then opened: it is unpacked once. */
const unpacked = new WeakMap<Uint8Array, Promise<Uint8Array>>();

/** The name of a file as it was before it was packed: `rows.csv` of `rows.csv.gz`. */
export function unpackedName(path: string): string {
  return path.replace(PACKED, '');
}

/** What is in the file; the source itself where it is not packed. LabError('dataset') for what is damaged or too large. */
export async function unpack<Source>(source: Source, path: string | undefined): Promise<Source | Uint8Array> {
  if (!(source instanceof Uint8Array) || source[0] !== 0x1f || source[1] !== 0x8b) return source;
  const known = unpacked.get(source) ?? unpackNow(source, path);
  unpacked.set(source, known);
  return known;
}

/** `most`: bytes that the file may become. */
export async function unpackNow(
  bytes: Uint8Array,
  path: string | undefined,
  most = Math.floor(Math.min(MOST_BYTES, MEMORY_SHARE * totalmem())),
): Promise<Uint8Array> {
  const place = { path };
  try {
    return await gunzip(bytes, { maxOutputLength: most });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new LabError(
        'dataset',
        `The file unpacks to more than ${Math.max(1, Math.floor(most / 1e6))} MB.`,
        {
          advice: 'Unpack it yourself if that is meant, and train on a sample of its rows.',
          place,
        },
      );
    }
    const isCut = code === 'Z_BUF_ERROR';
    throw new LabError('dataset', `The gzip file is ${isCut ? 'cut off' : 'damaged'}.`, {
      advice: 'Copy or pack the file again.',
      place,
    });
  }
}
