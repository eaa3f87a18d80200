/** A JSON document that holds several lists of records: one of them is read, and another can be asked for. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../../src/engine/datasets';
import { predictFile, Predictor } from '../../../../src/engine/inference';
import { loadModel } from '../../../../src/engine/runs';
import type { ReadingWishes, TableSummary } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

const visits = Array.from({ length: 90 }, (_, row) => ({ day: row % 7, length: row }));
const shapes = Array.from({ length: 60 }, (_, row) => ({
  width: row % 40,
  wide: row % 40 >= 20 ? 'yes' : 'no',
}));

async function look(name: string, value: unknown, asked: ReadingWishes = {}): Promise<TableSummary> {
  await place.write(name, JSON.stringify(value));
  const summary = await inspectDataset(join(place.folder, name), undefined, asked);
  if (summary.kind !== 'table') throw new Error(`${name} is taken for a text`);
  return summary;
}

describe('a document of several lists', () => {
  const both = { shapes, visits, version: 3 };

  it('is read by its longest one, which is said together with the others', async () => {
    const { rows, reading, issues } = await look('both.json', both);
    expect(rows).toBe(90);
    expect(reading).toMatchObject([
      {
        field: 'part',
        title: 'List',
        value: 'visits',
        text: 'list "visits"',
        told: true,
        asked: false,
        choices: [
          { value: 'visits', label: 'visits (90 rows)' },
          { value: 'shapes', label: 'shapes (60 rows)' },
        ],
      },
    ]);
    expect(issues.filter(({ code }) => code === 'guessed-part')).toMatchObject([
      { message: 'The file has 2 lists that could be meant: "visits" is read.' },
    ]);
  });

  it('is read by the one that is asked for, without a word about a guess', async () => {
    const { rows, reading, issues, format } = await look('both.json', both, { part: 'shapes' });
    expect({ rows, part: format.part }).toEqual({ rows: 60, part: 'shapes' });
    expect(reading).toMatchObject([{ value: 'shapes', asked: true }]);
    expect(issues.map(({ code }) => code)).not.toContain('guessed-part');
  });

  it('without the one that is asked for is refused, with the names that there are', async () => {
    await expect(look('both.json', both, { part: 'shape' })).rejects.toMatchObject({
      code: 'dataset',
      message: 'The file has no list "shape".',
      advice: 'Did you mean "shapes"? Its lists are "visits", "shapes".',
    });
  });

  it('leaves no choice where only one of its fields is a list of records', async () => {
    const { reading, format } = await look('one.json', { shapes, tags: ['a', 'b'] });
    expect(reading).toEqual([]);
    expect(format.part).toBe('shapes');
  });
});

describe('a model of one list', () => {
  it('keeps its name, and takes that list of another file, or the one that has its columns', async () => {
    await place.write('learnt.json', JSON.stringify({ visits, shapes }));
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'learnt.json', part: 'shapes' },
      task: 'classification',
      target: 'wide',
      model: { family: 'mlp', hyperparameters: { epochs: 2, batch: 16 } },
    });
    const saved = await loadModel(summary.folder);
    expect(saved.experiment.dataset.part).toBe('shapes');
    const predictor = await Predictor.open(place.backend, saved);
    const predicted = async (value: unknown) => {
      await place.write('other.json', JSON.stringify(value));
      const path = join(place.folder, 'other.json');
      return predictFile(predictor, { path, output: join(place.folder, 'out.csv') });
    };
    await expect(predicted({ visits, shapes: shapes.slice(9) })).resolves.toMatchObject({
      rows: 51,
      readOtherwise: [],
    });
    await expect(predicted({ visits, forms: shapes.slice(9) })).resolves.toMatchObject({
      rows: 51,
      readOtherwise: [
        {
          text: '"forms" of this file is read; the model learnt from "shapes", which is not in this file.',
          matters: true,
        },
      ],
    });
    predictor.dispose();
  });
});
