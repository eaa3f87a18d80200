import { describe, expect, test } from 'vitest';
import {
  afterTokens,
  drawToken,
  firstOf,
  processorsFor,
  surprisal,
  temperature,
  TextStream,
  tokenAt,
  topK,
  topP,
  whenAborted,
} from '../../../src/engine/generation/sampling';

const logitsOf = (probabilities: readonly number[]) => Float32Array.from(probabilities, (p) => Math.log(p));
const softmax = (logits: Float32Array) => {
  const weights = [...logits].map((logit) => Math.exp(logit));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};
const kept = (logits: Float32Array) => [...logits.keys()].filter((token) => logits[token] !== -Infinity);

describe('temperature', () => {
  test('divides the logits, so that probabilities are raised to its inverse', () => {
    const logits = logitsOf([0.5, 0.3, 0.2]);
    temperature(0.5)(logits);
    // 0.25, 0.09 and 0.04, divided by their sum 0.38
    const expected = [0.25 / 0.38, 0.09 / 0.38, 0.04 / 0.38];
    softmax(logits).forEach((p, token) => expect(p).toBeCloseTo(expected[token]!, 6));
  });

  test('0 leaves the likeliest token only, the first of equals', () => {
    const logits = Float32Array.of(1, 7, 3, 7);
    temperature(0)(logits);
    expect(kept(logits)).toEqual([1]);
    for (let counter = 0; counter < 20; counter++) expect(drawToken(logits, 5, counter)).toBe(1);
  });

  test('1 changes nothing', () => {
    const logits = Float32Array.of(1, -2, 0.5);
    temperature(1)(logits);
    expect([...logits]).toEqual([1, -2, 0.5]);
  });
});

describe('top-k', () => {
  test('keeps the k likeliest tokens', () => {
    const logits = logitsOf([0.1, 0.4, 0.2, 0.3]);
    topK(2)(logits);
    expect(kept(logits)).toEqual([1, 3]);
    expect(softmax(logits)[1]).toBeCloseTo(4 / 7, 6);
  });

  test('keeps all where k is the vocabulary or more, and equals of the last', () => {
    const all = logitsOf([0.1, 0.4, 0.5]);
    topK(3)(all);
    expect(kept(all)).toEqual([0, 1, 2]);
    const equal = Float32Array.of(2, 1, 1, 0);
    topK(2)(equal);
    expect(kept(equal)).toEqual([0, 1, 2]);
  });
});

describe('top-p', () => {
  test.each([
    [0.4, [1]],
    [0.41, [1, 3]],
    [0.69, [1, 3]],
    [0.71, [1, 2, 3]],
    [1, [0, 1, 2, 3]],
    [0.01, [1]],
  ] as const)('%d keeps the tokens %j of 0.1, 0.4, 0.2, 0.3', (mass, expected) => {
    // A hair less than 0.4, so that the first bound does not hang on rounding.
    const logits = logitsOf([0.1, 0.4001, 0.2, 0.2999]);
    topP(mass)(logits);
    expect(kept(logits)).toEqual(expected);
  });

  test('respects what was ruled out before', () => {
    const logits = logitsOf([0.1, 0.4, 0.2, 0.3]);
    topK(3)(logits);
    topP(0.5)(logits); // 4/9, 3/9, 2/9
    expect(kept(logits)).toEqual([1, 3]);
  });
});

describe('the sampler', () => {
  test('finds the token at a share of the cumulative distribution', () => {
    const logits = logitsOf([0.1, 0.4, 0.2, 0.3]);
    expect([0, 0.09, 0.11, 0.49, 0.51, 0.69, 0.71, 0.9999].map((share) => tokenAt(logits, share))).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  test('never gives a token that was ruled out, not even at the borders', () => {
    const logits = Float32Array.of(-Infinity, 1, -Infinity, 1, -Infinity);
    expect(tokenAt(logits, 0)).toBe(1);
    expect(tokenAt(logits, 1)).toBe(3);
  });

  test('draws by the seed and the count alone, in the frequencies of the distribution', () => {
    const probabilities = [0.05, 0.45, 0.2, 0.3];
    const logits = logitsOf(probabilities);
    const draws = 20_000;
    const counts = [0, 0, 0, 0];
    for (let counter = 0; counter < draws; counter++) counts[drawToken(logits, 42, counter)]!++;
    // Chi-square with 3 degrees of freedom: 16.3 is passed once in a thousand seeds; this seed is fixed.
    const chiSquare = counts.reduce((sum, count, token) => {
      const expected = probabilities[token]! * draws;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    expect(chiSquare).toBeLessThan(16.3);
    const again = Array.from({ length: 50 }, (_, counter) => drawToken(logits, 42, counter));
    const backwards = Array.from({ length: 50 }, (_, index) => drawToken(logits, 42, 49 - index)).reverse();
    expect(backwards).toEqual(again);
    expect(Array.from({ length: 50 }, (_, counter) => drawToken(logits, 43, counter))).not.toEqual(again);
  });

  test('surprisal is the negative logarithm of the probability', () => {
    const logits = logitsOf([0.1, 0.4, 0.2, 0.3]).map((logit) => logit + 50);
    expect(surprisal(logits, 2)).toBeCloseTo(-Math.log(0.2), 4);
  });
});

test('processors come in the customary order, and only those that do something', () => {
  expect(processorsFor({ temperature: 1, topK: 0, topP: 1 })).toHaveLength(1);
  expect(processorsFor({ temperature: 0.8, topK: 5, topP: 0.9 })).toHaveLength(3);
  expect(processorsFor({ temperature: 0, topK: 5, topP: 0.9 })).toHaveLength(1);
});

test('a text ends by its length or by its reader, whichever is first', () => {
  const controller = new AbortController();
  const stop = firstOf([afterTokens(3), whenAborted(controller.signal)]);
  expect(stop(2)).toBeUndefined();
  expect(stop(3)).toBe('length');
  controller.abort();
  expect(stop(0)).toBe('stopped');
  expect(stop(3)).toBe('length');
});

test('the stream tells at most ten times a second, whole texts', () => {
  const told: string[] = [];
  const stream = new TextStream(0, ({ text }) => told.push(text));
  for (let ms = 10; ms <= 1000; ms += 10) stream.write('𝄞', ms);
  expect(told).toHaveLength(10);
  expect(told[1]).toBe('𝄞'.repeat(11));
  expect(stream.progress(1000)).toEqual({
    text: '𝄞'.repeat(100),
    tokens: 100,
    tokensPerSecond: 100,
    firstTokenMs: 10,
  });
});
