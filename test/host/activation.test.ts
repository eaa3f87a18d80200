import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { beans, closeEditors, extension, lab, open, run, until, write } from './lab';

describe('activation', () => {
  after(closeEditors);

  it('loads nothing of the Lab and starts no engine', async () => {
    const api = await extension().activate();
    assert.equal(api.state(), undefined);
    assert.deepEqual(api.pids(), { serving: undefined, learning: [] });
  });

  it('tells how long it took', async () => {
    const { loadMs, activateMs } = (await lab()).timings();
    assert.ok(loadMs > 0 && activateMs > 0);
    console.log(`MODEL-LAB-FIGURE load ${loadMs.toFixed(1)} ms, activate ${activateMs.toFixed(1)} ms`);
  });

  it('offers training above the first line of a table without an engine', async () => {
    const editor = await open(await write('lenses.csv', beans(20)));
    const lenses = await until(async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        editor.document.uri,
        10,
      );
      return found.length > 0 && found;
    }, 'lenses are there');
    assert.equal(lenses[0]?.range.start.line, 0);
    assert.match(lenses[0].command?.title ?? '', /Train a model on this file/);
    assert.equal((await lab()).pids().serving, undefined);
  });

  it('keeps the Runs view and the Lab without an engine while there is no run', async () => {
    await closeEditors();
    await vscode.commands.executeCommand('modelLab.runs.focus');
    await run('showLab');
    await run('refreshRuns');
    assert.deepEqual((await lab()).state().runs, []);
    assert.equal((await lab()).pids().serving, undefined);
  });

  it('starts the engine when it is first needed and shows what it is', async () => {
    const api = await lab();
    await run('showEngineDetails');
    const shown = await until(() => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'model-lab-details' && document;
    }, 'the details are shown');
    assert.match(shown.getText(), /Engine, from first need to ready: \d/);
    assert.match(shown.getText(), /Activating: [\d.]+ ms/);
    assert.equal(api.state().status, 'ready');
    assert.ok(api.pids().serving);
    console.log(
      `MODEL-LAB-FIGURE engine ready ${(api.timings().readyMs ?? 0).toFixed(0)} ms after first need`,
    );
  });
});
