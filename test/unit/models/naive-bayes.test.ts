/** Naive Bayes against worked examples of the literature and against its formulas written out. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { EncodedRows, FeatureBlock } from '../../../src/engine/features';
import { toTensors, toWeightTensors } from '../../../src/engine/models';
import { family } from '../../../src/engine/models/naive-bayes/family';
import { NaiveBayesFit } from '../../../src/engine/models/naive-bayes/fit';

interface Case {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly kind: FeatureBlock['kind'];
  readonly hyperparameters?: Readonly<Record<string, number>>;
}

function fitOf(
  { rows, labels, kind, hyperparameters = {} }: Case,
  sliceRows?: number,
  from?: Readonly<Record<string, Float64Array>>,
): NaiveBayesFit {
  const width = rows[0]!.length;
  const x: EncodedRows = {
    rows: rows.length,
    width,
    storage: 'dense',
    gather: (indices, out) => Array.from(indices).forEach((row, at) => out.set(rows[row]!, at * width)),
    dense: () => Float32Array.from(rows.flat()),
  };
  const wanted = Int32Array.from(labels);
  const outputs = Math.max(...labels) + 1;
  const blocks = [{ column: 'x', kind, offset: 0, width }];
  return new NaiveBayesFit({ hyperparameters, x, wanted, outputs, blocks }, from, sliceRows);
}

function whole(fit: NaiveBayesFit): NaiveBayesFit {
  for (let slice = 0; slice < fit.slices; slice++) fit.slice(slice);
  return fit;
}

/** `[classes]`: probabilities of one row. */
function probabilities(fit: NaiveBayesFit, row: readonly number[], classes = 2): number[] {
  const model = family.model({}, row.length, classes);
  const weights = toTensors(toWeightTensors(model.parameters, fit.weights()));
  return Array.from(tf.softmax(model.forward(weights, tf.tensor2d([[...row]]))).dataSync());
}

/** Manning, Raghavan and Schütze 2008, table 13.1: Chinese, Beijing, Shanghai, Macao, Tokyo, Japan. */
const documents = [
  [2, 1, 0, 0, 0, 0],
  [2, 0, 1, 0, 0, 0],
  [1, 0, 0, 1, 0, 0],
  [1, 0, 0, 0, 1, 1],
];
const isChina = [0, 0, 0, 1];

describe('naive Bayes', () => {
  it('has the probabilities of the worked multinomial example (IIR 13.1)', () => {
    const [china = 0] = probabilities(
      whole(fitOf({ rows: documents, labels: isChina, kind: 'text' })),
      [3, 0, 0, 0, 1, 1],
    );
    const yes = (3 / 4) * (3 / 7) ** 3 * (1 / 14) * (1 / 14);
    const no = (1 / 4) * (2 / 9) ** 3 * (2 / 9) * (2 / 9);
    expect(china).toBeCloseTo(yes / (yes + no), 5);
  });

  it('has the probabilities of the worked Bernoulli example (IIR 13.2)', () => {
    const rows = documents.map((counts) => counts.map((count) => Math.min(1, count)));
    const [china = 0] = probabilities(
      whole(fitOf({ rows, labels: isChina, kind: 'category' })),
      [1, 0, 0, 0, 1, 1],
    );
    const yes = (3 / 4) * (4 / 5) * (1 / 5) * (1 / 5) * (1 - 2 / 5) ** 3;
    const no = (1 / 4) * (2 / 3) ** 3 * (1 - 1 / 3) ** 3;
    expect(china).toBeCloseTo(yes / (yes + no), 5);
  });

  it('has the normal densities of its numbers, with the floor added to each variance', () => {
    const rows = [
      [-1, -1.5],
      [-2, -1],
      [-3, -2],
      [1, 1],
      [2, 1.5],
      [3.5, 2],
    ];
    const labels = [0, 0, 0, 1, 1, 1];
    const fit = whole(fitOf({ rows, labels, kind: 'number', hyperparameters: { varianceFloor: 0.1 } }));
    const floor = 0.1 * Math.max(...[0, 1].map((feature) => variance(rows.map((row) => row[feature]!))));
    const asked = [0.4, 0.2];
    const densities = [0, 1].map((k) =>
      asked.reduce((product, value, feature) => {
        const own = rows.filter((_, row) => labels[row] === k).map((row) => row[feature]!);
        const spread = variance(own) + floor;
        return product * (Math.exp(-((value - mean(own)) ** 2) / (2 * spread)) / Math.sqrt(spread));
      }, 1),
    );
    expect(probabilities(fit, asked)[0]).toBeCloseTo(densities[0]! / (densities[0]! + densities[1]!), 5);
  });

  it('has the same weights whatever the slices, and goes on from the state behind any of them', () => {
    const rows = Array.from({ length: 50 }, (_, row) => [Math.sin(row), row % 2, Math.cos(3 * row)]);
    const problem: Case = { rows, labels: rows.map((_, row) => row % 3), kind: 'number' };
    const expected = whole(fitOf(problem)).weights();
    expect(whole(fitOf(problem, 7)).weights()).toEqual(expected);
    const begun = fitOf(problem, 7);
    for (let slice = 0; slice < 3; slice++) begun.slice(slice);
    const resumed = fitOf(problem, 7, begun.state());
    expect(resumed.slices).toBe(8);
    for (let slice = 3; slice < resumed.slices; slice++) resumed.slice(slice);
    expect(resumed.weights()).toEqual(expected);
  });

  it('is finite for a class without rows, and for a number that never varies', () => {
    const rows = [
      [0.5, 2],
      [0.5, 3],
    ];
    const fit = whole(fitOf({ rows, labels: [0, 2], kind: 'number' }));
    expect(fit.weights().every(Number.isFinite)).toBe(true);
    expect(
      fitOf({ rows, labels: [0, 2], kind: 'number' })
        .weights()
        .every(Number.isFinite),
    ).toBe(true);
    const [first = 0, none = 0] = probabilities(fit, [0.5, 2], 3);
    expect(first).toBeGreaterThan(none);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}
