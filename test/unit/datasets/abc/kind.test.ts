/** Tunes in ABC notation: counted, their faults named, learnt from as running text. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDataset, openText } from '../../../../src/engine/datasets';
import { tunesOf } from '../../../../src/engine/datasets/kinds/abc/tunes';
import type { TextSummary } from '../../../../src/protocol';
import { Workplace } from '../../learning/training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

const tune = (number: number, title: string) =>
  `X:${number}\n${title === '' ? '' : `T:${title}\nT:Another name\n`}R:reel\nM:4/4\nL:1/8\nK:D % two sharps\n|:d2fd Adfd|d2fd edBd:|\nw: la la\n`;
const collection = `%abc-2.1\nO:Ireland\n\n${tune(1, 'The Mill')}\n${tune(2, 'The Wheel')}\nSome words.\n\n${tune(3, '')}`;

async function look(name: string, text: string | Buffer): Promise<TextSummary> {
  await place.write(name, text as string);
  const summary = await inspectDataset(join(place.folder, name), undefined, { settled: true });
  if (summary.kind !== 'text') throw new Error(`${name} is taken for a table`);
  return summary;
}

describe('a collection of tunes', () => {
  it('is counted and told by its first title, also under another name', async () => {
    for (const name of ['tunes.abc', 'tunes.txt', 'tunes']) {
      const { source, issues } = await look(name, collection);
      expect(source).toBe('abc');
      expect(issues.map(({ message }) => message)).toEqual([
        'The file holds 3 tunes, the first "The Mill".',
        '1 tune has no title ("T:"), the first in line 26 (X:3).',
      ]);
    }
  });

  it('is read alike whichever way its lines end and its letters are encoded', async () => {
    const plain = await openText(Buffer.from(collection), { path: '/data/a.abc' });
    for (const end of ['\r\n', '\r']) {
      const other = collection.replaceAll('\n', end);
      expect((await openText(Buffer.from(other), { path: '/data/a.abc' })).text).toBe(plain.text);
    }
    const { text, encoding, issues } = await openText(
      Buffer.from(tune(1, 'Über die Brücke, für José'), 'latin1'),
      { path: '/data/a.abc' },
    );
    expect(encoding).toBe('windows-1252');
    expect(text).toContain('Über die Brücke, für José');
    expect(issues.map(({ code }) => code)).toEqual(['encoding', 'tunes']);
  });

  it('has each kind of broken header said once, with the first line', async () => {
    const broken =
      'X:1\nT:No key\n|abc|\n\nX:2\nT:No key either\n\nX:\nT:No number, no music\nK:G\n\nX:4\nT:Good\nK:G\n|g|\n';
    const { issues } = await look('broken.abc', broken);
    expect(issues.map(({ code, line, rows }) => [code, line, rows])).toEqual([
      ['tunes', 1, 4],
      ['tune-without-key', 1, 2],
      ['tune-without-music', 8, 1],
    ]);
  });

  it('without a tune is a text, and says so', async () => {
    const { source, issues } = await look('words.abc', 'Only some words.\nNothing to play.\n');
    expect({ source, codes: issues.map(({ code }) => code) }).toEqual({ source: 'abc', codes: ['no-tunes'] });
  });
});

describe('what is no collection of tunes', () => {
  it.each([
    ['a letter', 'Dear X: 1 is fine.\nK: see you\n'],
    ['a list', 'X: 1\nY: 2\n\nX: 3\nY: 4\n'],
    ['a report', 'Title\n\nX:12 is the first.\nMore words.\nKey facts follow.\n'],
  ])('stays what it was: %s', async (_, text) => {
    const summary = await inspectDataset(join(place.folder, 'other.txt'), text);
    expect(summary.source).not.toBe('abc');
  });
});

it('tunes end with an empty line, and remarks are no music', () => {
  const [first] = tunesOf('X:7\nT:Quiet % softly\nK:C\n% only a remark\n\n|abc|\n');
  expect(first).toEqual({ line: 1, number: '7', title: 'Quiet', hasKey: true, hasMusic: false });
});
