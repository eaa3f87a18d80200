import { describe, expect, it } from 'vitest';
import { quantile } from '../../../src/engine/tasks';
import { measureClassification } from '../../../src/engine/tasks/classification/measure';
import { measureRegression } from '../../../src/engine/tasks/regression/measure';
import { classWeightsOf } from '../../../src/engine/tasks/classification/class-weights';

describe('measures of a classification', () => {
  it('are the loss in nats, the share of right rows, and F1 of the rarer of two classes', () => {
    // Predicted 0 0 1 1 0 for labels 0 0 1 0 1: one hit, one miss and one false alarm for the rarer class 1.
    const logits = Float32Array.of(2, 0, 2, 0, 0, 2, 0, 2, 2, 0);
    const { metrics } = measureClassification(logits, Int32Array.of(0, 0, 1, 0, 1), 2);
    const right = Math.log(1 + Math.exp(-2));
    const wrong = Math.log(1 + Math.exp(2));
    expect(metrics.loss).toBeCloseTo((3 * right + 2 * wrong) / 5, 6);
    expect(metrics.accuracy).toBeCloseTo(0.6, 12);
    expect(metrics.f1).toBeCloseTo(0.5, 12);
  });

  it('take the mean of F1 over more classes, without classes that neither occur nor are predicted', () => {
    const logits = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
    const { metrics, predicted, actual } = measureClassification(logits, Int32Array.of(0, 1, 0), 4);
    // Class 0: 1 hit, 1 miss (2/3); class 1: 1 hit (1)... the third row is predicted as 1.
    expect(Array.from(predicted)).toEqual([1, 2, 0, 0]);
    expect(Array.from(actual)).toEqual([2, 1, 0, 0]);
    expect(metrics.f1).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
  });

  it('count a class that the model does not know as wrong, without a loss', () => {
    const logits = Float32Array.of(9, 0, 9, 0, 0, 9);
    const known = measureClassification(logits.subarray(0, 4), Int32Array.of(0, 0), 2).metrics;
    const { metrics } = measureClassification(logits, Int32Array.of(0, 0, -2), 2);
    expect(metrics.accuracy).toBeCloseTo(2 / 3, 10);
    expect(metrics.loss).toBeCloseTo(known.loss, 10);
    expect(Number.isFinite(measureClassification(logits, Int32Array.of(-2, -2, -2), 2).metrics.loss)).toBe(
      true,
    );
  });

  it('stay finite for logits that overflow an exponential', () => {
    const { metrics } = measureClassification(Float32Array.of(1000, -1000), Int32Array.of(1), 2);
    expect(metrics.loss).toBeCloseTo(2000, 3);
  });
});

describe('measures of a regression', () => {
  it('are in units of the target, the loss in standardised ones', () => {
    const { metrics, errors } = measureRegression(
      Float32Array.of(0, 1, -1),
      Float32Array.of(0.5, 1, -1),
      Float64Array.of(15, 20, 0),
      (value) => 10 + 10 * value,
    );
    expect(metrics.loss).toBeCloseTo(0.25 / 3, 6);
    expect(metrics.rmse).toBeCloseTo(5 / Math.sqrt(3), 6);
    expect(metrics.mae).toBeCloseTo(5 / 3, 6);
    expect(metrics.r2).toBeCloseTo(1 - 25 / (11.25 + 69.4444 + 136.1111), 3);
    expect(Array.from(errors)).toEqual([5, 0, 0]);
  });

  it('stay finite for values whose squares leave the range of a double', () => {
    const original = Float64Array.of(1e300, 2e300, 3e300);
    const standardised = Float32Array.of(-1, 0, 1);
    const { metrics } = measureRegression(
      standardised,
      standardised,
      original,
      (value) => (value + 2) * 1e300 + 1e299,
    );
    expect(metrics.rmse! / 1e299).toBeCloseTo(1, 6);
    expect(metrics.mae! / 1e299).toBeCloseTo(1, 6);
    expect(metrics.r2).toBeCloseTo(1 - 0.03 / 2, 6);
  });

  it('have no R² where all rows are equal', () => {
    const { metrics } = measureRegression(
      Float32Array.of(1),
      Float32Array.of(1),
      Float64Array.of(3),
      () => 3,
    );
    expect(metrics).not.toHaveProperty('r2');
  });
});

it('a quantile is the smallest value that covers the share', () => {
  expect(quantile(Float64Array.of(5, 1, 4, 2, 3, 9, 8, 7, 6, 10), 0.9)).toBe(9);
  expect(quantile(Float64Array.of(7), 0.9)).toBe(7);
});

describe('class weights', () => {
  it('are even where no class has ten times the rows of another', () => {
    expect(Array.from(classWeightsOf('auto', [90, 10]))).toEqual([1, 1]);
    expect(Array.from(classWeightsOf('none', [990, 10]))).toEqual([1, 1]);
  });

  it('weigh classes equally when balanced, with a mean of 1 over the rows', () => {
    const [common, rare] = classWeightsOf('balanced', [90, 10]);
    expect(common! * 90).toBeCloseTo(rare! * 10, 9);
    expect((common! * 90 + rare! * 10) / 100).toBeCloseTo(1, 12);
  });

  it('go half the way when automatic', () => {
    const [common, rare] = classWeightsOf('auto', [960, 40]);
    expect(rare! / common!).toBeCloseTo(Math.sqrt(24), 9);
  });
});
