import { describe, expect, it } from 'vitest';
import { inspectTable } from '../datasets/inspected';
import { suggestModels } from '../../../src/engine/models/suggest';
import type { TableSummary } from '../../../src/protocol';

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

/** Of the suggestions for the price, in their order. */
async function familiesOf(
  summary: TableSummary,
  exclude: readonly string[] = [],
): Promise<readonly string[]> {
  return (await suggestModels(summary, { target: 'price', exclude })).map(({ family }) => family);
}

describe('the suggested model', () => {
  const summary = inspectTable(Buffer.from(houses(300)), { path: 'houses.csv' });

  it('counts an excluded text column as excluded', async () => {
    expect(summary.columns.find(({ name }) => name === 'description')?.kind).toBe('text');
    const without = await suggestModels(summary, { target: 'price', exclude: ['description'] });
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
    expect(without).toEqual(await suggestModels(never, { target: 'price' }));
  });

  it('is a perceptron where numbers stand beside text', async () => {
    expect(await familiesOf(summary)).toEqual(['mlp', 'linear']);
  });

  it('is linear for text alone, and for text beside nothing but row numbers and constants', async () => {
    expect(await familiesOf(summary, ['area', 'rooms'])).toEqual(['linear', 'mlp']);
    const [header = '', ...lines] = houses(300).trimEnd().split('\n');
    const text = [
      `id,country,${header.replace('area,rooms,', '')}`,
      ...lines.map((line, row) => `${row + 1},NO,${line.split(',').slice(2).join(',')}`),
    ].join('\n');
    const bare = inspectTable(Buffer.from(text + '\n'), { path: 'houses.csv' });
    expect(bare.columns.map(({ kind }) => kind)).toEqual(['identifier', 'constant', 'text', 'number']);
    expect(await familiesOf(bare)).toEqual(['linear', 'mlp']);
  });
});
