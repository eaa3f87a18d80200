import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { overviewLines } from '../../../src/cli/overview-table';
import { overview } from '../../../src/engine/server/overview-requests';
import type { TableOverview, TextOverview } from '../../../src/protocol';
import { writeSettled } from '../settled-file';

const folder = mkdtempSync(join(tmpdir(), 'overview-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeSettled(path, content);
  return path;
}

const signal = new AbortController().signal;
const quiet = { progress: () => undefined, signal };
const words = ['red', 'green', 'blue', 'old', 'new', 'tall', 'wide', 'bent', 'lone', 'dry', 'wet'];
const rows = Array.from({ length: 200 }, (_, row) => {
  const isTall = row % 3 === 0;
  const note = Array.from(
    { length: 3 + (row % 40) },
    (_, at) => words[(row * 7 + at * (row % 9) + (row >> 3)) % 11],
  ).join(' ');
  return `${row % 17 === 0 ? '' : (isTall ? 20 : 10) + (row % 5)},${row % 2 === 0 ? 'clay' : 'sand'},${note},${isTall ? 'tall' : 'low'}`;
});
const trees = file('trees.csv', `height,soil,note,size\n${rows.join('\n')}\n`);

const tableOf = async (path: string, target?: string): Promise<TableOverview> => {
  const found = await overview({ path, target }, quiet);
  if (found.shape !== 'rows') throw new Error('It is no table.');
  return found;
};

describe('the overview of a table', () => {
  it('has the figures, the plot and the relation of each column, over all rows', async () => {
    const { columns, target, rows: counted } = await tableOf(trees, 'size');
    expect(counted).toBe(200);
    expect(target).toEqual({
      column: 'size',
      answer: 'name',
      classes: [
        { name: 'low', rows: 133 },
        { name: 'tall', rows: 67 },
      ],
      rows: 200,
    });
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['height', 'number'],
      ['soil', 'category'],
      ['note', 'text'],
      ['size', 'category'],
    ]);
    const [height, soil, note, size] = columns;
    expect(height?.figures).toMatchObject({ index: 0, rows: 200, missing: 12, distinct: 10 });
    expect(height?.relation?.information).toBeCloseTo(1, 6);
    expect(height?.relation?.rows).toBe(188);
    expect(soil?.relation?.information).toBeLessThan(0.02);
    expect(note?.relation?.by).toBe('length');
    expect(size?.relation).toBeUndefined();
  });

  it('has how long texts are, and some of them, each in the bins of their lengths', async () => {
    const { columns } = await tableOf(trees, 'size');
    const note = columns[2];
    expect(note?.texts?.words).toMatchObject({ median: 22.5, longest: 42 });
    expect(note?.texts?.samples).toHaveLength(5);
    const plot = note?.texts?.characters.plot;
    const bins = plot?.shape === 'histogram' ? plot.counts.length : -1;
    expect(note?.relation?.plot).toMatchObject({ shape: 'shares' });
    expect(note?.relation?.plot?.shape === 'shares' ? note.relation.plot.counts.length : 0).toBe(bins);
  });

  it('counts the target of a class plot to the rows of the column', async () => {
    const { columns } = await tableOf(trees, 'size');
    const plot = columns[0]?.relation?.plot;
    const counts = plot?.shape === 'shares' ? plot.counts.flat() : [];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(188);
  });

  it('says why nothing is held against a target that cannot be learnt', async () => {
    const path = file('one.csv', `a,label\n${'1,x\n2,x\n3,x\n'.repeat(5)}`);
    const { columns, trouble, target } = await tableOf(path, 'label');
    expect(trouble).toBe('The column "label" has only one class, "x".');
    expect(target).toBeUndefined();
    expect(columns.map(({ relation }) => relation)).toEqual([undefined, undefined]);
  });

  it('counts the first 200 of many columns, and says how many there are', async () => {
    const names = Array.from({ length: 250 }, (_, column) => `c${column}`);
    const path = file(
      'wide.csv',
      `${names.join(',')}\n${`${names.map((_, at) => at % 7).join(',')}\n`.repeat(30)}`,
    );
    const found = await tableOf(path, 'c0');
    expect([found.columns.length, found.allColumns]).toEqual([200, 250]);
  });

  it('goes by the text of the editor where that is not saved', async () => {
    const found = await overview({ path: trees, text: 'a,b\n1,x\n2,y\n1,x\n2,y\n', target: 'b' }, quiet);
    expect(found.shape === 'rows' ? found.columns.map(({ name }) => name) : []).toEqual(['a', 'b']);
  });

  it('ends where it is no longer wanted', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(overview({ path: trees }, { ...quiet, signal: controller.signal })).rejects.toThrow(
      /abort/u,
    );
  });
});

describe('the overview of a text', () => {
  const path = file('song.txt', 'The old, old tree\nDon\u2019t fall!\n\nThe end\t\u{1F332}\n');

  it('has its characters, words and lines', async () => {
    const found = (await overview({ path }, quiet)) as TextOverview;
    expect(found).toMatchObject({ shape: 'text', characters: 41, lines: 4, words: 8, differentWords: 6 });
    expect(found.frequentWords.bars.slice(0, 2)).toEqual([
      { value: 'old', count: 2 },
      { value: 'the', count: 2 },
    ]);
    expect(found.frequentCharacters.bars.map(({ value }) => value)).toContain('line break');
    expect(found.lineLengths).toMatchObject({ median: 10, longest: 17 });
  });

  it('counts no word and no line twice where the text is read in slices', async () => {
    const long = file('long.txt', 'one two three\r\n'.repeat(150_000));
    const found = (await overview({ path: long }, quiet)) as TextOverview;
    expect(found).toMatchObject({ lines: 150_000, words: 450_000, differentWords: 3 });
    expect(found.lineLengths.plot.shape === 'bars' ? found.lineLengths.plot.bars : []).toEqual([
      { value: '13', count: 150_000 },
    ]);
  });
});

describe('the overview in the terminal', () => {
  it('has a line for each column with its picture and what it tells, and the classes', async () => {
    const lines = overviewLines(await tableOf(trees, 'size'));
    expect(lines[0]).toMatch(
      /^COLUMN +KIND +MISSING +DIFFERENT +ROWS BY VALUE +VALUES +TELLS OF size +GOES WITH IT$/u,
    );
    expect(lines[1]).toMatch(
      /^height +number +12 +10 +[▁▂▃▄▅▆▇█ ]+ 10 … 24, .* 100 % +Correlation ratio 0\.9/u,
    );
    expect(lines[3]).toMatch(
      /^note +text .*median .* characters, 22\.5 words; .*by the length of its texts$/u,
    );
    expect(lines).toContain('Classes of size:');
    expect(lines.at(-2)).toMatch(/^ {2}low +133 rows +66\.5 %$/u);
  });

  it('has characters, words and lines of a text', async () => {
    const lines = overviewLines(await overview({ path: file('abc.txt', 'a b\nb c d\n') }, quiet));
    expect(lines.map((line) => line.split(/\s+/u)[0])).toEqual(['Characters', 'Words', 'Lines']);
  });
});
