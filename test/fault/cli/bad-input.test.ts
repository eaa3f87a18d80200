import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { birds, contentOf, put, run, temporaryFolder, verses } from './command-line';

const folder = temporaryFolder();
let before: Map<string, string>;

beforeAll(async () => {
  put(folder.path, 'good.csv', birds());
  const { status, err } = await run(folder.path, 'train', 'good.csv', '--target', 'kind', '--epochs', '3');
  expect(err === '' || status === 0 ? status : err).toBe(0);
  before = contentOf(folder.path);
}, 120_000);
afterAll(() => {
  for (const [path, hash] of before) expect([path, contentOf(folder.path).get(path)]).toEqual([path, hash]);
  folder.remove();
});

/** Trains on a file with that content; the file's path stands in the answer's place of `path`. */
async function trainOn(name: string, content: string | Uint8Array, ...args: string[]) {
  const path = put(folder.path, name, content);
  return { path, ...(await run(folder.path, 'train', name, '--epochs', '2', ...args)) };
}

const rows = birds().split('\n');

describe('a table that cannot be learnt from ends the command with the file and advice', () => {
  it.each([
    ['an empty file', '', ['--target', 'kind']],
    ['only a header', 'kind,length_cm\n', ['--target', 'kind']],
    ['one class', birds().replaceAll(/crow|swan/g, 'wren'), ['--target', 'kind']],
  ])('%s', async (name, content, args) => {
    const { status, err, out, path } = await trainOn(`${name.replaceAll(' ', '-')}.csv`, content, ...args);
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(path);
  });

  it('a file that is not there', async () => {
    const { status, err } = await run(folder.path, 'train', 'nowhere.csv', '--target', 'kind');
    expect(status).toBe(1);
    expect(err).toContain('nowhere.csv');
  });

  it('a target that is not a column, with the line of the header and the columns', async () => {
    const { status, err, path } = await trainOn('target.csv', birds(), '--target', 'colour');
    expect(status).toBe(2);
    expect(err).toContain(`${path}:1: There is no column "colour".`);
    expect(err).toContain('"length_cm"');
  });
});

describe('a table with flaws is learnt from, with a warning at the line', () => {
  it.each([
    ['a line with too few cells', 5, 'wren,9'],
    ['a line with too many cells', 7, 'wren,9,8,7,6'],
  ])('%s', async (name, line, text) => {
    const content = rows.with(line - 1, text).join('\n');
    const { status, err, path } = await trainOn(
      `${name.replaceAll(' ', '-')}.csv`,
      content,
      '--target',
      'kind',
    );
    expect(err).toMatch(new RegExp(`${path.replaceAll(/[.\\/]/g, '.')}:${line}:(\\d+:)? warning: `));
    expect(status).toBe(0);
  });

  it('invalid UTF-8', async () => {
    const bytes = Buffer.from(birds());
    bytes[bytes.indexOf('wren', 200)] = 0xff;
    const { status, err, path } = await trainOn(
      'latin.csv',
      bytes,
      '--target',
      'kind',
      '--exclude',
      'mass_g',
    );
    expect(err).toContain(`${path}:`);
    expect(err).toMatch(/UTF-8/);
    expect([0, 1]).toContain(status);
  });

  it('a cell of 1 MB', async () => {
    const messages = Array.from({ length: 60 }, (_, row) =>
      row % 2 === 0 ? `ask,"where is parcel ${row} of mine"` : `thank,"parcel ${row} has come so quickly"`,
    ).with(4, `ask,"${'where is it '.repeat(87_000)}"`);
    const content = ['kind,message', ...messages].join('\n');
    const { status, err } = await trainOn('long-cell.csv', content, '--target', 'kind');
    expect(err).toMatch(/(note|warning): .*(long|cut)/);
    expect(status).toBe(0);
  });
});

it('10,000 columns are learnt from', { timeout: 240_000 }, async () => {
  const cells = Array.from({ length: 9_999 }, (_, column) => column);
  const lines = Array.from({ length: 30 }, (_, row) =>
    [['wren', 'crow'][row % 2], ...cells.map((column) => ((row + 1) * column) % 13)].join(','),
  );
  const content = [['kind', ...cells.map((column) => `c${column}`)].join(','), ...lines].join('\n');
  const { status, out } = await trainOn('wide.csv', content, '--target', 'kind');
  expect(status).toBe(0);
  expect(out).toContain('finished');
});

it('UTF-16 is read', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(birds(), 'utf16le')]);
  const { status } = await trainOn('utf16.csv', bytes, '--target', 'kind');
  expect(status).toBe(0);
});

it('a text shorter than the context is refused with the file', async () => {
  const path = put(folder.path, 'short.txt', verses(40));
  const { status, err } = await run(folder.path, 'train', 'short.txt', '--context', '64');
  expect(status).toBe(1);
  expect(err).toContain(path);
});

describe('a file to predict', () => {
  it('with words in a column of numbers is told with the line', async () => {
    const path = put(folder.path, 'words.csv', rows.with(4, 'wren,long,8.1').join('\n'));
    const { err } = await run(folder.path, 'predict', 'words.csv');
    expect(err).toMatch(new RegExp(`${path.replaceAll(/[.\\/]/g, '.')}:5`));
  });

  it('without a column of the model is refused with the column, and nothing is written', async () => {
    const path = put(folder.path, 'narrow.csv', birds().replaceAll(/,[^,\n]*(?=\n)/g, ''));
    const { status, err } = await run(folder.path, 'predict', 'narrow.csv');
    expect(status).toBe(1);
    expect(err).toContain(path);
    expect(err).toContain('mass_g');
    expect(contentOf(folder.path).has(join(folder.path, 'narrow.predictions.csv'))).toBe(false);
  });
});

const locked = lockedFolder();
it.skipIf(locked === undefined)('a folder for the runs that cannot be written is told', async () => {
  const { status, err } = await trainOn('locked.csv', birds(), '--target', 'kind', '--out', locked ?? '');
  expect(status).toBe(1);
  expect(err).toContain(locked);
});

/** A folder that even this process may not write into: for root, the kernel's own. */
function lockedFolder(): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.getuid?.() === 0) return process.platform === 'linux' ? '/sys/model-lab-runs' : undefined;
  const path = temporaryFolder().path;
  chmodSync(path, 0o500);
  return path;
}
