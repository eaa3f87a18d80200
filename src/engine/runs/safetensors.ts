/**
 * The safetensors format (https://github.com/huggingface/safetensors): 8 bytes length of the header, a JSON header
 * that names type, shape and place of each tensor, then the data. Data only, never code.
 *
 * Rules held when reading: the header is at most 100 MB and starts with `{`, no key appears twice, tensors leave no
 * holes and do not overlap, the last one ends where the file ends. Writers here add `sha256` of the data to
 * `__metadata__`; readers check it where it is present.
 */
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { LabError } from '../../protocol/errors';
import { findDuplicateKey } from './duplicate-keys';

export type TensorArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** One tensor, row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: TensorArray;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** `__metadata__` without the checksum. */
  readonly metadata: Readonly<Record<string, string>>;
}

const HEADER_LIMIT = 100_000_000;
const ELEMENT_BYTES = { F32: 4, F64: 8, I32: 4, U8: 1 } as const;
type ElementType = keyof typeof ELEMENT_BYTES;

/** The bytes of a file that holds `tensors` in their order. Takes a second copy of all data. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  requireLittleEndian();
  const header: Record<string, unknown> = {};
  const hash = createHash('sha256');
  let length = 0;
  for (const [name, { shape, data }] of tensors) {
    const elements = shape.reduce((product, size) => product * size, 1);
    if (elements !== data.length) {
      throw new Error(`Tensor ${name} has ${data.length} values for the shape [${shape.join(', ')}].`);
    }
    hash.update(bytesOf(data));
    header[name] = { dtype: typeOf(data), shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const json = JSON.stringify({ __metadata__: { ...metadata, sha256: hash.digest('hex') }, ...header });
  const encoded = new TextEncoder().encode(json);
  const headerLength = Math.ceil(encoded.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(encoded, 8);
  file.fill(0x20, 8 + encoded.length, 8 + headerLength);
  let at = 8 + headerLength;
  for (const { data } of tensors.values()) {
    file.set(bytesOf(data), at);
    at += data.byteLength;
  }
  return file;
}

/** Reads and checks a file's bytes. LabError('damaged') that says what is wrong and where. */
export function readSafetensors(bytes: Uint8Array, path: string): SafetensorsFile {
  requireLittleEndian();
  const damaged = (what: string): LabError =>
    new LabError('damaged', `The weights file is damaged: ${what}.`, {
      place: { path },
      advice: 'Train again, resume from a checkpoint, or restore the file from a copy.',
    });
  if (bytes.length < 8) throw damaged(`it has ${bytes.length} bytes and cannot even hold a header's length`);
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (headerLength > BigInt(HEADER_LIMIT)) {
    throw damaged(`its header would have ${headerLength.toString()} bytes, more than ${HEADER_LIMIT}`);
  }
  const dataStart = 8 + Number(headerLength);
  if (dataStart > bytes.length) {
    throw damaged(`its header should end at byte ${dataStart}, but the file ends at byte ${bytes.length}`);
  }
  if (bytes[8] !== 0x7b || headerLength < 2n) throw damaged('its header does not start with "{" at byte 8');

  const header = parseHeader(bytes.subarray(8, dataStart), damaged);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw damaged('its __metadata__ is not a list of texts');
  }
  const { sha256, ...rest } = metadata as Record<string, string>;
  const data = bytes.subarray(dataStart);
  const places = Object.entries(entries).map(([name, entry]) => readEntry(name, entry, damaged));
  checkPlaces(places, data.length, damaged);
  if (sha256 !== undefined && sha256 !== createHash('sha256').update(data).digest('hex')) {
    throw damaged('its data does not match its checksum');
  }
  const tensors = new Map<string, StoredTensor>();
  for (const place of places) {
    // Copied, because a typed array must start at a multiple of its element's size. Not by slice(), which gives a
    // view of the whole file where the bytes are a Buffer.
    const own = new Uint8Array(data.subarray(place.start, place.end));
    tensors.set(place.name, { shape: place.shape, data: view(place.dtype, own.buffer) });
  }
  return { tensors, metadata: rest };
}

interface TensorPlace {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

type Damaged = (what: string) => LabError;

function parseHeader(bytes: Uint8Array, damaged: Damaged): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged('its header is not UTF-8');
  }
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw damaged(`its header is not JSON (${(error as Error).message})`);
  }
  if (!isRecord(header)) throw damaged('its header is not an object');
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) throw damaged(`its header names "${duplicate}" twice`);
  return header;
}

function readEntry(name: string, entry: unknown, damaged: Damaged): TensorPlace {
  if (!isRecord(entry)) throw damaged(`tensor "${name}" is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(ELEMENT_BYTES, dtype)) {
    throw damaged(`tensor "${name}" is of type ${String(dtype)}, which is not among F32, F64, I32, U8`);
  }
  if (!isSizes(shape)) throw damaged(`tensor "${name}" has no valid shape`);
  if (!isSizes(offsets) || offsets.length !== 2) throw damaged(`tensor "${name}" has no valid data_offsets`);
  const [start = 0, end = 0] = offsets;
  const expected = shape.reduce((product, size) => product * size, ELEMENT_BYTES[dtype as ElementType]);
  if (end - start !== expected) {
    throw damaged(
      `tensor "${name}" of shape [${shape.join(', ')}] takes ${end - start} bytes instead of ${expected}`,
    );
  }
  return { name, dtype: dtype as ElementType, shape, start, end };
}

function checkPlaces(places: readonly TensorPlace[], length: number, damaged: Damaged): void {
  let reached = 0;
  for (const place of [...places].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (place.start > reached) {
      throw damaged(`there is a hole of ${place.start - reached} bytes before tensor "${place.name}"`);
    }
    if (place.start < reached) throw damaged(`tensor "${place.name}" overlaps the one before it`);
    reached = place.end;
  }
  if (reached !== length) {
    throw damaged(`its tensors take ${reached} bytes, but ${length} bytes follow the header`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function typeOf(data: TensorArray): ElementType {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  return data instanceof Int32Array ? 'I32' : 'U8';
}

function view(dtype: ElementType, buffer: ArrayBuffer): TensorArray {
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return new Float64Array(buffer);
    case 'I32':
      return new Int32Array(buffer);
    case 'U8':
      return new Uint8Array(buffer);
  }
}

function bytesOf(data: TensorArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function requireLittleEndian(): void {
  if (endianness() !== 'LE') {
    throw new LabError(
      'engine-unavailable',
      'Weights can be read and written on little-endian machines only.',
    );
  }
}
