import { describe, expect, it } from 'vitest';
import { arrange } from '../../../src/engine/datasets/order-statistics';
import { uniformAt } from '../../../src/engine/datasets/random';

describe('values at some places in order', () => {
  it('are those of the sorted values, and what stands between lies between them', () => {
    const values = Float64Array.from(
      { length: 60_001 },
      (_, at) => Math.round(uniformAt(1, 2, at) * 9e3) / 7,
    );
    const sorted = values.slice().sort();
    const places = [0, 60, 29_999, 30_000, 45_000, 60_000];
    const arranged = arrange(values.slice(), places);
    for (const place of places) expect(arranged[place]).toBe(sorted[place]);
    for (const [index, place] of places.slice(1).entries()) {
      const [low, high] = [sorted[places[index] as number] as number, sorted[place] as number];
      const between = arranged.subarray(places[index], place);
      expect(between.every((value) => value >= low && value <= high)).toBe(true);
    }
    expect(arranged.slice().sort()).toEqual(sorted);
  });

  it('of few values are all in order', () => {
    expect([...arrange(Float64Array.of(3, 1, 2), [1])]).toEqual([1, 2, 3]);
    expect([...arrange(new Float64Array(0), [0])]).toEqual([]);
  });
});
