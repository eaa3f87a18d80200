/** The pages of one column in one group of rows, decompressed and decoded, but not yet turned into what their type means. */
import type { ColumnMetaData, DecodedArray, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { type ByteRuns, byteRuns } from './byte-runs';
import { decompress } from './decompress';
import { deltaLengths, deltaTexts } from './delta-bytes';
import { readHybrid } from './levels';
import { Damaged, Unsupported } from './trouble';

export type Decoded = DecodedArray | ByteRuns;

export interface Page {
  /** Entries, values that are not there included. */
  readonly count: number;
  /** `[count]`; undefined where every entry has its value. */
  readonly definition: Uint8Array | undefined;
  /** `[count]`; undefined where nothing is repeated. */
  readonly repetition: Uint8Array | undefined;
  /** Places in the dictionary, of the values that are there; else the values. */
  readonly places: Int32Array | undefined;
  readonly values: Decoded | undefined;
}

export interface Leaf {
  readonly type: string;
  readonly typeLength: number | undefined;
  readonly maxDefinition: number;
  readonly maxRepetition: number;
}

/** Gives each page to `onPage`, and a dictionary to `onDictionary` before those that need it. */
export function readChunk(
  file: Uint8Array,
  chunk: ColumnMetaData,
  leaf: Leaf,
  on: { readonly dictionary: (values: Decoded) => void; readonly page: (page: Page) => void },
): void {
  const { start, end } = rangeOf(chunk, file.length);
  const reader = { view: new DataView(file.buffer, file.byteOffset + start, end - start), offset: 0 };
  const total = Number(chunk.num_values);
  let seen = 0;
  while (seen < total) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0 && reader.offset + size <= reader.view.byteLength))
      throw new Damaged('a page that is cut off');
    const bytes = file.subarray(start + reader.offset, start + reader.offset + size);
    reader.offset += size;
    if (header.type === 'DICTIONARY_PAGE') {
      const count = header.dictionary_page_header?.num_values ?? 0;
      on.dictionary(plain(decompress(bytes, chunk.codec, header.uncompressed_page_size), 0, count, leaf));
    } else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') {
      const page =
        header.type === 'DATA_PAGE' ? first(bytes, header, chunk, leaf) : second(bytes, header, chunk, leaf);
      seen += page.count;
      // A claim of more values than the group has would fill the memory.
      if (seen > total || page.count <= 0) throw new Damaged('a page with other values than it should have');
      on.page(page);
    }
  }
}

function rangeOf(chunk: ColumnMetaData, length: number): { start: number; end: number } {
  const data = Number(chunk.data_page_offset);
  const dictionary = Number(chunk.dictionary_page_offset ?? 0n);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = start + Number(chunk.total_compressed_size);
  if (!(start >= 4 && end > start && end <= length)) throw new Damaged('pages beyond the end of the file');
  return { start, end };
}

/** A page whose levels are compressed with its values. */
function first(bytes: Uint8Array, header: PageHeader, chunk: ColumnMetaData, leaf: Leaf): Page {
  const { num_values: count = 0, encoding = '' } = header.data_page_header ?? {};
  refuseMore(count, chunk);
  const page = decompress(bytes, chunk.codec, header.uncompressed_page_size);
  let at = 0;
  const levels = (most: number): Uint8Array | undefined => {
    if (most === 0) return undefined;
    const length =
      at + 4 <= page.length ? Buffer.from(page.buffer, page.byteOffset + at, 4).readUInt32LE(0) : Infinity;
    const end = at + 4 + length;
    if (end > page.length) throw new Damaged('levels that are cut off');
    const read = new Uint8Array(count);
    readHybrid(page, at + 4, end, bitsFor(most), read);
    at = end;
    return read;
  };
  const repetition = levels(leaf.maxRepetition);
  const definition = levels(leaf.maxDefinition);
  return { count, repetition, ...valuesOf(page, at, encoding, count, definition, leaf) };
}

/** A page whose levels stand uncompressed before its values. */
function second(bytes: Uint8Array, header: PageHeader, chunk: ColumnMetaData, leaf: Leaf): Page {
  const about = header.data_page_header_v2;
  if (about === undefined) throw new Damaged('a page without its header');
  const { num_values: count, encoding } = about;
  refuseMore(count, chunk);
  const levels = (most: number, start: number, length: number): Uint8Array | undefined => {
    if (most === 0) return undefined;
    if (!(length >= 0 && start + length <= bytes.length)) throw new Damaged('levels that are cut off');
    const read = new Uint8Array(count);
    readHybrid(bytes, start, start + length, bitsFor(most), read);
    return read;
  };
  const behind = about.repetition_levels_byte_length;
  const repetition = levels(leaf.maxRepetition, 0, behind);
  const definition = levels(leaf.maxDefinition, behind, about.definition_levels_byte_length);
  const from = behind + about.definition_levels_byte_length;
  const size = header.uncompressed_page_size - from;
  const page = decompress(
    bytes.subarray(from),
    about.is_compressed === false ? 'UNCOMPRESSED' : chunk.codec,
    size,
  );
  return { count, repetition, ...valuesOf(page, 0, encoding, count, definition, leaf) };
}

function refuseMore(count: number, chunk: ColumnMetaData): void {
  if (!(count > 0 && count <= Number(chunk.num_values))) throw new Damaged(`${count} values in a page`);
}

function valuesOf(
  page: Uint8Array,
  start: number,
  encoding: string,
  entries: number,
  definition: Uint8Array | undefined,
  leaf: Leaf,
): Pick<Page, 'definition' | 'places' | 'values'> {
  let count = entries;
  if (definition !== undefined) {
    count = 0;
    for (const level of definition) if (level === leaf.maxDefinition) count++;
  }
  const known = count === entries ? undefined : definition;
  if (count === 0) return { definition: known, places: undefined, values: [] };
  if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') {
    const places = new Int32Array(count);
    if (start >= page.length) throw new Damaged('a page that is cut off');
    readHybrid(page, start + 1, page.length, page[start] as number, places);
    return { definition: known, places, values: undefined };
  }
  return { definition: known, places: undefined, values: decode(page, start, encoding, count, leaf) };
}

function decode(page: Uint8Array, start: number, encoding: string, count: number, leaf: Leaf): Decoded {
  const { type } = leaf;
  const reader = { view: new DataView(page.buffer, page.byteOffset + start, page.length - start), offset: 0 };
  switch (encoding) {
    case 'PLAIN':
      return plain(page, start, count, leaf);
    case 'RLE': {
      const bits = new Uint8Array(count);
      readHybrid(page, start + 4, page.length, 1, bits);
      return Array.from(bits, (bit) => bit === 1);
    }
    case 'DELTA_BINARY_PACKED': {
      const values = type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count);
      deltaBinaryUnpack(reader, count, values);
      return values;
    }
    case 'DELTA_LENGTH_BYTE_ARRAY':
      return deltaLengths(page, start, count);
    case 'DELTA_BYTE_ARRAY':
      return deltaTexts(page, start, count);
    case 'BYTE_STREAM_SPLIT':
      return byteStreamSplit(reader, count, type as 'DOUBLE', leaf.typeLength);
    default:
      throw new Unsupported(`the encoding ${encoding}`);
  }
}

function plain(page: Uint8Array, start: number, count: number, { type, typeLength }: Leaf): Decoded {
  // Nothing but truth values takes less than a byte.
  if (!(count >= 0 && count <= 8 * (page.length - start))) throw new Damaged(`${count} values in a page`);
  if (type === 'BYTE_ARRAY') return byteRuns(page, start, count);
  const view = new DataView(page.buffer, page.byteOffset + start, page.length - start);
  return readPlain({ view, offset: 0 }, type as 'DOUBLE', count, typeLength);
}

function bitsFor(most: number): number {
  return 32 - Math.clz32(most);
}
