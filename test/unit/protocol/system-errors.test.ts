/** What the system refuses, provoked for real where that can be done, and how it is told. */
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../src/engine/runs';
import { describeError, joinSentences, LabError } from '../../../src/protocol';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'system-errors-'));
  await writeFile(join(folder, 'file'), '');
  await mkdir(join(folder, 'folder'));
  if (process.platform !== 'win32') await symlink('circle', join(folder, 'circle'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is thrown by reading a file of the folder. */
async function thrownBy(name: string): Promise<{ readonly error: LabError; readonly path: string }> {
  const path = join(folder, name);
  const thrown: unknown = await readFile(path).catch((error: unknown) => error);
  return { error: LabError.from(thrown, path), path };
}

describe.skipIf(process.platform === 'win32')(
  'an error of the system is told with the file and advice',
  () => {
    it.each([
      ['a file that is not there', 'nowhere.csv', /There is no file/],
      ['a folder in the place of a file', 'folder', /is a folder/],
      ['a file in the place of a folder', 'file/rows.csv', /a part of this path is a file/],
      ['a name that is too long', `${'n'.repeat(300)}.csv`, /longer than the system allows/],
      ['a link in a circle', 'circle', /leads in a circle/],
      ['a NUL in the name', 'a\0b.csv', /NUL/],
    ])('%s', async (_, name, words) => {
      const { error, path } = await thrownBy(name);
      expect(error).toMatchObject({ code: 'file', place: { path } });
      expect(error.message).toMatch(words);
      expect(error.message).toMatch(/\.$/);
      expect(error.advice?.length).toBeGreaterThan(10);
      expect(error.message).not.toMatch(/E[A-Z]{4,}|errno|syscall/);
    });

    it.each([
      'EACCES',
      'EPERM',
      'EROFS',
      'EMFILE',
      'ENFILE',
      'EBUSY',
      'EIO',
      'EFBIG',
      'ENOSPC',
      'EDQUOT',
      'EXDEV',
    ])('%s', (code) => {
      const thrown = Object.assign(new Error(`${code}: words of the system, open '/data/a.csv'`), {
        code,
        syscall: 'open',
        path: '/data/a.csv',
      });
      const error = LabError.from(thrown);
      expect(['file', 'disk-full']).toContain(error.code);
      expect(error.message).toContain('/data/a.csv');
      expect(error.place).toEqual({ path: '/data/a.csv' });
      expect(error.advice).toMatch(/\.$/);
    });

    it.each(['file/run.json', 'nowhere/run.json', 'folder'])(
      'the file, and not the temporary one beside it: %s',
      async (name) => {
        const path = join(folder, name);
        const thrown = await writeFileAtomically(path, 'text').catch((error: unknown) => error);
        expect(thrown).toMatchObject({ code: 'file', place: { path } });
        expect(describeError(thrown as LabError)).not.toContain('.tmp');
        expect((await readdir(folder)).filter((entry) => entry.endsWith('.tmp'))).toEqual([]);
      },
    );

    it('a channel that is closed is about no file', () => {
      const thrown = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
      expect(LabError.from(thrown).code).toBe('internal');
    });
  },
);

describe('sentences', () => {
  it('end before the next begins', () => {
    expect(joinSentences('No file', 'Look for it.')).toBe('No file. Look for it.');
    expect(joinSentences('Really?', 'Yes: "so."', 'End')).toBe('Really? Yes: "so." End');
    expect(joinSentences('It says “a (b)”', undefined, '', 'Do it')).toBe('It says “a (b)”. Do it');
  });

  it('name a file once', () => {
    const error = new LabError('file', 'There is no file "/a/b.csv".', {
      place: { path: '/a/b.csv' },
      advice: 'Look.',
    });
    expect(describeError(error)).toBe('There is no file "/a/b.csv". Look.');
    const placed = new LabError('dataset', 'Odd row.', { place: { path: '/a/b.csv', line: 3, column: 4 } });
    expect(describeError(placed)).toBe('/a/b.csv:3:4: Odd row.');
  });
});
