import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, lab, lives, open, rhymes, run, until, write, stepsOf } from './lab';

/** Last of all (files run in the order of their names): nothing works after it. */
describe('the end of the extension', () => {
  it('leaves an interrupted run, no process and no subscription', async function () {
    this.timeout(120_000);
    const api = await lab();
    await closeEditors();
    const file = await write('last.txt', rhymes(1500));
    await open(file);
    await run('trainLanguageModel', file);
    await until(() => stepsOf(api, file) > 5, 'steps are made', 60_000);
    const { serving, learning } = api.pids();
    assert.ok(serving !== undefined && learning.length === 1);
    await api.shutDown();
    for (const pid of [serving, ...learning]) assert.equal(lives(pid), false, `process ${pid} has ended`);
    assert.equal(api.counts().disposables, 0);
    assert.equal(api.counts().sessions, 0);
    const commands = await vscode.commands.getCommands(true);
    assert.equal(commands.filter((name) => name === 'modelLab.train').length, 0, 'its commands are gone');
  });
});
