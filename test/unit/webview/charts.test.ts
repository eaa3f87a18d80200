import { describe, expect, it } from 'vitest';
import { placeEndLabels } from '../../../webview/charts/end-labels';
import { chartData, lastOf, qualityMetric, valueAt, valueRange } from '../../../webview/charts/series';
import { thinEvenly } from '../../../webview/charts/thinning';

describe('thinning', () => {
  it('keeps every point where there are few', () => {
    expect(thinEvenly(3, 20)).toEqual([0, 1, 2]);
    expect(thinEvenly(0, 20)).toEqual([]);
  });

  it('keeps the first and the newest point and strictly grows', () => {
    const kept = thinEvenly(401, 20);
    expect(kept).toHaveLength(20);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(400);
    expect(kept.every((index, at) => at === 0 || index > kept[at - 1]!)).toBe(true);
  });

  it('keeps the newest where only one may stay', () => {
    expect(thinEvenly(9, 1)).toEqual([8]);
  });
});

describe('labels at the ends of lines', () => {
  it('stand beside their lines where there is room', () => {
    expect(placeEndLabels([20, 60], 14, 0, 100)).toEqual([20, 60]);
  });

  it('part evenly where two lines end close together, and keep their order', () => {
    expect(placeEndLabels([50, 52], 14, 0, 100)).toEqual([44, 58]);
    expect(placeEndLabels([52, 50], 14, 0, 100)).toEqual([58, 44]);
  });

  it('stay inside the chart at both edges', () => {
    expect(placeEndLabels([0, 1], 14, 0, 100)).toEqual([7, 21]);
    expect(placeEndLabels([99, 100], 14, 0, 100)).toEqual([79, 93]);
    expect(placeEndLabels([-30], 14, 0, 100)).toEqual([7]);
  });

  it('do not overlap for any three heights', () => {
    for (const wanted of [
      [50, 50, 50],
      [99, 98, 97],
      [0, 0, 100],
      [10, 12, 90],
    ]) {
      const placed = placeEndLabels(wanted, 14, 0, 100).sort((a, b) => a - b);
      expect(placed[1]! - placed[0]!).toBeGreaterThanOrEqual(14);
      expect(placed[2]! - placed[1]!).toBeGreaterThanOrEqual(14);
      expect(placed[0]).toBeGreaterThanOrEqual(7);
      expect(placed[2]).toBeLessThanOrEqual(93);
    }
  });
});

describe('the lines of a chart', () => {
  const history = [
    { step: 9, epoch: 1, time: 0, training: { loss: 1 }, validation: { loss: 2 } },
    { step: 18, epoch: 2, time: 0, training: { loss: 0.5, accuracy: 0.9 } },
    {
      step: 27,
      epoch: 3,
      time: 0,
      training: { loss: Number.POSITIVE_INFINITY },
      validation: { loss: Number.NaN },
    },
  ];

  it('count epochs for tables and steps for texts', () => {
    expect(chartData(history, 'classification', 'loss').x).toEqual([1, 2]);
    expect(chartData(history, 'language-model', 'loss').x).toEqual([9, 18]);
  });

  it('leave gaps where a part was not measured, and leave out what is not a number', () => {
    const data = chartData(history, 'classification', 'loss');
    expect(data.training).toEqual([1, 0.5]);
    expect(data.validation).toEqual([2, null]);
  });

  it('leave out records that did not measure the metric at all', () => {
    expect(chartData(history, 'classification', 'accuracy')).toEqual({
      x: [2],
      training: [0.9],
      validation: [null],
    });
  });

  it('show the latest value before the pointer', () => {
    expect(valueAt([1, null, 3, null], 1)).toBe(1);
    expect(valueAt([null, null], 1)).toBeUndefined();
    expect(lastOf([1, null, 3, null])).toEqual({ index: 2, value: 3 });
  });

  it('never have an axis of zero height', () => {
    expect(valueRange({ x: [1], training: [0], validation: [null] })).toEqual([-0.5, 0.5]);
    expect(valueRange({ x: [], training: [], validation: [] })).toEqual([0, 1]);
    const [low, high] = valueRange({ x: [1, 2], training: [1, 2], validation: [3, null] });
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(3);
  });

  it('show beside the loss what people ask for', () => {
    expect(qualityMetric('classification')).toBe('accuracy');
    expect(qualityMetric('regression')).toBe('r2');
    expect(qualityMetric('language-model')).toBe('perplexity');
    const headline = {
      metric: 'averagePrecision',
      value: 0.6,
      baseline: 0.02,
      baselineLabel: 'by chance',
    } as const;
    expect(qualityMetric('classification', headline)).toBe('averagePrecision');
  });
});
