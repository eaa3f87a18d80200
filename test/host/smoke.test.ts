import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const manifestName = 'local-model-lab';

describe('the extension in the extension host', () => {
  it('is present and activates', async () => {
    const extension = vscode.extensions.all.find((candidate) => candidate.id.endsWith(`.${manifestName}`));
    assert.ok(extension, `an extension named ${manifestName} is loaded`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('opens on a workspace folder that is a copy of the fixtures', () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'a workspace folder is open');
  });
});
