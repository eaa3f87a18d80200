import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { uniformAt } from '../../../src/engine/datasets/random';
import { type CharacterDialect, plainDialect, scan } from '../../../src/engine/datasets/kinds/csv/scanner';

const PLAIN = plainDialect(',');
const DIALECTS: readonly CharacterDialect[] = [
  PLAIN,
  { ...PLAIN, spacedQuotes: true },
  { ...PLAIN, escape: 'backslash' },
  { ...PLAIN, quote: -1 },
];
const PIECES = ['a', '12', ',', ',', '\n', '\n', '\r\n', '\r', '"', '"', '"b"', ' ', '#', '\\', '\n\n'];

describe('a scan that goes on from one of the beginning', () => {
  it('finds what a scan of the whole finds, wherever the beginning ends', () => {
    for (let turn = 0; turn < 100; turn++) {
      const pick = (_: unknown, index: number): string =>
        PIECES[Math.floor(uniformAt(3, turn, index) * PIECES.length)] as string;
      const whole = Buffer.from(Array.from({ length: 40 }, pick).join(''));
      for (const dialect of DIALECTS) {
        for (const comment of ['', '#']) {
          const start = { at: 0, line: 1, comment: Buffer.from(comment) };
          const expected = scan(whole, dialect, start);
          for (let end = 1; end < whole.length; end++) {
            if (whole[end - 1] !== 0x0a && whole[end - 1] !== 0x0d) continue;
            const beginning = scan(whole.subarray(0, end), dialect, start);
            const found = scan(whole, dialect, start, beginning);
            if (!isDeepStrictEqual(found, expected))
              expect.fail(JSON.stringify([whole.toString(), end, dialect]));
          }
        }
      }
    }
  });

  it('looks at the beginning no second time', () => {
    const rows = 'a,b,c\n'.repeat(100);
    const others = Buffer.from('d,eee\n'.repeat(100) + rows);
    // The places of another text tell that they were taken as they are.
    expect(scan(others, PLAIN, undefined, scan(Buffer.from(rows), PLAIN)).firstCell[100]).toBe(300);
    expect(scan(others, PLAIN).firstCell[100]).toBe(200);
  });
});
