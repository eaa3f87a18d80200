import assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  acceptQuickPick,
  activeGrid,
  beans,
  closeEditors,
  finished,
  lab,
  open,
  run,
  until,
  write,
} from './lab';

describe('commands that start from elsewhere than an open table', () => {
  afterEach(async () => {
    await (await lab()).send({ type: 'dismissNotice' });
    await closeEditors();
  });

  it('run an experiment file, whose dataset is looked for beside it', async function () {
    this.timeout(120_000);
    const api = await lab();
    await write('trial/beans.csv', beans(120));
    const file = await write(
      'trial/beans.experiment.json',
      JSON.stringify({
        version: 1,
        dataset: { path: 'beans.csv' },
        task: 'classification',
        target: 'kind',
        model: { family: 'linear', hyperparameters: { epochs: 7, patience: 0 } },
        seed: 5,
      }),
    );
    await open(file);
    await run('runExperimentFile', file);
    await finished(api);
    const { training } = api.state();
    assert.equal(training?.family, 'linear');
    assert.equal(training.epochs, 7);
    assert.equal(path.basename(training.datasetPath), 'beans.csv');
  });

  it('say what is wrong with an experiment file, and train nothing', async () => {
    const api = await lab();
    const broken = await write('broken.experiment.json', '{ "version": 1,');
    await run('runExperimentFile', broken);
    assert.match(api.state().notice?.message ?? '', /JSON/);
    const wrong = await write('wrong.experiment.json', '{ "version": 1, "task": "classification" }');
    await run('runExperimentFile', wrong);
    assert.match(api.state().notice?.message ?? '', /dataset|model/);
    assert.notEqual(api.state().status, 'training');
  });

  it('train on a table that is too large for an editor, by its address alone', async function () {
    this.timeout(180_000);
    const api = await lab();
    const padding = 'the same long words in every row '.repeat(4200);
    const [header = '', ...rows] = beans(400).trimEnd().split('\n');
    const large = await write(
      'large.csv',
      [`story,${header}`, ...rows.map((row) => `${padding},${row}`), ''].join('\n'),
    );
    assert.ok((await vscode.workspace.fs.stat(large)).size > 50 * 1024 * 1024);
    const done = run('train', large);
    await until(
      () => {
        void acceptQuickPick();
        return api.state().status === 'training' || api.state().notice !== undefined;
      },
      'the training starts',
      90_000,
    );
    await done;
    const folder = await finished(api);
    const listed = await until(
      () => api.state().runs.find((candidate) => candidate.folder === folder && candidate.hasModel),
      'the run is listed',
    );
    assert.equal(listed.datasetPath, large.fsPath);
    await run('useRun', listed);
    // VS Code shows extensions no text of that size: the marks stand in a grid.
    await until(() => activeGrid()?.uri.toString() === large.toString(), 'its grid is in front');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(large);
  });
});
