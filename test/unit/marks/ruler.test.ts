import { expect, test } from 'vitest';
import { rulerStretches } from '../../../src/extension/marks/ruler';

/** What VS Code paints of a ruler of so many pixels: every mark at least 6 of them. */
function paintedShare(stretches: readonly (readonly [number, number])[], lineCount: number, height = 700) {
  const pixels = new Uint8Array(height);
  for (const [first, last] of stretches) {
    const [top, bottom] = [(first / lineCount) * height, ((last + 1) / lineCount) * height];
    const middle = (top + bottom) / 2;
    const half = Math.max(3, (bottom - top) / 2);
    pixels.fill(1, Math.max(0, Math.round(middle - half)), Math.round(middle + half));
  }
  return pixels.reduce((sum, pixel) => sum + pixel, 0) / height;
}

/** Every row whose number is drawn below `share`. */
function meant(rows: number, share: number): number[] {
  return Array.from({ length: rows }, (_, row) => row + 1).filter(
    (row) => (Math.imul(row, 0x9e3779b1) >>> 0) / 2 ** 32 < share,
  );
}

test.each([0.027, 0.1, 0.3, 0.7, 1])('of 54,000 rows a share of %f paints as much of the ruler', (share) => {
  const lines = meant(53_940, share);
  expect(paintedShare(rulerStretches(lines, 53_940, 53_942), 53_942)).toBeCloseTo(share, 1);
  expect(paintedShare(rulerStretches(lines, 53_940, 53_942), 53_942)).toBeLessThan(share + 0.04);
});

test('a few rows keep their places', () => {
  expect(rulerStretches([7, 70, 300], 344, 346)).toEqual([
    [7, 7],
    [70, 70],
    [300, 300],
  ]);
});

test('where more rows are meant, more is painted', () => {
  const lines = [...meant(10_000, 0.6), ...meant(10_000, 0.02).map((line) => line + 10_000)];
  const stretches = rulerStretches(lines, 20_000, 20_002);
  const above = stretches.filter(([first]) => first < 10_000).length;
  expect(above).toBeGreaterThan(5 * (stretches.length - above));
});

test('every stretch is a place where a row is meant', () => {
  const lines = meant(5000, 0.05);
  for (const [first, last] of rulerStretches(lines, 5000, 5002)) {
    expect(lines.some((line) => line >= first && line <= last)).toBe(true);
  }
});
