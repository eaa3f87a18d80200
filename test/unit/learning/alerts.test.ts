import { describe, expect, it } from 'vitest';
import { overfitting, tooShort } from '../../../src/engine/learning/alerts';
import type { MetricRecord } from '../../../src/protocol';

/** One evaluation a step: training loss, validation loss, and accuracy where it is a classification. */
function history(...evaluations: readonly (readonly [number, number, number?])[]): MetricRecord[] {
  return evaluations.map(([training, loss, accuracy], step) => ({
    step,
    epoch: step,
    time: step,
    lr: 0.001,
    rowsPerSecond: 1,
    training: { loss: training },
    validation: { loss, ...(accuracy === undefined ? {} : { accuracy }) },
  }));
}

describe('a short text', () => {
  it('is told of with its length and what the model needs, a long one is not', () => {
    expect(tooShort(3000, 64)).toMatchObject({
      severity: 'warning',
      code: 'short-text',
      message: expect.stringMatching(/3,000 characters.*12,800/) as string,
    });
    expect(tooShort(100_000, 64)).toBeUndefined();
  });
});

describe('overfitting', () => {
  it('is told when validation loss has long left its best and rows are judged worse than before', () => {
    const found = overfitting(
      history(
        [0.6, 0.6, 0.7],
        [0.5, 0.5, 0.8],
        [0.4, 0.61, 0.78],
        [0.3, 0.65, 0.77],
        [0.2, 0.7, 0.79],
        [0.1, 0.8, 0.76],
        [0.05, 0.9, 0.75],
      ),
    );
    expect(found).toMatchObject({
      code: 'overfitting',
      message: expect.stringContaining('step 1') as string,
    });
  });

  it('is told of a text, which has no other figure than its loss', () => {
    const rising = [1.9, 1.6, 1.95, 2, 2.1, 2.2, 2.3].map((loss, at) => [1.5 - at / 10, loss] as const);
    expect(overfitting(history(...rising))).toBeDefined();
  });

  it('is not told of a small rise, nor of one that has only begun', () => {
    const small = [0.05, 0.042, 0.045, 0.046, 0.047, 0.048, 0.049].map(
      (loss, at) => [0.1 - at / 100, loss, 0.95 - at / 100] as const,
    );
    expect(overfitting(history(...small))).toBeUndefined();
    const late = [0.6, 0.5, 0.51, 0.52, 0.51, 0.53, 0.9].map(
      (loss, at) => [0.5 - at / 20, loss, 0.9 - at / 100] as const,
    );
    expect(overfitting(history(...late))).toBeUndefined();
  });

  it('is not told while as many rows are right as ever', () => {
    const surer = [0.3, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5].map(
      (loss, at) => [0.5 - at / 20, loss, 0.986] as const,
    );
    expect(overfitting(history(...surer))).toBeUndefined();
  });

  it('is not told of a model that learns nothing any more on either part', () => {
    const worse = [0.6, 0.5, 0.7, 0.7, 0.8, 0.8, 0.9].map(
      (loss, at) => [0.5 + at / 20, loss, 0.8 - at / 50] as const,
    );
    expect(overfitting(history(...worse))).toBeUndefined();
  });
});
