import { describe, expect, it } from 'vitest';
import {
  areYears,
  writeBytes,
  writeCount,
  writeCounted,
  writeHeadline,
  writeMetric,
  writeMissed,
  writeNumber,
  writePlace,
  writeScore,
  writeSeen,
  writeShare,
  writeValue,
} from '../../../src/protocol/words';

describe('the one way to write a number', () => {
  it.each([
    [0, '0'],
    [0.97123, '0.971'],
    [0.00123456, '0.00123'],
    [0.000456, '4.56e-4'],
    [-12.345, '-12.3'],
    [999.7, '1,000'],
    [23_412.4, '23,412'],
    [999_999, '999,999'],
    [999_999.7, '1 M'],
    [1_115_394, '1.12 M'],
    [-55_500_000, '-55.5 M'],
    [999_999_999, '1e9'],
    [5_063_000_000_000, '5.06e12'],
    [1.3e12, '1.3e12'],
    [Number.NaN, 'not a number'],
    [-Infinity, '-∞'],
  ])('%d is %s', (value, words) => {
    expect(writeNumber(value)).toBe(words);
  });

  it('never says a million of millions', () => {
    for (let exponent = -12; exponent <= 300; exponent++) {
      const words = writeNumber(1.2345 * 10 ** exponent);
      expect(words).not.toMatch(/M.*M/);
      expect(words.length).toBeLessThanOrEqual(9);
    }
  });

  it('writes shares in per cent, and 100 % only for all', () => {
    expect(writeShare(0.9712)).toBe('97.1 %');
    expect(writeShare(0.0004)).toBe('0.04 %');
    expect(writeShare(1)).toBe('100 %');
    expect(writeShare(0.99999)).toBe('> 99.9 %');
  });

  it('writes accuracies in per cent and other metrics as numbers', () => {
    expect(writeMetric('accuracy', 0.9855)).toBe('98.6 %');
    expect(writeMetric('f1', 0.9855)).toBe('0.986');
    expect(writeMetric('rmse', 12_345.6)).toBe('12,346');
  });

  it('writes years without thousands, and other numbers of that size with them', () => {
    const years = areYears(1990, 2020);
    expect([2019.6, 1990, Number.NaN].map((value) => writeValue(value, years))).toEqual([
      '2020',
      '1990',
      'not a number',
    ]);
    expect(writeSeen({ low: 1990, high: 2020 })).toBe('1990 to 2020');
    expect(writeSeen({ low: 990, high: 2020 })).toBe('990 to 2,020');
    expect(writeSeen({ low: 1990.5, high: 2020 })).toBe('1,991 to 2,020');
    expect(writeSeen({ low: 1990, high: 20_200 })).toBe('1,990 to 20,200');
  });

  it('writes how far a training is in epochs, of a text in steps, never beyond its end', () => {
    const at = { epoch: 123.4, epochs: 20_000, step: 1240, steps: 2000 };
    expect(writePlace({ ...at, task: 'regression' })).toBe('epoch 123 of 20,000');
    expect(writePlace({ ...at, task: 'language-model' })).toBe('step 1,240 of 2,000');
    expect(writePlace({ ...at, task: 'classification', epoch: 20_001 })).toBe('epoch 20,000 of 20,000');
  });

  it('writes counts whole', () => {
    expect(writeCount(1_234_567)).toBe('1,234,567');
  });

  it('says beside a score on what it was measured', () => {
    const accuracy = { metric: 'accuracy', value: 0.9712, baseline: 0.44, baselineLabel: 'always "Adelie"' };
    expect(writeHeadline({ ...accuracy, metric: 'accuracy' })).toBe(
      'Accuracy 97.1 % on validation rows · always "Adelie" 44 %',
    );
    expect(
      writeHeadline({
        metric: 'perplexity',
        value: 7.416,
        baseline: 28.1,
        baselineLabel: 'letters by their frequency',
      }),
    ).toBe('Perplexity 7.42 on validation text · letters by their frequency 28.1');
    expect(writeScore({ metric: 'accuracy', value: 0.9712 })).toBe('accuracy 97.1 % on validation rows');
    expect(writeScore({ metric: 'r2', value: 0.871 })).toBe('R² 0.871 on validation rows');
    expect(writeScore({ metric: 'perplexity', value: 4.2 })).toBe('perplexity 4.2 on validation text');
  });
});

describe('what is counted', () => {
  it.each([
    [writeCounted(0, 'row'), '0 rows'],
    [writeCounted(1, 'row'), '1 row'],
    [writeCounted(1210, 'row'), '1,210 rows'],
    [writeCounted(1, 'more class', 'more classes'), '1 more class'],
    [writeCounted(2, 'more class', 'more classes'), '2 more classes'],
    [writeBytes(1), '1 byte'],
  ])('is %j', (written, words) => {
    expect(written).toBe(words);
  });
});

it('calls a number outside its interval, not wrong', () => {
  expect(writeMissed(1210, 'classification')).toBe('1,210 wrong');
  expect(writeMissed(4, 'regression')).toBe('4 outside the interval');
});
