import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  undecayedPositions,
  flatten,
  initialWeights,
  parameterCount,
  toTensors,
  toWeightTensors,
  unflatten,
} from '../../../src/engine/models';
import { family as mlp } from '../../../src/engine/models/mlp/family';
import { suggestModels } from '../../../src/engine/models/suggest';
import {
  transformerForward,
  transformerParameters,
} from '../../../src/engine/models/transformer/transformer';
import { plainFormat, type TableSummary, type TextSummary } from '../../../src/protocol';

beforeAll(() => tf.setBackend('cpu'));

/** Of the suggestions for the label, in their order. */
async function familiesOf(summary: TableSummary): Promise<readonly string[]> {
  return (await suggestModels(summary, { target: 'label' })).map(({ family }) => family);
}

const shape = { layers: 2, heads: 2, width: 8, context: 6, vocabulary: 5 };
const parameters = transformerParameters(shape);

describe('flat weights', () => {
  it('become named tensors and flat again without a change', () => {
    const flat = initialWeights(parameters, 1);
    expect(flatten(parameters, toWeightTensors(parameters, flat))).toEqual(flat);
    const tensors = unflatten(parameters, tf.tensor1d(flat));
    for (const { name, shape: own } of parameters) {
      expect(tensors[name]?.shape).toEqual(own);
      expect(tensors[name]?.dataSync()).toEqual(toWeightTensors(parameters, flat).get(name)?.data);
    }
  });

  it('that belong to another model are refused by name', () => {
    const tensors = toWeightTensors(parameters, initialWeights(parameters, 1));
    tensors.delete('blocks.1.mlp.expand');
    expect(() => flatten(parameters, tensors)).toThrow('"blocks.1.mlp.expand" is missing');
  });

  it('begin the same for one seed, and with deviations that fit the width and the depth', () => {
    const large = transformerParameters({ ...shape, width: 64, layers: 8 });
    const flat = initialWeights(large, 3);
    // Compared as bytes: a matcher takes seconds for so many numbers.
    const bytes = (weights: Float32Array) => Buffer.from(weights.buffer);
    expect(bytes(initialWeights(large, 3)).equals(bytes(flat))).toBe(true);
    expect(bytes(initialWeights(large, 4)).equals(bytes(flat))).toBe(false);
    const deviation = (name: string): number => {
      const { data } = toWeightTensors(large, flat).get(name)!;
      return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
    };
    expect(deviation('blocks.0.attention.qkv')).toBeCloseTo(1 / Math.sqrt(64), 2);
    expect(deviation('blocks.7.mlp.contract')).toBeCloseTo(1 / Math.sqrt(64) / 4, 3);
    expect(deviation('norm')).toBe(1);
  });

  it('decay in matrices only', () => {
    const undecayed = new Set(undecayedPositions(parameters));
    const named = unflatten(parameters, tf.range(0, parameterCount(parameters)));
    for (const { name, shape: size } of parameters) {
      const inside = [...(named[name] as tf.Tensor).dataSync()].filter((at) => undecayed.has(at));
      expect(inside.length, name).toBe(size.length > 1 ? 0 : size[0]);
    }
  });
});

describe('the transformer', () => {
  it('does not look ahead: a later token changes no earlier logits', () => {
    const weights = unflatten(parameters, tf.tensor1d(initialWeights(parameters, 1)));
    const logits = (tokens: number[]) => {
      const all = transformerForward(shape, weights, tf.tensor2d([tokens], [1, 6], 'int32')).arraySync();
      return all;
    };
    const [a, b] = [logits([0, 1, 2, 3, 4, 0]), logits([0, 1, 2, 3, 1, 2])];
    expect(b.slice(0, 4)).toEqual(a.slice(0, 4));
    expect(b[4]).not.toEqual(a[4]);
  });

  it('has the parameters of nanoGPT: 0.80 million for the configuration of a CPU', () => {
    const nano = transformerParameters({ layers: 4, heads: 4, width: 128, context: 64, vocabulary: 65 });
    expect(parameterCount(nano)).toBe(65 * 128 + 64 * 128 + 4 * (12 * 128 * 128 + 2 * 128) + 128);
  });
});

it('a perceptron is its layers, one after the other', () => {
  const model = mlp.model({ layers: 1, width: 2 }, 2, 1);
  const weights = toTensors(
    new Map([
      ['hidden.0.weight', { shape: [2, 2], data: Float32Array.of(1, -1, 2, 1) }],
      ['hidden.0.bias', { shape: [2], data: Float32Array.of(0, -1) }],
      ['output.weight', { shape: [2, 1], data: Float32Array.of(3, 5) }],
      ['output.bias', { shape: [1], data: Float32Array.of(0.5) }],
    ]),
  );
  // Hidden: relu(1 + 2*2, -1 + 2 - 1) = (5, 0).
  expect(model.forward(weights, tf.tensor2d([[1, 2]])).arraySync()).toEqual([[15.5]]);
});

describe('suggestions', () => {
  const column = (name: string, kind: TableSummary['columns'][number]['kind']) => ({
    name,
    index: 0,
    kind,
    distinct: 5,
    missing: 0,
    values: [],
  });
  const table = (rows: number, kind: 'number' | 'text'): TableSummary => ({
    kind: 'table',
    path: 'x.csv',
    format: plainFormat,
    reading: [],
    rows,
    columns: [column('a', kind), column('label', 'category')],
    targets: [{ column: 'label', task: 'classification', preview: '', reason: '' }],
    issues: [],
    sha256: '',
    bytes: 1,
  });
  const text = (characters: number): TextSummary => ({
    kind: 'text',
    path: 'x.txt',
    characters,
    vocabulary: 60,
    lines: 1,
    issues: [],
    sha256: '',
    bytes: characters,
  });

  it('put the perceptron first for tables and the linear model first for texts in columns', async () => {
    expect(await familiesOf(table(300, 'number'))).toEqual(['mlp', 'linear', 'naive-bayes']);
    expect(await familiesOf(table(300, 'text'))).toEqual(['linear', 'mlp', 'naive-bayes']);
  });

  it('are within the declared ranges for any size', async () => {
    for (const rows of [1, 10, 300, 50_000, 5_000_000]) {
      await expect(suggestModels(table(rows, 'number'))).resolves.not.toEqual([]);
      await expect(suggestModels(table(rows, 'text'))).resolves.not.toEqual([]);
      await expect(suggestModels(text(rows))).resolves.not.toEqual([]);
    }
  });

  it('take a context that fits into a tenth of a short text', async () => {
    const [short] = await suggestModels(text(300));
    const [long] = await suggestModels(text(1_000_000));
    expect(short).toMatchObject({ family: 'transformer', hyperparameters: { context: 16 } });
    expect(long).toMatchObject({ hyperparameters: { context: 64, width: 128, layers: 4, steps: 2000 } });
  });
});
