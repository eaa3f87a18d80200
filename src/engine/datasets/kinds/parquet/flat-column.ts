/** A column with one value in each row, read page by page into what holds it. */
import { CollectedNumbers } from '../../columns/collect-numbers';
import { CollectedTexts } from '../../columns/collect-texts';
import { DateColumn } from '../../columns/date-column';
import { NumberColumn } from '../../columns/number-column';
import type { StoredColumn } from '../../columns/stored-column';
import { isByteRuns, type LeafType } from './leaf-types';
import { type Decoded, type Page, readChunk } from './pages';
import type { PlannedLeaf } from './plan';
import { Damaged, Unsupported } from './trouble';

export interface FlatFile {
  readonly bytes: Uint8Array;
  readonly path: string | undefined;
  readonly rows: number;
}

export interface FlatColumn {
  readonly values: StoredColumn;
  /** The column has numbers that are too long for a double; they are kept as they are written. */
  readonly long: boolean;
}

/** Rows for whose bytes memory is taken in advance: a file may claim any number. */
const ROWS_PER_BYTE = 64;

/** `leaf`: of a type that is read. Throws `Damaged` and `Unsupported`. */
export function readFlat(file: FlatFile, name: string, leaf: PlannedLeaf, type: LeafType): FlatColumn {
  if (type.holds === 'texts')
    return { values: texts(file, name, leaf, type.texts, type.isBytes), long: false };
  const numbers = collectNumbers(file, leaf, type.numbers);
  if (numbers === undefined) {
    const written = type.holds === 'numbers' ? type.texts : undefined;
    if (written === undefined) throw new Unsupported('numbers of such a length');
    return { values: texts(file, name, leaf, written, false), long: true };
  }
  const values =
    type.holds === 'moments'
      ? new DateColumn(numbers, type.writing)
      : new NumberColumn(numbers, { single: type.single });
  return { values, long: false };
}

/** NaN for a missing value; undefined where a number is too long. */
function collectNumbers(
  { bytes, rows }: FlatFile,
  leaf: PlannedLeaf,
  numbersOf: (values: Decoded) => Float64Array | undefined,
): Float64Array | undefined {
  const collected = new CollectedNumbers(Math.min(rows, ROWS_PER_BYTE * bytes.length));
  let dictionary: Float64Array | undefined;
  const found = { long: false };
  const take = (values: Decoded): Float64Array => {
    const numbers = numbersOf(values);
    if (numbers === undefined) found.long = true;
    return numbers ?? new Float64Array(lengthOf(values)).fill(NaN);
  };
  for (const chunk of chunksOf(leaf)) {
    dictionary = undefined;
    readChunk(bytes, chunk, leaf, {
      dictionary: (values) => (dictionary = take(values)),
      page: (page) => {
        const out = collected.room(page.count);
        placeNumbers(page, leaf, page.values && take(page.values), dictionary, out, collected.rows);
        collected.filled(page.count);
      },
    });
    if (found.long) return undefined;
  }
  requireRows(collected.rows, rows);
  return collected.finish();
}

function placeNumbers(
  { count, definition, places }: Page,
  { maxDefinition }: PlannedLeaf,
  values: Float64Array | undefined,
  dictionary: Float64Array | undefined,
  out: Float64Array,
  first: number,
): void {
  if (values !== undefined && definition === undefined) {
    if (values.length < count) throw new Damaged('a page with too few values');
    out.set(values.length === count ? values : values.subarray(0, count), first);
    return;
  }
  const known = values ?? dictionary;
  if (known === undefined) throw new Damaged('a page without its dictionary');
  let next = 0;
  for (let row = 0; row < count; row++) {
    const isThere = definition === undefined || definition[row] === maxDefinition;
    if (!isThere) {
      out[first + row] = NaN;
      continue;
    }
    const value = known[places === undefined ? next : (places[next] as number)];
    if (value === undefined) throw new Damaged('a place beyond the dictionary');
    out[first + row] = value;
    next++;
  }
}

function texts(
  { bytes, path, rows }: FlatFile,
  name: string,
  leaf: PlannedLeaf,
  textsOf: (values: Decoded) => string[],
  isBytes: boolean,
): StoredColumn {
  const collected = new CollectedTexts(name, path);
  let dictionary: string[] | undefined;
  for (const chunk of chunksOf(leaf)) {
    dictionary = undefined;
    readChunk(bytes, chunk, leaf, {
      dictionary: (values) => (dictionary = textsOf(values)),
      page: ({ count, definition, places, values }) => {
        if (places !== undefined) {
          if (dictionary === undefined) throw new Damaged('a page without its dictionary');
          collected.addCoded(
            dictionary,
            spread(places, definition, count, leaf.maxDefinition, dictionary.length),
          );
          return;
        }
        const direct = isBytes && values !== undefined && isByteRuns(values) ? values : undefined;
        const written = direct === undefined ? textsOf(values ?? []) : [];
        let next = 0;
        for (let row = 0; row < count; row++) {
          if (definition !== undefined && definition[row] !== leaf.maxDefinition) collected.add('');
          else if (direct !== undefined) {
            collected.addBytes(direct.bytes, direct.starts[next] as number, direct.ends[next] as number);
            next++;
          } else collected.add(written[next++] ?? '');
        }
      },
    });
  }
  requireRows(collected.rows, rows);
  return collected.finish();
}

/** Places with -1 for each missing value. */
function spread(
  places: Int32Array,
  definition: Uint8Array | undefined,
  count: number,
  maxDefinition: number,
  words: number,
): Int32Array {
  for (const place of places)
    if (place < 0 || place >= words) throw new Damaged('a place beyond the dictionary');
  if (definition === undefined) return places;
  const out = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < count; row++)
    out[row] = definition[row] === maxDefinition ? (places[next++] as number) : -1;
  return out;
}

function* chunksOf({ chunks }: PlannedLeaf) {
  for (const chunk of chunks) {
    if (chunk === undefined) throw new Damaged('a group without the column');
    yield chunk;
  }
}

function requireRows(found: number, rows: number): void {
  if (found !== rows) throw new Damaged(`${found} of ${rows} values`);
}

function lengthOf(values: Decoded): number {
  return isByteRuns(values) ? values.starts.length : values.length;
}
