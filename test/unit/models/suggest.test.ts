import { describe, expect, it } from 'vitest';
import { inspectTable } from '../../../src/engine/datasets/inspect';
import { suggestModels } from '../../../src/engine/models/suggest';

/** Two columns of numbers, one of sentences that hardly repeat a word, and a target. */
function houses(rows: number): string {
  const words = 'bright large garden lake noisy old quiet cellar sauna roof view park train school'.split(
    ' ',
  );
  const lines = Array.from({ length: rows }, (_, row) => {
    const pick = (step: number) => words[(row * step + (row >> 3)) % words.length] ?? '';
    return `${40 + ((row * 37) % 160)},${1 + (row % 6)},a ${pick(3)} home number ${row} with ${pick(5)} and ${pick(7)},${100 + ((row * 53) % 900)}`;
  });
  return ['area,rooms,description,price', ...lines].join('\n') + '\n';
}

describe('the suggested model', () => {
  const summary = inspectTable(Buffer.from(houses(300)), { path: 'houses.csv' });

  it('counts an excluded text column as excluded', () => {
    expect(summary.columns.find(({ name }) => name === 'description')?.kind).toBe('text');
    const without = suggestModels(summary, 'price', ['description']);
    expect(without.map(({ family }) => family)).toEqual(['mlp', 'linear']);
    const never = inspectTable(
      Buffer.from(
        houses(300)
          .replaceAll(/,a [^,\n]*/g, '')
          .replace(',description', ''),
      ),
      {
        path: 'houses.csv',
      },
    );
    expect(without).toEqual(suggestModels(never, 'price'));
  });

  it('is a perceptron where numbers stand beside text', () => {
    expect(suggestModels(summary, 'price').map(({ family }) => family)).toEqual(['mlp', 'linear']);
  });

  it('is linear for text alone, and for text beside nothing but row numbers and constants', () => {
    expect(suggestModels(summary, 'price', ['area', 'rooms']).map(({ family }) => family)).toEqual([
      'linear',
      'mlp',
    ]);
    const [header = '', ...lines] = houses(300).trimEnd().split('\n');
    const text = [
      `id,country,${header.replace('area,rooms,', '')}`,
      ...lines.map((line, row) => `${row + 1},NO,${line.split(',').slice(2).join(',')}`),
    ].join('\n');
    const bare = inspectTable(Buffer.from(text + '\n'), { path: 'houses.csv' });
    expect(bare.columns.map(({ kind }) => kind)).toEqual(['identifier', 'constant', 'text', 'number']);
    expect(suggestModels(bare, 'price').map(({ family }) => family)).toEqual(['linear', 'mlp']);
  });
});
