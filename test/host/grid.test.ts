import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { gridTypes } from '../../src/extension/contributions';
import { activeGrid, beans, closeEditors, lab, run, until, write } from './lab';

describe('a grid', () => {
  afterEach(closeEditors);

  it('is opened by the command, is the file that the Lab is about, and leaves nothing behind', async () => {
    const api = await lab();
    const file = await write('grid/beans.csv', beans(50));
    const before = api.counts();
    for (let turn = 0; turn < 3; turn++) {
      await run('openAsGrid', file);
      await until(() => activeGrid()?.uri.toString() === file.toString(), 'the grid is in front');
      assert.equal(activeGrid()?.viewType, gridTypes.tables);
      await until(() => api.counts().grids === before.grids + 1, 'the grid is there');
      await until(() => api.contextKeys()['openFile'] === 'table', 'the file counts as the one in front');
      await closeEditors();
      await until(() => api.counts().grids === before.grids, 'the grid has gone');
    }
    assert.equal(api.counts().disposables, before.disposables);
  });

  it('is opened twice for a file in two groups, each by itself', async () => {
    const api = await lab();
    const file = await write('grid/two.csv', beans(20));
    const before = api.counts().grids;
    await run('openAsGrid', file);
    await until(() => api.counts().grids === before + 1, 'the first grid is there');
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    await until(() => api.counts().grids === before + 2, 'the second grid is there');
  });
});
