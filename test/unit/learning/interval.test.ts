import { expect, test } from 'vitest';
import { fitInterval, halfWidthAt } from '../../../src/engine/tasks/regression/interval';

/** A number between 0 and 1 that looks drawn, the same for the same `index`. */
function drawn(index: number): number {
  let value = Math.imul(index * 2 + 1, 0x9e3779b1);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
}

/** Predictions from 0 to 1000 whose errors grow with them. */
function rows(count: number, from = 0): { predicted: Float64Array; errors: Float64Array } {
  const predicted = Float64Array.from({ length: count }, (_, row) => drawn(from + row) * 1000);
  const errors = predicted.map((value, row) => drawn(from + row + 500_000) * (1 + value / 10));
  return { predicted, errors };
}

test('the interval is wide where predictions like it were far off, and narrow where they were near', () => {
  const { predicted, errors } = rows(600);
  const curve = fitInterval(predicted, errors)!;
  expect(halfWidthAt(curve, 900)).toBeGreaterThan(4 * halfWidthAt(curve, 100));
});

test('nine of ten new rows lie inside, among the small predictions as among the large', () => {
  const { predicted, errors } = rows(600);
  const curve = fitInterval(predicted, errors)!;
  const fresh = rows(4000, 10_000);
  const share = (from: number, to: number) => {
    const part = [...fresh.predicted.keys()].filter(
      (row) => fresh.predicted[row]! >= from && fresh.predicted[row]! < to,
    );
    const inside = part.filter((row) => fresh.errors[row]! <= halfWidthAt(curve, fresh.predicted[row]!));
    return inside.length / part.length;
  };
  expect(share(0, 1000)).toBeGreaterThan(0.87);
  expect(share(0, 1000)).toBeLessThan(0.94);
  for (const from of [200, 400, 600, 800]) {
    expect(share(from, from + 200)).toBeGreaterThan(0.82);
    expect(share(from, from + 200)).toBeLessThan(0.97);
  }
});

test('beyond the predictions of the validation rows the width stays as it is at their end', () => {
  const curve = { at: [10, 20], halfWidth: [1, 3] };
  expect([0, 10, 15, 20, 99].map((value) => halfWidthAt(curve, value))).toEqual([1, 1, 2, 3, 3]);
  expect(halfWidthAt(curve, NaN)).toBeNaN();
});

test.each([
  ['few rows', 20],
  ['rows that are all predicted alike', 200],
])('%s have no curve', (what, count) => {
  const { predicted, errors } = rows(count);
  if (what !== 'few rows') predicted.fill(5);
  expect(fitInterval(predicted, errors)).toBeUndefined();
});

test('a model without an error has no curve', () => {
  const { predicted } = rows(200);
  expect(fitInterval(predicted, new Float64Array(200))).toBeUndefined();
});

test('a bin of lucky rows promises no exactness', () => {
  const predicted = Float64Array.from({ length: 120 }, (_, row) => row);
  const errors = predicted.map((value) => (value < 20 ? 0 : 10));
  expect(halfWidthAt(fitInterval(predicted, errors)!, 5)).toBeGreaterThan(1);
});
