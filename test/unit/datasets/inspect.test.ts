import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CharacterVocabulary,
  describeColumns,
  inspectDataset,
  readTable,
  suggestAnswer,
} from '../../../src/engine/datasets';
import type { DatasetSummary } from '../../../src/protocol/dataset';
import { realData } from './real-data';
import { writeSettled } from '../settled-file';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function table(path: string, text?: string): Promise<Extract<DatasetSummary, { kind: 'table' }>> {
  const summary = await inspectDataset(path, text);
  if (summary.kind !== 'table') throw new Error(`a ${summary.kind}`);
  return summary;
}

describe('describing columns', () => {
  it('tells numbers, booleans, categories, texts, dates, identifiers, constants and empty columns apart', () => {
    const row = (i: number) =>
      [
        i + 1,
        `2024-0${(i % 9) + 1}-11`,
        `0000000${i % 10}-1111-2222-3333-4444444444${10 + i}`,
        (i * 37) % 23,
        i % 2 ? 'yes' : 'no',
        ['red', 'green', 'blue'][i % 3],
        `message number ${i} says hello to you`,
        'same',
        'NA',
        7000 + ((i * 13) % 40),
        i % 2,
      ].join(',');
    const text =
      'n,day,code,size,paid,colour,body,source,gap,customer_id,flag\n' +
      Array.from({ length: 40 }, (_, i) => row(i)).join('\n');
    const columns = describeColumns(readTable(text));
    expect(Object.fromEntries(columns.map(({ name, kind }) => [name, kind]))).toEqual({
      n: 'identifier',
      day: 'date',
      code: 'identifier',
      size: 'number',
      paid: 'boolean',
      colour: 'category',
      body: 'text',
      source: 'constant',
      gap: 'empty',
      customer_id: 'identifier',
      flag: 'number',
    });
    for (const { kind, note } of columns) {
      expect(note !== undefined).toBe(['identifier', 'constant', 'empty'].includes(kind));
    }
  });

  it('counts a stray word among numbers as missing and says so', () => {
    const text =
      'x,y\n' + Array.from({ length: 40 }, (_, i) => `${i === 9 ? 'oops' : (i * 7) % 31},1\n`).join('');
    expect(describeColumns(readTable(text))[0]).toMatchObject({
      kind: 'number',
      note: expect.stringContaining('1 value is no number') as string,
    });
  });
});

describe('inspecting a file', () => {
  it('proposes the species of the penguins first, with a preview of the classes', async () => {
    const path = realData('penguins.csv');
    if (path === undefined) return;
    const summary = await table(path);
    expect(summary.rows).toBe(344);
    expect(summary.targets[0]).toEqual({
      column: 'species',
      task: 'classification',
      preview: '3 classes: Adelie 152, Gentoo 124, Chinstrap 68',
      reason: 'named like a target',
    });
    expect(summary.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it('proposes the price of the diamonds and the label beside the messages', async () => {
    const diamonds = realData('diamonds.csv');
    const messages = realData('sms-spam.tsv');
    if (diamonds === undefined || messages === undefined) return;
    expect((await table(diamonds)).targets[0]).toMatchObject({
      column: 'price',
      task: 'regression',
      preview: 'a number from 326 to 18,823, mean 3,933',
    });
    expect((await table(messages)).targets).toMatchObject([{ column: 'column 1', task: 'classification' }]);
  });

  it('offers numbers with few different values as classes', () => {
    const text =
      'a,stars\n' + Array.from({ length: 30 }, (_, i) => `${(i * 7.5) % 11},${1 + (i % 5)}\n`).join('');
    expect(suggestAnswer(readTable(text), 'stars')).toBe('name');
    expect(suggestAnswer(readTable(text), 'a')).toBe('number');
  });

  it('takes .txt, and what is no table, for a text and counts its characters', async () => {
    const path = join(folder, 'story.txt');
    writeSettled(path, 'One, two,\nthree, four 😀\n');
    expect(await inspectDataset(path)).toMatchObject({ kind: 'text', characters: 24, lines: 2 });
    const prose =
      'It was late. The train, as usual, was later.\nNobody minded; nobody ever did.\nSo we waited.\n';
    expect(await inspectDataset('/nowhere/story', prose)).toMatchObject({ kind: 'text', lines: 3 });
    expect(await inspectDataset('/nowhere/data.dat', 'a;b\n1;2\n3;4\n')).toMatchObject({
      kind: 'table',
      rows: 2,
    });
  });

  it.each([
    ['two columns of numbers', (row: number) => `${row}.5,${row * 2}`, ','],
    [
      'numbers apart by blanks and tabs',
      (row: number) => ` ${row}.5${row % 2 ? '  ' : '\t'}${row * 2} ${row % 3}`,
      'blanks',
    ],
    [
      'a label beside a text, with a tab between',
      (row: number) => `${row % 2 ? 'ham' : 'spam'}\tIt was late, number ${row}`,
      '\t',
    ],
    [
      'bars, a rule and a count of rows',
      (row: number) =>
        `${row === 0 ? '' : row === 1 ? '----+----+----\n' : ''} ${row + 10} | Ann | ${row}.5${row === 29 ? '\n(30 rows)' : ''}`,
      '|',
    ],
    [
      'columns at the same places',
      (row: number) =>
        `${(row % 2 ? 'Mary Ann' : 'Jo').padEnd(16)}${String(row * 7).padStart(6)}   ${row % 3 ? 'New York' : 'Oslo'}`,
      'fixed',
    ],
  ])('takes a .txt of %s for a table', async (_, line, separator) => {
    const text = Array.from({ length: 30 }, (_, row) => `${line(row)}\n`).join('');
    const found = await table('/nowhere/data.txt', text);
    expect(found.format.separator).toBe(separator);
    expect(found.rows).toBe(30);
  });

  it.each([
    ['verses', (row: number) => `Line ${row} of the song, so it goes`],
    ['a dialogue', (row: number) => `${row % 2 ? 'ROMEO' : 'JULIET'}:\nSpeak, speak; speak ${row}.\n`],
    [
      'paragraphs that are set in',
      (row: number) => `\tIt was late. The train${row % 2 ? '' : ', as usual,'} was number ${row}.`,
    ],
    ['a number in each line', (row: number) => String(row * 3)],
  ])('but a .txt of %s for a text', async (_, line) => {
    const text = Array.from({ length: 30 }, (_, row) => `${line(row)}\n`).join('');
    expect(await inspectDataset('/nowhere/story.txt', text)).toMatchObject({ kind: 'text' });
  });

  it('takes an unsaved text as the editor has decoded it, whatever encoding is asked of its file', async () => {
    const text = 'größe,art\n1,weiß\n2,grün\n3,weiß\n4,grün\n';
    const summary = await inspectDataset('/not/there.csv', text, { encoding: 'windows-1252' });
    assert(summary.kind === 'table');
    expect(summary.columns.map(({ name }) => name)).toEqual(['größe', 'art']);
    expect(summary.format.encoding).toBe('windows-1252');
    expect(summary.reading.find(({ field }) => field === 'encoding')).toMatchObject({
      value: 'windows-1252',
      asked: true,
    });
    const plain = await inspectDataset('/not/there.txt', 'Grün ist die Heide.\nWeiß ist der Schnee.', {
      encoding: 'windows-1252',
      kind: 'text',
    });
    expect(plain).toMatchObject({ kind: 'text', characters: 40 });
  });

  it('looks at the unsaved text where one is given', async () => {
    const path = join(folder, 'edited.csv');
    writeSettled(path, 'a,b\n1,2\n3,4\n');
    expect((await table(path, 'a,b\n1,2\n3,4\n5,6\n')).rows).toBe(3);
    expect((await table(path)).rows).toBe(2);
  });

  it('shows a table in which no column can be predicted, and says what a target needs', async () => {
    const same = await table('/nowhere/same.csv', `colour,size\n${'red,1\n'.repeat(30)}`);
    expect(same.columns.map(({ name }) => name)).toEqual(['colour', 'size']);
    expect(same.targets).toEqual([]);
    expect(same.issues.at(-1)).toMatchObject({
      severity: 'warning',
      message: 'No column of this table can be predicted.',
      advice: expect.stringContaining('two different values') as string,
    });
  });
});

describe('a character vocabulary', () => {
  it('is sorted by code point, encodes and decodes, and comes back from JSON', () => {
    const text = 'bäö 😀 a\n';
    const vocabulary = CharacterVocabulary.fromText(text);
    expect(vocabulary.characters).toEqual(['\n', ' ', 'a', 'b', 'ä', 'ö', '😀']);
    expect(vocabulary.decode(vocabulary.encode(text))).toBe(text);
    const back = CharacterVocabulary.fromJSON(JSON.parse(JSON.stringify(vocabulary)));
    expect(back.characters).toEqual(vocabulary.characters);
    expect(() => CharacterVocabulary.fromJSON({ characters: ['a', 'a'] })).toThrow(/damaged/u);
  });
});
