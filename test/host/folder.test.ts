/** A folder of images, from its entry in the explorer to the form. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, extension, lab, run, until, write } from './lab';

describe('a folder', () => {
  let folder: vscode.Uri;
  before(async () => {
    const fixtures = path.join(extension().extensionPath, 'test', 'fixtures', 'images');
    for (const [kind, name] of [
      ['colours', 'rgb.png'],
      ['greys', 'grey.png'],
    ] as const) {
      const bytes = await readFile(path.join(fixtures, name));
      for (let at = 0; at < 8; at++) {
        const { fsPath } = await write(`pictures/${kind}/${at}.png`, bytes);
        folder = vscode.Uri.file(path.dirname(path.dirname(fsPath)));
      }
    }
  });
  after(closeEditors);

  it('of images leads to the form, with their classes to predict and a model that suits', async () => {
    await run('trainFolder', folder);
    const api = await lab();
    const draft = await until(() => {
      const found = api.state().draft;
      return found?.dataset.path === folder.fsPath && found;
    }, 'a form of the folder');
    assert.equal(draft.dataset.source, 'images');
    assert.equal(draft.target, 'class');
    assert.ok(draft.models.length > 0);
    assert.equal(draft.dataset.kind === 'table' ? draft.dataset.columns[0]?.kind : '', 'image');
  });

  it('without anything to learn from is refused in words', async () => {
    const empty = vscode.Uri.file(path.join(folder.fsPath, '..', 'empty'));
    await vscode.workspace.fs.createDirectory(empty);
    await run('trainFolder', empty);
    assert.notEqual((await lab()).state().draft?.dataset.path, empty.fsPath);
  });
});
