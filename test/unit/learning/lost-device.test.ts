/** A driver that aborts takes the process of the training along: what the next process makes of the run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/engine/backends';
import { readRunFile, writeRunFile } from '../../../src/engine/runs';
import type { ExperimentInput } from '../../../src/protocol';
import { InterruptAfter, textExperiment, verses, Workplace } from './training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  await place.write('verses.txt', verses(400));
});
afterAll(() => place.close());

const experiment = (provider: ExperimentInput['provider'] = 'webgpu'): ExperimentInput => ({
  ...textExperiment('verses.txt', { steps: 12, evaluateEvery: 4, sampleEvery: 0 }),
  provider,
});

/** The engine with a device beside it, on which it computes as ever. */
const withDevice = (): Backend => ({
  ...place.backend,
  others: ['webgpu'],
  on: () => Promise.resolve({ ...place.backend, provider: 'webgpu', dispose: () => undefined }),
});

const withDeviceThatBreaks = (): Backend => ({
  ...place.backend,
  others: ['webgpu'],
  on: () => Promise.reject(new Error('the driver would abort here')),
});

/** Leaves a run that was interrupted as a process leaves it that is killed: still at work, silent since long ago. */
async function leaveAsKilled(runFolder: string): Promise<void> {
  const run = await readRunFile(runFolder);
  await writeRunFile(runFolder, { ...run, state: 'running', updated: new Date(0).toISOString() });
}

async function cut(provider?: ExperimentInput['provider']): Promise<string> {
  const { summary } = await place.train(experiment(provider), {
    backend: withDevice(),
    control: new InterruptAfter(3),
  });
  expect(summary).toMatchObject({ state: 'interrupted', canResume: true });
  return summary.folder;
}

const lost = expect.objectContaining({
  code: 'device-lost',
  message: expect.stringContaining('while it used webgpu and goes on with the processor') as string,
}) as object;

describe('A run that is gone on with', () => {
  it('uses its device again when it was interrupted in good order', async () => {
    const { summary } = await place.resume(await cut(), { backend: withDevice() });
    expect(summary).toMatchObject({ state: 'finished', environment: { provider: 'webgpu' }, alerts: [] });
  });

  it('goes on on the processor, and says so, when its process vanished while it computed on a device', async () => {
    const runFolder = await cut();
    await leaveAsKilled(runFolder);
    const { summary, snapshot } = await place.resume(runFolder, { backend: withDeviceThatBreaks() });
    expect(summary).toMatchObject({ state: 'finished', environment: { provider: 'cpu' }, alerts: [lost] });
    expect(snapshot.alerts).toEqual([lost]);
    expect((await readRunFile(runFolder)).alerts).toEqual([lost]);
  });

  it('does so, too, when its process vanished while it tried a device', async () => {
    const runFolder = await cut();
    const { environment, ...untried } = await readRunFile(runFolder);
    expect(environment?.provider).toBe('webgpu');
    await writeRunFile(runFolder, { ...untried, state: 'preparing', updated: new Date(0).toISOString() });
    const { summary } = await place.resume(runFolder, { backend: withDeviceThatBreaks() });
    expect(summary).toMatchObject({ state: 'finished', environment: { provider: 'cpu' }, alerts: [lost] });
  });

  it('stays on the processor from then on, however it ends there', async () => {
    const runFolder = await cut();
    await leaveAsKilled(runFolder);
    for (const leave of [() => Promise.resolve(), () => leaveAsKilled(runFolder)]) {
      const { summary } = await place.resume(runFolder, {
        backend: withDevice(),
        control: new InterruptAfter(2),
      });
      expect(summary).toMatchObject({
        state: 'interrupted',
        environment: { provider: 'cpu' },
        alerts: [lost],
      });
      await leave();
    }
    const { summary } = await place.resume(runFolder, { backend: withDevice() });
    expect(summary).toMatchObject({ state: 'finished', environment: { provider: 'cpu' }, alerts: [lost] });
  });

  it('says nothing of devices when its process vanished on the processor', async () => {
    const runFolder = await cut('cpu');
    await leaveAsKilled(runFolder);
    const { summary } = await place.resume(runFolder, { backend: withDevice() });
    expect(summary).toMatchObject({ state: 'finished', environment: { provider: 'cpu' }, alerts: [] });
  });
});
