/** Which exit status each command has for each kind of failure, and that its words name the user's own file. */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { birds, put, run, start, temporaryFolder, verses } from './command-line';

const folder = temporaryFolder();
const inFolder = (name: string): string => join(folder.path, name);
const runsFolder = join(folder.path, '.model-lab', 'runs');
/** Longer than any file system's names. */
const long = `${'x'.repeat(300)}.csv`;
const shortened = /x{20}…x{20,}\.csv/;

beforeAll(async () => {
  put(folder.path, 'birds.csv', birds());
  put(folder.path, 'verses.txt', verses(4000));
  put(folder.path, 'broken.experiment.json', '{"version":');
  const experiment = {
    version: 1,
    task: 'classification',
    target: 'kind',
    model: { family: 'mlp', hyperparameters: { epochs: 2 } },
  };
  put(
    folder.path,
    'nul.experiment.json',
    JSON.stringify({ ...experiment, dataset: { path: 'bi\0rds.csv' } }),
  );
  mkdirSync(inFolder('folder'));
  symlinkSync('circle-2', inFolder('circle-1'));
  symlinkSync('circle-1', inFolder('circle-2'));
  const table = await run(
    folder.path,
    'train',
    'birds.csv',
    '--target',
    'kind',
    '--epochs',
    '2',
    '--name',
    'table',
  );
  const text = await run(folder.path, 'train', 'verses.txt', '--steps', '2', '--name', 'text');
  expect([table.status, text.status]).toEqual([0, 0]);
  const [ofTable, ofText] = readdirSync(runsFolder).map((name) => join(runsFolder, name)) as [string, string];
  /** A run with something wrong in it; its id is the name, its time long ago. */
  const damage = (id: string, from: string, act: (copy: string) => void): void => {
    const copy = join(runsFolder, id);
    cpSync(from, copy, { recursive: true });
    for (const file of ['run.json', 'experiment.json']) {
      const content = JSON.parse(readFileSync(join(copy, file), 'utf8')) as object;
      writeFileSync(join(copy, file), JSON.stringify({ ...content, name: id }));
    }
    act(copy);
  };
  damage('damaged', ofTable, (copy) => writeFileSync(join(copy, 'run.json'), '{"version":'));
  damage('cut', ofTable, (copy) => truncateSync(join(copy, 'model', 'model.safetensors'), 100));
  damage('cut-text', ofText, (copy) => truncateSync(join(copy, 'model', 'model.safetensors'), 100));
  damage('no-schema', ofTable, (copy) => rmSync(join(copy, 'model', 'preprocess.json')));
  damage('no-model', ofTable, (copy) => rmSync(join(copy, 'model'), { recursive: true }));
}, 120_000);
afterAll(() => folder.remove());

type Case = readonly [what: string, args: readonly string[], words: string | RegExp];

/** Each ends with the status, says the words once on standard error, and writes nothing else. */
function endWith(status: number, cases: readonly Case[]): void {
  it.concurrent.each(cases)('%s', async (_, args, words) => {
    const finished = await run(folder.path, ...args);
    expect([finished.status, finished.err]).toEqual([status, expect.stringMatching(pattern(words))]);
    expect(finished.out).toBe('');
    // No file but the user's, and no trace of a stack.
    expect(finished.err).not.toMatch(/\.tmp\b|\n\s+at /);
  });
}

function pattern(words: string | RegExp): RegExp {
  return typeof words === 'string'
    ? new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    : words;
}

const target = ['--target', 'kind'];

describe('what fails has the status 1 and names the file', () => {
  const ofFile = (command: string, ...more: string[]): Case[] => [
    [`${command}: no file`, [command, 'none.csv', ...more], `There is no file "${inFolder('none.csv')}"`],
    [
      `${command}: an empty folder`,
      [command, 'folder', ...more],
      `${inFolder('folder')}: The folder holds no files.`,
    ],
    [`${command}: a file as folder`, [command, 'birds.csv/x.csv', ...more], inFolder('birds.csv/x.csv')],
    [`${command}: links in a circle`, [command, 'circle-1', ...more], `"${inFolder('circle-1')}" is a link`],
    [`${command}: a long name`, [command, long, ...more], shortened],
  ];
  endWith(1, [
    ...ofFile('inspect'),
    ...ofFile('train', ...target),
    ...ofFile('predict', 'table'),
    [
      'train: no experiment file',
      ['train', '--experiment', 'none.json'],
      `There is no file "${inFolder('none.json')}"`,
    ],
    [
      'train: a folder as experiment',
      ['train', '--experiment', 'folder'],
      `"${inFolder('folder')}" is a folder`,
    ],
    ['train: a NUL in a name', ['train', '--experiment', 'nul.experiment.json'], 'holds a NUL character'],
    ['train: runs in a file', ['train', 'birds.csv', ...target, '--out', 'birds.csv'], inFolder('birds.csv')],
    [
      'predict: into a folder',
      ['predict', 'birds.csv', 'table', '--out', 'folder'],
      `written to ${inFolder('folder')}.`,
    ],
    [
      'predict: into a folder that is not there',
      ['predict', 'birds.csv', 'table', '--out', 'none/x.csv'],
      `written to ${inFolder('none/x.csv')}. Its folder is not there.`,
    ],
    ['predict: a text', ['predict', 'verses.txt', 'table'], inFolder('verses.txt')],
    ['predict: a damaged run', ['predict', 'birds.csv', 'damaged'], join(runsFolder, 'damaged')],
    ['train: a damaged run', ['train', '--resume', 'damaged'], /damaged: .*Restore its run\.json/],
    ['predict: a damaged model', ['predict', 'birds.csv', 'cut'], join('cut', 'model', 'model.safetensors')],
    [
      'predict: no schema',
      ['predict', 'birds.csv', 'no-schema'],
      join('no-schema', 'model', 'preprocess.json'),
    ],
    ['generate: a damaged model', ['generate', 'cut-text'], join('cut-text', 'model', 'model.safetensors')],
    ['runs rename: a damaged run', ['runs', 'rename', 'damaged', 'new'], join('damaged', 'run.json')],
  ]);

  it('a long name is said once, and not in full', async () => {
    const { err } = await run(folder.path, 'inspect', long);
    expect(err.length).toBeLessThan(500);
    expect(err.match(/…/g)).toHaveLength(1);
  });
});

describe('what cannot be asked for has the status 2 and says what can', () => {
  endWith(2, [
    ['no command', [], 'Usage: local-model-lab'],
    ['an unknown command', ['nonsense'], "unknown command 'nonsense'"],
    ...['inspect', 'train', 'predict', 'generate'].map((command): Case => [
      `${command}: an unknown option`,
      [command, 'birds.csv', '--nonsense'],
      "unknown option '--nonsense'",
    ]),
    ['inspect: no file', ['inspect'], 'missing required argument'],
    ['predict: no file', ['predict'], 'missing required argument'],
    ['train: no file', ['train'], 'Which file shall be learnt from?'],
    ['train: no target', ['train', 'birds.csv'], inFolder('birds.csv')],
    ['train: an unknown column', ['train', 'birds.csv', '--target', 'kin'], 'Did you mean "kind"?'],
    ['train: a value out of range', ['train', 'birds.csv', ...target, '--epochs', '0'], '--epochs is 0'],
    ['train: broken JSON', ['train', '--experiment', 'broken.experiment.json'], 'broken.experiment.json: '],
    [
      'train: a profile nowhere, before any work',
      ['train', 'birds.csv', ...target, '--profile', 'none/x.json'],
      `--profile: there is no folder ${inFolder('none')}.`,
    ],
    ['train: an unknown run', ['train', '--resume', 'none'], 'There is no run called "none"'],
    ['train: a run that is over', ['train', '--resume', 'table'], 'is not a run that can be resumed'],
    ['predict: an unknown run', ['predict', 'birds.csv', 'none'], 'There is no run called "none"'],
    [
      'predict: a run without a model',
      ['predict', 'birds.csv', 'no-model'],
      'is not a trained model for tables',
    ],
    ['predict: a model for texts', ['predict', 'birds.csv', 'text'], 'use "local-model-lab generate"'],
    ['predict: over the file itself', ['predict', 'birds.csv', '--out', 'birds.csv'], '--out'],
    ['generate: an unknown run', ['generate', 'none'], 'There is no run called "none"'],
    ['generate: a model for tables', ['generate', 'table'], 'use "local-model-lab predict FILE"'],
    ['generate: no number', ['generate', '--length', 'abc'], '--length is "abc"'],
    ['runs: a file as folder', ['runs', '--runs', 'birds.csv'], `${inFolder('birds.csv')} is a file`],
    ['runs show: an unknown run', ['runs', 'show', 'none'], 'There is no run called "none"'],
    [
      'runs show: a file as folder',
      ['runs', 'show', '--runs', 'birds.csv'],
      `${inFolder('birds.csv')} is a file`,
    ],
    ['runs rename: to nothing', ['runs', 'rename', 'table', ' '], 'A name has 1 to 200 characters, not 0.'],
    ['runs delete: an unknown run', ['runs', 'delete', 'none', '--yes'], 'There is no run called "none"'],
    ['runs delete: without a yes', ['runs', 'delete', 'table'], 'Say --yes'],
  ]);
});

describe('what is done has the status 0', () => {
  it.concurrent.each([
    ['help', ['--help']],
    ['the version', ['--version']],
    ['a list of runs', ['runs']],
    ['a list of no runs', ['runs', '--runs', 'none']],
    ['a damaged run that is shown', ['runs', 'show', 'damaged']],
    ['inspection', ['inspect', 'birds.csv']],
    ['prediction', ['predict', 'birds.csv', 'table', '--out', 'predicted.csv']],
    ['generation', ['generate', 'text', '--length', '3']],
  ] as const)('%s', async (_, args) => {
    const { status, out } = await run(folder.path, ...args);
    expect(status).toBe(0);
    expect(out).not.toBe('');
  });
});

describe.skipIf(process.platform === 'win32')('what Ctrl-C stops has the status 130', () => {
  it('a prediction, which leaves nothing behind', async () => {
    put(folder.path, 'many.csv', birds(400_000));
    const before = readdirSync(folder.path);
    const command = await start(folder.path, 'predict', 'many.csv', 'table');
    await command.errorMatching(/ of 400,000 rows/);
    command.child.kill('SIGINT');
    expect((await command.finished).status).toBe(130);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  it('a text that is being written', async () => {
    const command = await start(folder.path, 'generate', 'text', '--length', '100000');
    await new Promise((resolve) => command.child.stdout.once('data', resolve));
    command.child.kill('SIGINT');
    const { status, out } = await command.finished;
    expect(status).toBe(130);
    expect(out).not.toBe('');
  });
});
