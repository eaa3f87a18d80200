/**
 * The zip archive that a workbook is: its entries by name, each unpacked as a stream of text. Sizes are held against what
 * the archive says of them, before and while it is unpacked, so that no archive unpacks to more than it admits to.
 */
import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { LabError } from '../../../../protocol/errors';
import { writeBytes } from '../../../../protocol/words';

/** A workbook has some dozens. */
const MOST_ENTRIES = 20_000;
/** Bytes of one entry; streamed, so that only what is kept of it is a matter of memory. */
const LARGEST_ENTRY = 8 * 2 ** 30;
/** XML of sheets shrinks to a tenth or a twentieth; what shrinks more is made to harm. */
const USUAL_SIZE = 64 * 2 ** 20;
const GREATEST_RATIO = 300;

const SAVE_AGAIN = 'Open it in a spreadsheet program and save it again, or save the sheet as CSV.';

export class Archive {
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    private readonly zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
    private readonly path: string | undefined,
  ) {
    this.#entries = entries;
  }

  /** LabError('dataset') for bytes that are no whole zip archive. */
  static async open(bytes: Uint8Array, path: string | undefined): Promise<Archive> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    try {
      const zip = await fromBufferPromise(buffer, { lazyEntries: true });
      if (zip.entryCount > MOST_ENTRIES) throw new RangeError(`${zip.entryCount} entries`);
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(keyOf(entry.fileName), entry);
      return new Archive(zip, entries, path);
    } catch (thrown) {
      throw damaged(path, thrown);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(keyOf(name));
  }

  /** Bytes of the entry when it is unpacked, as the archive says; 0 for one that is not there. */
  size(name: string): number {
    return this.#entries.get(keyOf(name))?.uncompressedSize ?? 0;
  }

  /**
   * Unpacks an entry, handing over its text in pieces until `take` answers that it has seen enough. LabError('dataset')
   * where the entry is damaged, encrypted, or larger than it may be.
   */
  async read(name: string, take: (text: string) => boolean | undefined): Promise<void> {
    const entry = this.#entries.get(keyOf(name));
    if (entry === undefined) throw damaged(this.path, new Error(`${name} is not there`));
    this.#requireSensible(entry);
    let stream: Readable | undefined;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      stream.setEncoding('utf8');
      for await (const text of stream) if (take(text as string) === true) break;
    } catch (thrown) {
      throw thrown instanceof LabError ? thrown : damaged(this.path, thrown);
    } finally {
      stream?.destroy();
    }
  }

  #requireSensible({ compressedSize, uncompressedSize }: Entry): void {
    const ratio = uncompressedSize / Math.max(1, compressedSize);
    const isBomb = uncompressedSize > USUAL_SIZE && ratio > GREATEST_RATIO;
    if (!isBomb && uncompressedSize <= LARGEST_ENTRY) return;
    throw new LabError(
      'dataset',
      `The workbook unpacks from ${writeBytes(compressedSize)} to ${writeBytes(uncompressedSize)}: it is not read.`,
      { advice: SAVE_AGAIN, place: { path: this.path } },
    );
  }
}

/** Part names mean the same in any letter case, and some writers begin them with a slash. */
function keyOf(name: string): string {
  return name.replace(/^\/+/u, '').toLowerCase();
}

/** What cannot be read: cut short, or overwritten. */
export function damaged(path: string | undefined, cause: unknown): LabError {
  const reason = cause instanceof Error ? ` (${cause.message.slice(0, 200)})` : '';
  return new LabError('dataset', `The workbook is damaged or cut short${reason}.`, {
    advice: `Fetch it again where it comes from. ${SAVE_AGAIN}`,
    place: { path },
    cause,
  });
}
