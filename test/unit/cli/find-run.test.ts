import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/cli/engine';
import { anyRun, findRun, languageModel, resumableRun, tableModel } from '../../../src/cli/find-run';
import { call, handle, ListRuns, type RunSummary } from '../../../src/protocol';
import { connect, memoryPair } from '../../../src/protocol/transport';

function summary(id: string, more: Partial<RunSummary>): RunSummary {
  return {
    version: 1,
    id,
    folder: `/runs/${id}`,
    name: id,
    state: 'finished',
    task: 'classification',
    datasetPath: '/data/birds.csv',
    family: 'mlp',
    created: '2026-01-01T00:00:00Z',
    updated: '2026-01-01T00:00:00Z',
    pid: 1,
    host: 'here',
    seconds: 1,
    epoch: 1,
    epochs: 1,
    step: 1,
    steps: 1,
    metrics: {},
    alerts: [],
    notes: [],
    hasModel: true,
    canResume: false,
    ...more,
  };
}

/** Newest first, as the engine lists them. */
const runs = [
  summary('20260103-book', { task: 'language-model', family: 'transformer', name: 'Book' }),
  summary('20260102-moths', { name: 'Moths' }),
  summary('20260102-rents', { state: 'interrupted', hasModel: false, canResume: true }),
  summary('20260101-moths', { name: 'Old moths' }),
];

/** Both real ends of the protocol in one process; the engine's end answers with the runs above. */
function engine(): Engine {
  const [left, right] = memoryPair();
  const caller = connect(left, () => undefined);
  const answerer = connect(right, () => undefined);
  handle(answerer, ListRuns, () => runs);
  caller.listen();
  answerer.listen();
  return { call: (target, params, options) => call(caller, target, params, options) };
}

const find = async (name: string, wanted = anyRun) => (await findRun(engine(), name, '/runs', wanted)).id;

describe('a run on the command line', () => {
  it('is not looked for in a file, whatever the option for the folder is called', async () => {
    const file = fileURLToPath(import.meta.url);
    const refused = findRun(engine(), 'latest', file, resumableRun);
    await expect(refused).rejects.toMatchObject({
      message: `${file} is a file and not a folder of runs.`,
      advice: 'Name another folder.',
    });
  });

  it('is found by its id, its name or the beginning of its id', async () => {
    expect(await find('20260102-moths')).toBe('20260102-moths');
    expect(await find('Old moths')).toBe('20260101-moths');
    expect(await find('20260101')).toBe('20260101-moths');
  });

  it('is the newest that fits when it is called latest', async () => {
    expect(await find('latest')).toBe('20260103-book');
    expect(await find('latest', tableModel)).toBe('20260102-moths');
    expect(await find('latest', languageModel)).toBe('20260103-book');
    expect(await find('latest', resumableRun)).toBe('20260102-rents');
  });

  it('is refused when the name could be several', async () => {
    await expect(find('20260102')).rejects.toThrow('could be several runs: 20260102-moths, 20260102-rents.');
  });

  it('is refused when there is none of that name', async () => {
    await expect(find('nonesuch')).rejects.toThrow('There is no run called "nonesuch"');
  });

  it('is refused when it does not fit, with what it is good for', async () => {
    await expect(find('Book', tableModel)).rejects.toMatchObject({
      message: 'The run 20260103-book (finished) is not a trained model for tables.',
      advice: 'It writes text: use "local-model-lab generate".',
    });
    await expect(find('20260102-rents', tableModel)).rejects.toMatchObject({
      advice: 'Go on with "local-model-lab train --resume 20260102-rents".',
    });
  });
});
