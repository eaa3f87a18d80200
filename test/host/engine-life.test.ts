import assert from 'node:assert/strict';
import { chmod, mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import {
  beans,
  closeEditors,
  finished,
  lab,
  lives,
  open,
  rhymes,
  run,
  trainTable,
  until,
  workspaceFile,
  write,
  stepsOf,
} from './lab';

describe('the life of the engines', () => {
  after(closeEditors);

  it('starts the serving engine again after it was killed, with nothing left over', async function () {
    this.timeout(180_000);
    const api = await lab();
    const file = await write('life.csv', beans(100));
    const editor = await open(file);
    await trainTable(file);
    await until(() => api.marks(file.toString()).length > 20, 'marks');
    const before = api.counts();
    const pid = api.pids().serving;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    await until(() => !lives(pid), 'it is dead');
    await editor.edit((edit) => edit.replace(editor.document.lineAt(1).range, '4.0,13.0,red,lima'));
    await until(
      () => api.marks(file.toString()).find(({ line, look }) => line === 1 && look === 'wrong'),
      'the edit is predicted by the new engine',
    );
    const next = api.pids().serving;
    assert.ok(next !== undefined && next !== pid);
    assert.deepEqual(api.counts(), before, 'no listener was added');
  });

  it('resumes a training whose process was killed', async function () {
    this.timeout(180_000);
    const api = await lab();
    const file = await write('killed.txt', rhymes(1500));
    await open(file);
    await run('trainLanguageModel', file);
    await until(() => stepsOf(api, file) > 30, 'steps are made', 60_000);
    const folder = api.state().training?.runFolder;
    const [pid] = api.pids().learning;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    const [next] = await until(() => {
      const pids = api.pids().learning;
      return pids.length > 0 && !pids.includes(pid) && pids;
    }, 'another process takes over');
    assert.ok(next);
    assert.match(api.state().notice?.message ?? '', /last checkpoint/);
    await until(() => api.state().training?.state === 'running', 'it runs');
    assert.equal(api.state().training?.runFolder, folder, 'the same run goes on');
    await api.send({ type: 'dismissNotice' });
    await run('stop');
    await finished(api);
    await until(() => !lives(next), 'the learning process ends with its training');
  });

  it('lets a second training wait for the first, which may be taken back', async function () {
    this.timeout(120_000);
    const api = await lab();
    const file = await write('twice.txt', rhymes(1500));
    await open(file);
    await run('trainLanguageModel', file);
    await until(() => stepsOf(api, file) > 0, 'it runs', 60_000);
    void run('trainLanguageModel', file);
    const [waiting] = await until(() => {
      const { queue } = api.state();
      return queue?.length === 1 && queue;
    }, 'it waits');
    assert.equal(waiting?.datasetPath, file.fsPath);
    assert.equal(api.pids().learning.length, 1, 'no second one was started');
    const first = api.state().training?.runFolder;
    await run('stop');
    await until(
      () => {
        const { training } = api.state();
        return training !== undefined && training.runFolder !== first && training.step > 0;
      },
      'the second begins when the first has ended',
      60_000,
    );
    void run('trainLanguageModel', file);
    const [third] = await until(() => {
      const { queue } = api.state();
      return queue?.length === 1 && queue;
    }, 'a third waits');
    await api.send({ type: 'unqueue', id: third?.id });
    assert.deepEqual(api.state().queue, []);
    await run('stop');
    await finished(api);
  });

  it('says what to do when the runs cannot be written', async function () {
    this.timeout(120_000);
    const api = await lab();
    const file = await write('locked.csv', beans(60));
    await open(file);
    // A file stands where the folder should be: not even root can write into it.
    await write('locked-runs', 'not a folder');
    await mkdir(workspaceFile('.vscode'), { recursive: true });
    const settings = vscode.workspace.getConfiguration('modelLab');
    await settings.update('runsFolder', 'locked-runs', vscode.ConfigurationTarget.Workspace);
    try {
      void run('train', file);
      const notice = await until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return api.state().notice;
      }, 'a notice');
      assert.equal(notice.severity, 'error');
      assert.ok(notice.advice, notice.message);
    } finally {
      await settings.update('runsFolder', undefined, vscode.ConfigurationTarget.Workspace);
      await api.send({ type: 'dismissNotice' });
    }
    await chmod(workspaceFile('locked-runs'), 0o644);
  });
});
