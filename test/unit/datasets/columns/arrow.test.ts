/** Arrow and Feather files as pyarrow writes them have the values that pyarrow reads. */
import { describe, expect, it } from 'vitest';
import { openRows, type Table } from '../../../../src/engine/datasets';
import { LabError } from '../../../../src/protocol';
import { expectValues, fileOf, open, valuesIn } from './written-by-pyarrow';

async function troubleWith(bytes: Uint8Array, path = '/nowhere/rows.feather'): Promise<LabError> {
  const outcome = await openRows(bytes, { path }).catch((thrown: unknown) => thrown);
  if (outcome instanceof LabError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('It was read.');
}

describe('an Arrow file that pyarrow wrote', () => {
  it.each(['types.feather', 'lz4.feather', 'zstd.feather', 'stream.arrows'])(
    'has the same values here: %s',
    async (name) => {
      const table = await open(name);
      const values = valuesIn(name);
      expect(table.columns).toEqual([...values.keys()]);
      expectValues(table, values);
      expect(table.issues).toMatchObject([{ code: 'long-number' }]);
    },
  );

  it('has the columns and cells of a Parquet file with the same values', async () => {
    const names = ['nested.arrow', 'nested.parquet', 'types.feather', 'types.parquet'];
    const [arrow, parquet, types, others] = (await Promise.all(names.map(open))) as [
      Table,
      Table,
      Table,
      Table,
    ];
    for (const [one, other] of [
      [arrow, parquet],
      [types, others],
    ] as const) {
      expect(one.columns).toEqual(other.columns);
      for (const column of one.columns.keys())
        for (let row = 0; row < one.rows; row++)
          expect(one.cell(row, column), one.columns[column]).toBe(other.cell(row, column));
    }
  });

  it('is told by its content under any name', async () => {
    expect((await openRows(fileOf('zstd.feather'), { path: '/nowhere/a.bin' })).rows).toBe(40);
    expect((await openRows(fileOf('stream.arrows'), { path: '/nowhere/a.bin' })).rows).toBe(40);
  });

  it('of the first version of Feather is named as that', async () => {
    const old = Buffer.from('FEA1 and whatever follows, FEA1');
    expect((await troubleWith(old)).message).toBe('The file is of the first version of Feather.');
  });

  it('that is cut off, or garbage behind the right signature, is refused', async () => {
    for (const name of ['types.feather', 'lz4.feather', 'zstd.feather']) {
      const bytes = fileOf(name);
      for (let length = 16; length < bytes.length; length += 991)
        expect((await troubleWith(bytes.subarray(0, length))).message).toMatch(/damaged|cut off|no rows/u);
    }
    const garbage = Buffer.alloc(3000, 'ARROW1 and garbage');
    expect((await troubleWith(garbage)).message).toBe('The file is damaged or cut off.');
  });

  it('whose bytes are changed one by one gives a table or says what is wrong, and takes no memory for claims', async () => {
    for (const name of ['types.feather', 'lz4.feather', 'stream.arrows']) {
      const bytes = fileOf(name);
      const before = process.memoryUsage().rss;
      for (let at = 8; at < bytes.length; at += 97) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ (at % 3 === 0 ? 0xff : 1 << (at % 8));
        const outcome = await openRows(changed, { path: `/nowhere/${name}` }).catch(
          (thrown: unknown) => thrown,
        );
        if (outcome instanceof Error && !(outcome instanceof LabError)) throw outcome;
      }
      expect(process.memoryUsage().rss - before, name).toBeLessThan(500e6);
    }
  });
});
