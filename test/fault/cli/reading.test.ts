import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastLine, put, run, temporaryFolder } from './command-line';

const folder = temporaryFolder();
/** As a German spreadsheet writes it: windows-1252, semicolons, decimal commas, and a title above the header. */
const bakery = [
  'Verkäufe der Bäckerei',
  'Menge;Preis;Straße;gekauft',
  ...Array.from({ length: 80 }, (_, row) => {
    const price = 0.5 + ((row * 7919) % 900) / 100;
    const street = ['Hauptstraße', 'Königsweg'][(row * 5) % 2] ?? '';
    return `${1 + ((row * 13) % 40)};${price.toFixed(2).replace('.', ',')};${street};${price < 5 ? 'ja' : 'nein'}`;
  }),
];
const read = {
  line: 'windows-1252 · ; · header in line 2 · decimal comma',
  encoding: 'windows-1252',
  separator: ';',
  quote: '"',
  escape: 'doubled',
  header: true,
  firstLine: 2,
  comment: '',
  units: false,
  rowNames: false,
  decimal: ',',
};

beforeAll(async () => {
  put(folder.path, 'bakery.csv', Buffer.from(`${bakery.join('\r\n')}\r\n`, 'latin1'));
  await run(folder.path, 'train', 'bakery.csv', '--target', 'gekauft', '--epochs', '3', '--name', 'Bakery');
}, 120_000);
afterAll(() => folder.remove());

const count = (text: string, part: string) => text.split(part).length - 1;

describe('how a file is read', () => {
  it('is told by train, once, and is an object in its JSON', async () => {
    const finished = await run(
      folder.path,
      ...[
        'train',
        'bakery.csv',
        '--target',
        'gekauft',
        '--epochs',
        '2',
        '--kind',
        'Menge=category',
        '--json',
      ],
    );
    expect(finished.status).toBe(0);
    expect(lastLine(finished)).toMatchObject({
      reading: { ...read, columns: { Menge: { kind: 'category' } } },
    });
    expect(count(finished.err, `How this file is read: ${read.line}`)).toBe(1);
    expect(count(finished.err, 'is encoded in windows-1252')).toBe(1);
    expect(count(finished.err, 'which is in line 2, is no row')).toBe(1);
  });

  it('is taken from an experiment file, told, and kept with the run; an option overrules it', async () => {
    put(
      folder.path,
      'bakery.experiment.json',
      JSON.stringify({
        version: 1,
        dataset: { path: 'bakery.csv', header: false, firstLine: 3 },
        task: 'classification',
        target: 'column 4',
        model: { family: 'linear', hyperparameters: { epochs: 2 } },
      }),
    );
    const args = ['train', '--experiment', 'bakery.experiment.json', '--json'];
    const stored = await run(folder.path, ...args);
    expect(stored.status).toBe(0);
    expect(lastLine(stored)).toMatchObject({ reading: { header: false, firstLine: 3, separator: ';' } });
    expect(stored.err).toContain('How this file is read: windows-1252 · ; · no header · from line 3');
    const { run: runFolder } = lastLine(stored) as { run: string };
    const kept = JSON.parse(readFileSync(join(runFolder, 'experiment.json'), 'utf8')) as { dataset: object };
    expect(kept.dataset).toMatchObject({ header: false, firstLine: 3, separator: ';', decimal: ',' });
    const overruled = await run(folder.path, ...args, '--first-line', '4');
    expect(lastLine(overruled)).toMatchObject({ reading: { header: false, firstLine: 4 } });
  });

  it('is told by predict in one line, with what the file of the model had otherwise', async () => {
    const points = bakery.slice(1).join('\n').replaceAll(',', '.').replaceAll(';', ',');
    put(folder.path, 'points.csv', `${points}\n`);
    const { status, err } = await run(folder.path, 'predict', 'points.csv', 'Bakery');
    expect(status).toBe(0);
    expect(count(err, 'How this file is read: UTF-8 · , · header\n')).toBe(1);
    expect(err).toContain('note: Cells are separated by commas here; in the file that the model learnt from');
    expect(err).toMatch(/warning: Numbers have a decimal point here \("\d\.\d\d" in "Preis" is [\d.]+\)\./);
    const json = await run(folder.path, 'predict', 'bakery.csv', 'Bakery', '--json');
    expect(lastLine(json)).toMatchObject({ rows: 80, reading: read });
    expect(json.err).not.toContain('learnt from');
  });

  it('with a target that is asked for has the header that holds it', async () => {
    const rows = Array.from({ length: 60 }, (_, row) =>
      row % 2 === 0 ? 'red,blue,green' : 'blue,green,red',
    );
    put(folder.path, 'words.csv', `one,two,three\nx,y,z\n${rows.join('\n')}\n`);
    const args = ['train', 'words.csv', '--epochs', '2', '--json'];
    const inOne = await run(folder.path, ...args, '--target', 'two', '--first-line', '1');
    expect(lastLine(inOne)).toMatchObject({ reading: { header: true, firstLine: 1 } });
    const inTwo = await run(folder.path, ...args, '--target', 'y');
    expect(lastLine(inTwo)).toMatchObject({ reading: { header: true, firstLine: 2 } });
  });
});

it('one row that is predicted is one row', async () => {
  put(folder.path, 'one.csv', `${bakery.slice(1, 3).join('\n')}\n`);
  const { out } = await run(folder.path, 'predict', 'one.csv', 'Bakery');
  expect(out).toMatch(/^1 row predicted in /);
  const inspected = await run(folder.path, 'inspect', 'one.csv');
  expect(inspected.out).toContain('table, 1 row, 4 columns');
});
