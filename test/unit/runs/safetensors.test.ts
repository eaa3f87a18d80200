import { describe, expect, it } from 'vitest';
import { readSafetensors, type StoredTensor, writeSafetensors } from '../../../src/engine/runs';
import { LabError } from '../../../src/protocol';

const tensors = new Map<string, StoredTensor>([
  ['a', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
  ['b', { shape: [3], data: Float64Array.of(0.1, 2 ** 52, -0) }],
  ['empty', { shape: [0, 4], data: new Float32Array() }],
  ['bytes', { shape: [3], data: Uint8Array.of(1, 2, 255) }],
  ['scalar', { shape: [], data: Int32Array.of(-7) }],
]);

/** A file with this header text and so many bytes of data. */
function file(header: string, dataBytes: number, lengthInFile = header.length): Uint8Array {
  const encoded = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + encoded.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(lengthInFile), true);
  bytes.set(encoded, 8);
  return bytes;
}

function damage(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes, '/x/model.safetensors');
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    expect(error.code).toBe('damaged');
    expect(error.place?.path).toBe('/x/model.safetensors');
    return error.message;
  }
  return 'read without complaint';
}

const entry = (start: number, end: number) =>
  `{"dtype":"F32","shape":[${(end - start) / 4}],"data_offsets":[${start},${end}]}`;

describe('safetensors', () => {
  it('reads back what it wrote: names in order, shapes, values of every type, metadata', () => {
    const read = readSafetensors(writeSafetensors(tensors, { note: 'ä "quoted"' }), 'file');
    expect([...read.tensors.keys()]).toEqual([...tensors.keys()]);
    for (const [name, { shape, data }] of tensors) {
      expect(read.tensors.get(name)?.shape).toEqual(shape);
      expect(read.tensors.get(name)?.data).toEqual(data);
    }
    expect(read.metadata).toEqual({ note: 'ä "quoted"' });
  });

  it('writes a header that ends at a multiple of eight bytes', () => {
    const length = new DataView(writeSafetensors(tensors).buffer).getBigUint64(0, true);
    expect(length % 8n).toBe(0n);
  });

  it('says of every cut of a file that it is damaged', () => {
    const whole = writeSafetensors(tensors);
    for (let length = 0; length < whole.length; length++) {
      expect(damage(whole.subarray(0, length))).toMatch(/^The weights file is damaged: /u);
    }
  });

  it('notices any changed byte of the data by its checksum', () => {
    const whole = writeSafetensors(tensors);
    const start = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true));
    for (let at = start; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] = (changed[at] as number) ^ 1;
      expect(damage(changed)).toContain('checksum');
    }
  });

  it('never throws anything but LabError for a changed byte of the header', () => {
    const whole = writeSafetensors(tensors);
    const end = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true));
    for (let at = 0; at < end; at++) {
      for (const flip of [1, 0x20, 0x80]) {
        const changed = whole.slice();
        changed[at] = (changed[at] as number) ^ flip;
        damage(changed);
      }
    }
  });

  it.each([
    ['a header that is too long', file('{}', 0, 100_000_001), 'more than 100000000'],
    ['a header behind the end', file('{}', 0, 50), 'should end at byte 58'],
    ['a header that starts with a space', file(' {}', 0), 'does not start with "{"'],
    ['a header that is no JSON', file('{"a":', 0), 'not JSON'],
    ['a name twice', file(`{"a":${entry(0, 4)},"\\u0061":${entry(4, 8)}}`, 8), 'names "a" twice'],
    ['a hole', file(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12), 'hole of 4 bytes before tensor "b"'],
    ['a hole at the start', file(`{"a":${entry(4, 8)}}`, 8), 'hole of 4 bytes'],
    ['an overlap', file(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12), '"b" overlaps'],
    ['data behind the last tensor', file(`{"a":${entry(0, 4)}}`, 8), '8 bytes follow'],
    [
      'an unknown type',
      file('{"a":{"dtype":"toString","shape":[0],"data_offsets":[0,0]}}', 0),
      'type toString',
    ],
    [
      'a size below zero',
      file('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4),
      'no valid shape',
    ],
    [
      'a size that does not fit',
      file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4),
      'instead of 8',
    ],
    ['metadata that are no texts', file('{"__metadata__":{"a":1}}', 0), '__metadata__'],
  ])('refuses %s and says so', (_, bytes, message) => {
    expect(damage(bytes)).toContain(message);
  });
});
