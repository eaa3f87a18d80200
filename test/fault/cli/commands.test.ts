import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { birds, type Finished, lastLine, put, run, temporaryFolder, verses } from './command-line';

const folder = temporaryFolder();
const small = ['--layers', '1', '--heads', '2', '--width', '16', '--context', '16', '--batch', '4'];
let trained: Finished;
let written: Finished;

beforeAll(async () => {
  put(folder.path, 'birds.csv', birds());
  put(folder.path, 'verses.txt', verses(4000));
  trained = await run(folder.path, 'train', 'birds.csv', '--target', 'kind', '--name', 'Birds', '--json');
  written = await run(
    folder.path,
    'train',
    'verses.txt',
    ...small,
    '--steps',
    '40',
    '--name',
    'Verses',
    '--json',
  );
}, 120_000);
afterAll(() => folder.remove());

describe('train', () => {
  it('ends with one JSON object of run, seconds and metrics', () => {
    expect(trained).toMatchObject({ status: 0 });
    const result = lastLine(trained) as { run: string };
    expect(Object.keys(result)).toEqual(['run', 'seconds', 'metrics', 'reading']);
    expect(result).toMatchObject({
      seconds: expect.any(Number) as number,
      metrics: {
        training: { loss: expect.any(Number) as number, accuracy: expect.any(Number) as number },
        validation: {
          loss: expect.any(Number) as number,
          accuracy: 1,
          f1: 1,
        },
      },
    });
    expect(existsSync(join(result.run, 'run.json'))).toBe(true);
  });

  it('learns to write from a text', () => {
    expect(written).toMatchObject({ status: 0 });
    expect(lastLine(written)).toMatchObject({
      metrics: { validation: { perplexity: expect.any(Number) as number } },
    });
  });

  it('tells people the result beside its baseline, where the run is and what is next', async () => {
    const { status, out } = await run(
      folder.path,
      'train',
      'birds.csv',
      '--target',
      'mass_g',
      '--epochs',
      '3',
    );
    expect(status).toBe(0);
    expect(out).toMatch(/R² .* · .* 0/);
    expect(out).toContain(join(folder.path, '.model-lab', 'runs'));
    expect(out).toContain('local-model-lab predict FILE');
  });

  it('gives the same losses for the same seed', async () => {
    const args = ['train', 'birds.csv', '--target', 'kind', '--epochs', '4', '--seed', '5', '--json'];
    const results = [await run(folder.path, ...args), await run(folder.path, ...args)].map(
      (finished) => (lastLine(finished) as { metrics: unknown }).metrics,
    );
    expect(results[0]).toEqual(results[1]);
  });

  it('cross-validates with --folds', async () => {
    const finished = await run(
      folder.path,
      ...['train', 'birds.csv', '--target', 'kind', '--epochs', '5', '--folds', '3', '--json'],
    );
    expect(finished.status).toBe(0);
    expect(lastLine(finished)).toMatchObject({
      metrics: { validation: { accuracy: expect.any(Number) as number } },
    });
  });

  it('trains what an experiment file describes', async () => {
    put(
      folder.path,
      'birds.experiment.json',
      JSON.stringify({
        version: 1,
        dataset: { path: 'birds.csv' },
        task: 'classification',
        target: 'kind',
        model: { family: 'linear', hyperparameters: { epochs: 3 } },
      }),
    );
    const finished = await run(folder.path, 'train', '--experiment', 'birds.experiment.json', '--json');
    expect(finished).toMatchObject({ status: 0 });
    const { run: runFolder } = lastLine(finished) as { run: string };
    const kept = JSON.parse(readFileSync(join(runFolder, 'experiment.json'), 'utf8')) as { target: string };
    expect(kept.target).toBe('kind');
  });
});

describe('predict', () => {
  it('writes a CSV and ends with one JSON object', async () => {
    const finished = await run(folder.path, 'predict', 'birds.csv', 'Birds', '--json');
    expect(finished).toMatchObject({ status: 0 });
    const output = join(folder.path, 'birds.predictions.csv');
    const keys = ['rows', 'predicted', 'seconds', 'rowsPerSecond', 'output', 'reading'];
    expect(Object.keys(lastLine(finished) as object)).toEqual(keys);
    expect(lastLine(finished)).toMatchObject({ rows: 90, predicted: 90, output });
    const lines = readFileSync(output, 'utf8').trimEnd().split(/\r?\n/);
    expect(lines).toHaveLength(91);
    expect(lines[1]).toContain('wren');
  });

  it('refuses to overwrite its input', async () => {
    const { status, err } = await run(folder.path, 'predict', 'birds.csv', 'Birds', '--out', 'birds.csv');
    expect(status).toBe(2);
    expect(err).toContain('overwrite');
    expect(readFileSync(join(folder.path, 'birds.csv'), 'utf8')).toBe(birds());
  });

  it('refuses a language model and says what it is for', async () => {
    const { status, err } = await run(folder.path, 'predict', 'birds.csv', 'Verses');
    expect(status).toBe(2);
    expect(err).toContain('local-model-lab generate');
  });
});

describe('generate', () => {
  it('ends with one JSON object of text and speed', async () => {
    const finished = await run(folder.path, 'generate', '--prompt', 'the ', '--length', '30', '--json');
    expect(finished).toMatchObject({ status: 0 });
    const result = lastLine(finished) as { text: string };
    expect(Object.keys(result)).toEqual(['text', 'tokens', 'tokensPerSecond', 'firstTokenMs']);
    expect(result).toMatchObject({ tokens: 30 });
    expect(result.text).toHaveLength(30);
  });

  it('writes the same text to standard output for the same seed', async () => {
    const args = ['generate', 'Verses', '--prompt', 'the ', '--length', '40', '--seed', '3'];
    const [first, second] = [await run(folder.path, ...args), await run(folder.path, ...args)];
    expect(first.out).toBe(second.out);
    expect(first.out).toHaveLength(40 + 1);
  });

  it('warns of characters in the prompt that the model never saw', async () => {
    const { status, err, out } = await run(
      folder.path,
      ...['generate', '--prompt', 'the Ж', '--length', '5'],
    );
    expect(err).toMatch(/Ж/);
    expect(status === 0 ? out.length > 0 : true).toBe(true);
  });

  it('refuses sampling rules out of range', async () => {
    const { status, err } = await run(folder.path, 'generate', '--top-p', '7');
    expect(status).toBe(2);
    expect(err).toContain('--top-p');
  });
});

describe('runs', () => {
  it('lists, shows, renames and deletes', async () => {
    const { runs } = lastLine(await run(folder.path, 'runs', '--json')) as {
      runs: { id: string; name: string }[];
    };
    expect(runs.map(({ name }) => name)).toEqual(expect.arrayContaining(['Birds', 'Verses']));
    const id = runs.find(({ name }) => name === 'Birds')?.id ?? '';

    const listed = await run(folder.path, 'runs');
    expect(listed.out).toContain(id);
    const shown = await run(folder.path, 'runs', 'show', id);
    expect(shown.out).toMatch(/Target +kind/);

    const renamed = await run(folder.path, 'runs', 'rename', id, 'Feathers', '--json');
    expect(lastLine(renamed)).toMatchObject({ id, name: 'Feathers' });

    const unasked = await run(folder.path, 'runs', 'delete', 'Feathers');
    expect(unasked).toMatchObject({ status: 2 });
    expect(unasked.err).toContain('--yes');
    const deleted = await run(folder.path, 'runs', 'delete', 'Feathers', '--yes');
    expect(deleted).toMatchObject({ status: 0 });
    expect(existsSync(join(folder.path, '.model-lab', 'runs', id))).toBe(false);
  });

  it('tells when a beginning of an id could be several runs', async () => {
    const { status, err } = await run(folder.path, 'runs', 'show', '2');
    expect(status).toBe(2);
    expect(err).toContain('could be several runs');
  });

  it('knows no run of another name', async () => {
    const { status, err } = await run(folder.path, 'runs', 'show', 'nonesuch');
    expect(status).toBe(2);
    expect(err).toContain('There is no run called "nonesuch"');
  });
});

describe('every command', () => {
  it('ends with status 2 and words on standard error for a command line that makes no sense', async () => {
    for (const args of [['fly'], ['train', '--lr', 'fast', 'birds.csv'], ['train'], ['predict']]) {
      const { status, out, err } = await run(folder.path, ...args);
      expect(status).toBe(2);
      expect(out).toBe('');
      expect(err).not.toBe('');
    }
  });

  it('names an option that the family lacks', async () => {
    const { status, err } = await run(folder.path, 'train', 'birds.csv', '--target', 'kind', '--heads', '2');
    expect(status).toBe(2);
    expect(err).toContain('--heads is no option of the family');
  });

  it('ends with status 0 after help', async () => {
    const { status, out } = await run(folder.path, 'train', '--help');
    expect(status).toBe(0);
    expect(out).toContain('--weight-decay');
  });
});
