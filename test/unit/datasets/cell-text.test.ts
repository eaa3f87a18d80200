import { describe, expect, it } from 'vitest';
import { cellText } from '../../../src/engine/datasets/cell-text';

const PLAIN = { quote: 'none', escape: 'doubled' } as const;

describe('the text of a cell', () => {
  it('is its own, however many others were read before it', () => {
    const texts = Array.from(
      { length: 20_000 },
      (_, i) => `${i % 7 === 0 ? 'Größe ' : ''}${(i * 7919) % 30_011}`,
    );
    const bytes = Buffer.from(texts.join(''));
    for (let round = 0; round < 2; round++) {
      let at = 0;
      const read = texts.map((text) => {
        const end = at + Buffer.byteLength(text);
        const own = cellText(bytes, at, end, PLAIN);
        at = end;
        return own;
      });
      expect(read).toEqual(texts);
    }
  });

  it('is the same of a view of bytes as of a buffer', () => {
    const bytes = Uint8Array.from(Buffer.from('-"a ""b"""-')).subarray(1);
    expect(cellText(bytes, 1, 8, { quote: '"', escape: 'doubled' })).toBe('a "b"');
    expect(cellText(bytes, 1, 8, PLAIN)).toBe('a ""b""');
  });
});
