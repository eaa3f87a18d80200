import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { beans, closeEditors, lab, open, rhymes, run, stepsOf, until, write } from './lab';

describe('a file that another program writes', () => {
  afterEach(closeEditors);

  it('is looked at anew when it has changed on disk, and never in half', async () => {
    const file = await write('growing.csv', beans(40));
    await open(file);
    await run('trainWithSettings', file);
    const api = await lab();
    const rows = (): number | undefined => {
      const { draft } = api.state();
      return draft?.dataset.kind === 'table' && draft.dataset.path === file.fsPath
        ? draft.dataset.rows
        : undefined;
    };
    await until(() => rows() === 40, 'the form of 40 rows');
    const seen = new Set<number | undefined>();
    const watch = setInterval(() => seen.add(rows()), 20);
    const whole = beans(90);
    const half = Math.floor(whole.length / 2);
    await writeFile(file.fsPath, whole.slice(0, half));
    await sleep(1200);
    await appendFile(file.fsPath, whole.slice(half));
    await until(() => rows() === 90, 'the form of 90 rows');
    clearInterval(watch);
    assert.deepEqual(
      [...seen].filter((count) => count !== 40 && count !== 90 && count !== undefined),
      [],
    );
  });

  it('while a model learns from it stops the training with a sentence', async function () {
    this.timeout(120_000);
    const api = await lab();
    const file = await write('growing.txt', rhymes(1500));
    await open(file);
    await run('trainLanguageModel', file);
    await until(() => stepsOf(api, file) > 0, 'steps are made', 60_000);
    await appendFile(file.fsPath, rhymes(10));
    const told = await until(() => {
      const { notice } = api.state();
      return notice?.severity === 'error' && notice;
    }, 'it is told');
    assert.match(told.message, /growing\.txt was changed at \d\d:\d\d, while the model was learning from it/);
    assert.match(told.advice ?? '', /Train again/);
    await until(() => api.state().training?.state === 'failed', 'the training has ended');
    await api.send({ type: 'dismissNotice' });
  });
});
