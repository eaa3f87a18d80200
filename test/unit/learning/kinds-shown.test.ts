import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../src/engine/datasets';
import { readLearningData } from '../../../src/engine/learning/dataset';
import { Experiment, isLeftOut, type TableSummary } from '../../../src/protocol';
import { realData } from '../datasets/real-data';
import { Workplace } from './training-fixture';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await Workplace.open();
});
afterAll(() => workplace.close());

/** Names of one row each: their ends tell the first label, nothing the second. Rare kinds stand in the last rows only. */
function people(rows: number): string {
  const syllables = ['ka', 'lo', 'mi', 'ru', 'te', 'vo', 'sha', 'ni', 'bre', 'dol'];
  const lines = Array.from({ length: rows }, (_, row) => {
    const pick = (step: number) => syllables[Math.floor(row / step) % syllables.length] ?? '';
    const woman = (row * 2654435761) % 7 < 3;
    const stem = `${pick(1)}${pick(10)}${pick(100)}`;
    return [
      `${stem.charAt(0).toUpperCase()}${stem.slice(1)}${woman ? 'ina' : 'ok'}`,
      20 + ((row * 31) % 47),
      row < rows - 3 ? '' : 'seen',
      `B${(row * 7919) % 10_007}`,
      ['north', 'north ', 'North', 'south'][row % 4] ?? '',
      woman ? 'f' : 'm',
      ['red', 'green', 'blue'][((row * 40_503) >>> 3) % 3] ?? '',
      (((row * 104_729) % 1000) / 7).toFixed(3),
    ].join(',');
  });
  return ['name,age,remark,code,side,sex,colour,score', ...lines].join('\n') + '\n';
}

async function written(name: string): Promise<string> {
  await workplace.write(name, people(600));
  return join(workplace.folder, name);
}

async function look(path: string, target: string): Promise<TableSummary> {
  const summary = await inspectDataset(path, undefined, { target });
  if (summary.kind !== 'table') throw new Error(`${path} is no table`);
  return summary;
}

/** The columns that a training takes, with their kinds; the others are left out. */
async function taken(summary: TableSummary, target: string, folds: number): Promise<Map<string, string>[]> {
  const suggestion = summary.targets.find(({ column }) => column === target);
  const { subject, folds: others } = await readLearningData(
    Experiment.parse({
      version: 1,
      dataset: { path: summary.path },
      task: suggestion?.task,
      target,
      split: { folds },
      model: { family: 'linear', hyperparameters: {} },
    }),
  );
  const subjects = [subject, ...others.map((make) => make())];
  return subjects.map((each) => {
    if (!('data' in each)) throw new Error('no table');
    const { encoder } = each.data as { encoder: { features: readonly { column: string; kind: string }[] } };
    return new Map(encoder.features.map(({ column, kind }) => [column, kind]));
  });
}

function shown({ columns }: TableSummary, target: string): Map<string, string> {
  const used = columns.filter(({ name, kind }) => name !== target && !isLeftOut(kind));
  return new Map(used.map(({ name, kind }) => [name, kind]));
}

describe('the kinds that inspection shows', () => {
  it('are those that training takes, whatever is to be predicted, in every fold', async () => {
    const made = await written('people.csv');
    const files = [made, realData('penguins.csv'), realData('sms-spam.tsv')];
    let compared = 0;
    for (const path of files) {
      if (path === undefined) continue;
      const { targets } = await look(path, '');
      for (const { column } of targets.slice(0, 6)) {
        const summary = await look(path, column);
        expect(summary.target).toBe(column);
        const folds = path === made ? 5 : 0;
        for (const kinds of await taken(summary, column, folds)) {
          // Values in three rows of 600 may all be on one side of the split: then there is nothing to learn from.
          const expected = shown(summary, column);
          if (path === made && !kinds.has('remark')) expected.delete('remark');
          expect(kinds, `${path} for ${column}`).toEqual(expected);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('follow what is to be predicted: names are text where their letters tell it', async () => {
    const path = await written('names.csv');
    const kindFor = async (target: string) =>
      (await look(path, target)).columns.find(({ name }) => name === 'name')?.kind;
    expect(await kindFor('sex')).toBe('text');
    expect(await kindFor('colour')).toBe('identifier');
  });

  it('are those for the likeliest target where none is asked for, or none that is there', async () => {
    const path = await written('names.csv');
    const unasked = await look(path, '');
    expect(unasked.target).toBe(unasked.targets[0]?.column);
    expect(await look(path, 'nothing')).toEqual(unasked);
    expect(await look(path, unasked.target ?? '')).toEqual(unasked);
  });
});
