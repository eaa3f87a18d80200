/** Databases of SQLite as datasets, their values held against Python's sqlite3 (scripts/fixtures/sqlite.py). */
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset, openRows } from '../../../../src/engine/datasets';
import { DatabaseReader } from '../../../../src/engine/datasets/kinds/sqlite/reader';
import { predictFile, Predictor } from '../../../../src/engine/inference';
import { loadModel } from '../../../../src/engine/runs';
import { type ReadingWishes, type TableSummary, writeReading } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';

const like = (pattern: RegExp) => expect.stringMatching(pattern) as string;
const folder = join(import.meta.dirname, '../../../fixtures/sqlite');

type Expected = string | number | null | { readonly bytes?: number; readonly whole?: string };
type Tables = Record<string, { readonly columns: string[]; readonly rows: Expected[][] }>;

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

/** Copied, so that what would be written beside the file is seen. */
async function placed(name: string, endings: readonly string[] = ['']): Promise<string> {
  for (const ending of endings) {
    await copyFile(join(folder, `${name}.sqlite${ending}`), join(place.folder, `${name}.sqlite${ending}`));
  }
  return join(place.folder, `${name}.sqlite`);
}

async function look(path: string, asked: ReadingWishes = {}): Promise<TableSummary> {
  const summary = await inspectDataset(path, undefined, { ...asked, settled: true });
  if (summary.kind !== 'table') throw new Error(`${path} is taken for a text`);
  return summary;
}

async function expectedOf(name: string): Promise<Tables> {
  return JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Tables;
}

/** As the lab writes a value that sqlite3 gives: binary data are left out. */
function written(value: Expected): string {
  if (value === null) return '';
  return typeof value === 'object' ? (value.whole ?? '') : String(value);
}

describe('the values of a database', () => {
  it.each([
    ['types', 'all types'],
    ['shop', 'sale'],
    ['shop', 'town'],
    ['shop', 'dear'],
  ])('equal those of sqlite3: %s, %s', async (name, part) => {
    const path = await placed(name);
    const table = await openRows(await readFile(path), { path, part });
    const { columns, rows } = (await expectedOf(name))[part] ?? { columns: [], rows: [] };
    expect(table.columns).toEqual(columns);
    expect(table.rows).toBe(rows.length);
    rows.forEach((row, at) => {
      expect(row.map((_, column) => table.cell(at, column))).toEqual(row.map(written));
    });
    expect(table.counted).toBe('row');
  });

  it('of several types in a column, too long or binary are counted and said once', async () => {
    const { issues } = await look(await placed('types'));
    const found = Object.fromEntries(issues.map(({ code, message }) => [code, message]));
    expect(found).toMatchObject({
      'binary-values': like(/^The column "picture" holds binary data in 30 rows, first in row 2:/u),
      'long-number': like(/^The column "long" has whole numbers .+ in 43 rows, first in row 18:/u),
      'mixed-types': like(/^The column "mixed" holds numbers in 30 rows and text in 15 rows, .+ row 2\.$/u),
    });
  });
});

describe('a database of several tables', () => {
  it('is read by the largest one, and says which tables and views there are', async () => {
    const { source, rows, reading, issues } = await look(await placed('shop'));
    expect({ source, rows, line: writeReading(reading) }).toEqual({
      source: 'sqlite',
      rows: 120,
      line: 'table "sale"',
    });
    expect(reading[0]?.choices.map(({ label }) => label).sort()).toEqual([
      'bare (0 rows, 2 columns)',
      'broken (view)',
      'dear (view)',
      'endless (view)',
      'sale (120 rows, 4 columns)',
      'town (3 rows, 2 columns)',
    ]);
    expect(issues.map(({ code }) => code)).toContain('guessed-part');
  });

  it('refuses what cannot be read of it, and says why', async () => {
    const path = await placed('shop');
    await expect(look(path, { part: 'bare' })).rejects.toThrow('The table "bare" has no rows.');
    await expect(look(path, { part: 'broken' })).rejects.toThrow(
      '"broken" of the database cannot be read: no such table: main.gone.',
    );
    await expect(look(path, { part: 'sales' })).rejects.toMatchObject({
      message: 'The file has no table "sales".',
      advice: like(/^Did you mean "sale"\?/u),
    });
  });

  it('gives up a view that never comes to an end', async () => {
    const reader = new DatabaseReader(await placed('shop'), '/data/shop.db', 4000);
    try {
      await expect(reader.open('endless')).resolves.toEqual(['i', 'j']);
      await expect(reader.rows('endless').next()).rejects.toMatchObject({
        code: 'dataset',
        message: '"endless" of the database gives no rows within 4 s: it is not read.',
        place: { path: '/data/shop.db' },
      });
    } finally {
      await reader.close();
    }
  });
});

describe('a database that is being written', () => {
  it.each([
    ['log', '-wal', 'changes-beside'],
    ['journal', '-journal', 'unfinished-changes'],
  ])(
    'is read with what is finished alone, and nothing is written beside it: %s',
    async (name, ending, code) => {
      const path = await placed(name, ['', ending]);
      const before = await Promise.all([readFile(path), readFile(`${path}${ending}`)]);
      const { rows, columns, issues } = await look(path);
      expect(rows).toBe(150);
      expect(columns.map((column) => column.range ?? column.values.length)).toEqual([
        { min: 0, max: 149, mean: 74.5 },
        5,
      ]);
      expect(issues.map((issue) => issue.code)).toContain(code);
      expect(await Promise.all([readFile(path), readFile(`${path}${ending}`)])).toEqual(before);
      expect((await readdir(place.folder)).filter((each) => each.startsWith(name)).sort()).toEqual(
        [`${name}.sqlite`, `${name}.sqlite${ending}`].sort(),
      );
    },
  );

  it('leaves no copy behind', async () => {
    const copies = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('local-model-lab-db-'));
    const path = await placed('shop');
    const before = await copies();
    await look(path, { part: 'town' });
    await expect(look(path, { part: 'broken' })).rejects.toThrow();
    expect(await copies()).toEqual(before);
  });
});

describe('a file that is no whole database', () => {
  it('is said to be damaged, wherever it is cut', async () => {
    const whole = await readFile(await placed('types'));
    for (const length of [16, 1024, whole.length - 1024]) {
      const path = '/data/cut.db';
      await expect(openRows(whole.subarray(0, length), { path })).rejects.toMatchObject({
        code: 'dataset',
        message: like(
          /^The (?:database is damaged or cut short|file is no SQLite database|database has no tables)/u,
        ),
        place: { path },
      });
    }
  });

  it('is said to be none, or encrypted, by its name', async () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 197 + (at >> 3) * 91) % 256));
    await expect(openRows(noise, { path: '/data/locked.sqlite' })).rejects.toThrow(
      'The file is no SQLite database, or it is encrypted.',
    );
  });

  it('whose bytes are others is read or refused, and never more', async () => {
    const whole = await readFile(await placed('shop'));
    for (let at = 1100; at < whole.length; at += 1201) {
      const other = Buffer.from(whole);
      other.fill(0xa7, at, at + 40);
      const outcome = await openRows(other, { path: '/data/a.db', part: 'sale' }).then(
        ({ rows }) => rows,
        (thrown: unknown) => thrown,
      );
      if (typeof outcome !== 'number') expect(outcome).toMatchObject({ code: 'dataset' });
    }
  });
});

describe('a model of a table', () => {
  it('is learnt from the table that was chosen, and finds it in another database', async () => {
    await copyFile(join(folder, 'shop.sqlite'), join(place.folder, 'learnt.db'));
    const { summary } = await place.train({
      version: 1,
      dataset: { path: 'learnt.db' },
      task: 'classification',
      target: 'big',
      exclude: ['price'],
      model: { family: 'mlp', hyperparameters: { epochs: 20, batch: 16, lr: 0.01 } },
    });
    const saved = await loadModel(summary.folder);
    expect(saved.experiment.dataset).toMatchObject({ part: 'sale' });
    expect(saved.experiment.dataset).not.toHaveProperty('separator');
    const predictor = await Predictor.open(place.backend, saved);
    const output = join(place.folder, 'other.csv');
    const path = await placed('shop');
    await expect(predictFile(predictor, { path, output })).resolves.toMatchObject({
      rows: 120,
      predicted: 120,
      readOtherwise: [],
    });
    await expect(predictFile(predictor, { path, output, part: 'dear' })).rejects.toMatchObject({
      code: 'mismatch',
    });
    const [header, first] = (await readFile(output, 'utf8')).split('\n');
    expect(header).toMatch(/^town,size,price,big,prediction,confidence/u);
    expect(first).toMatch(/^Rome,0,0,no,/u);
    predictor.dispose();
  });
});
