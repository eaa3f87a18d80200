/** Parquet files that are cut off, damaged, encrypted, or claim what they do not hold. */
import { describe, expect, it } from 'vitest';
import { openRows, type Table } from '../../src/engine/datasets';
import { LabError } from '../../src/protocol';
import { fileOf, open } from '../unit/datasets/columns/written-by-pyarrow';

function read(bytes: Uint8Array, path = '/nowhere/rows.parquet'): Promise<Table> {
  return openRows(bytes, { path });
}

async function troubleWith(bytes: Uint8Array): Promise<LabError> {
  try {
    await read(bytes);
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error('It was read.');
}

/** A file of 40 rows whose footer says that there are others. */
function claiming(rows: bigint): Buffer {
  const bytes = fileOf('required.parquet');
  const length = bytes.readUInt32LE(bytes.length - 8);
  const footer = bytes.subarray(bytes.length - 8 - length, bytes.length - 8);
  // A field of 64 bits that follows on the field before, and 40 in its zigzag writing.
  const claimed = footer
    .toString('latin1')
    .replaceAll('\x16\x50', `\x16${Buffer.from(varint(2n * rows)).toString('latin1')}`);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(claimed.length);
  end.write('PAR1', 4, 'latin1');
  return Buffer.concat([bytes.subarray(0, bytes.length - 8 - length), Buffer.from(claimed, 'latin1'), end]);
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}

describe('a Parquet file', () => {
  it('that is encrypted is refused, with what to do', async () => {
    const trouble = await troubleWith(fileOf('encrypted.parquet'));
    expect(trouble.message).toBe('The file is encrypted.');
    expect(trouble.advice).toContain('without encryption');
  });

  it('with an encrypted column is read without it, which is said', async () => {
    const table = await open('encrypted-column.parquet');
    expect(table.columns).toEqual(['int32', 'word', 'bool', 'micros', 'coded', 'int64']);
    expect(table.issues).toMatchObject([{ code: 'column-unreadable', severity: 'warning' }]);
    expect(table.issues[0]?.message).toContain('"double" (encrypted)');
  });

  it('that is cut off anywhere is refused', async () => {
    const bytes = fileOf('snappy.parquet');
    for (let length = 4; length < bytes.length; length += 97) {
      expect((await troubleWith(bytes.subarray(0, length))).message).toBe('The file is cut off.');
    }
  });

  it('with a footer but other bytes in its place is damaged, column and all', async () => {
    const bytes = Buffer.from(fileOf('none.parquet'));
    bytes.fill(0xff, 4, 40);
    const trouble = await troubleWith(bytes);
    expect(trouble.message).toBe('The column "int32" of the file is damaged.');
    expect(trouble.place?.path).toBe('/nowhere/rows.parquet');
  });

  it('that is garbage behind the right signature is refused', async () => {
    const garbage = Buffer.alloc(5000);
    for (let at = 0; at < garbage.length; at++) garbage[at] = (at * 7919) % 251;
    garbage.write('PAR1', 0, 'latin1');
    garbage.write('PAR1', garbage.length - 4, 'latin1');
    garbage.writeUInt32LE(1000, garbage.length - 8);
    expect((await troubleWith(garbage)).message).toBe('The file is damaged.');
    garbage.writeUInt32LE(0xffffffff, garbage.length - 8);
    expect((await troubleWith(garbage)).message).toBe('The file is damaged.');
  });

  it('without rows is refused', async () => {
    expect((await troubleWith(fileOf('no-rows.parquet'))).message).toBe('The file has no rows.');
  });

  it('that claims more rows than could be held is refused without taking memory for them', async () => {
    const trouble = await troubleWith(claiming(2n ** 40n));
    expect(trouble.message).toBe('The file has 1,099,511,627,776 rows, too many for this machine.');
    expect(trouble.advice).toContain('8,192 GB of memory');
  });

  it('that claims more rows than its pages have is damaged, and no memory is taken for the claim', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const trouble = await troubleWith(claiming(60_000_000n));
    expect(trouble.message).toBe('The column "int32" of the file is damaged.');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });

  it('whose bytes are changed one by one gives a table or says what is wrong, and takes no memory for claims', async () => {
    for (const name of ['snappy.parquet', 'encodings.parquet', 'nested.parquet', 'groups.parquet']) {
      const bytes = fileOf(name);
      const before = process.memoryUsage().rss;
      for (let at = 4; at < bytes.length - 4; at += 17) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ (at % 3 === 0 ? 0xff : 1 << (at % 8));
        const outcome = await read(changed).catch((thrown: unknown) => thrown);
        if (outcome instanceof Error && !(outcome instanceof LabError)) throw outcome;
      }
      expect(process.memoryUsage().rss - before, name).toBeLessThan(500e6);
    }
  });
});
