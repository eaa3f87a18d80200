import { describe, expect, it } from 'vitest';
import { readTable, type Table } from '../../../src/engine/datasets';
import { checkQuality, subjectOf } from '../../../src/engine/quality';
import { chance } from './checked';

const shape = { width: 24, height: 20, channels: 3 } as const;

/** Blots on a grey ground: other ones for each seed. */
function drawn(seed: number, brighter = 0, grain = 0): Uint8Array {
  const random = chance(seed);
  const blots = Array.from({ length: 6 }, () => [
    24 * random(),
    20 * random(),
    2 + 5 * random(),
    200 * random(),
  ]);
  const noise = chance(seed + 999);
  return Uint8Array.from({ length: 24 * 20 * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % 24, Math.floor(at / 72)];
    const over = blots.find(([bx = 0, by = 0, size = 0]) => (x - bx) ** 2 + (y - by) ** 2 < size ** 2);
    return Math.min(255, (over?.[3] ?? 90 + x) + brighter + grain * (noise() - 0.5));
  });
}

async function check(images: Readonly<Record<string, Uint8Array>>) {
  const names = Object.keys(images);
  const table: Table = readTable(
    ['file,kind', ...names.map((name, at) => `${name},${at % 2 ? 'a' : 'b'}`)].join('\n'),
  );
  table.images = new Map([
    [
      'file',
      {
        shape,
        facts: {} as never,
        pixels: (name: string) => images[name],
        thumbnail: () => Promise.resolve(undefined),
      },
    ],
  ]);
  return checkQuality(subjectOf(table, {}), { checks: ['similar-images'] });
}

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`i${at}.png`, drawn(at + 1)]));

describe('images that look the same', () => {
  it('are told, also when one was saved anew, a little brighter', async () => {
    const [finding, ...others] = await check({ ...many(40), 'again.jpg': drawn(8, 3, 2) });
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      '1 image of "file" looks the same as an earlier one: "again.jpg" looks the same as "i7.png".',
    );
    expect(finding?.places).toMatchObject([{ row: 40, column: 0 }]);
  });

  it('are not those that differ', async () => {
    expect(await check(many(60))).toEqual([]);
  });
});
