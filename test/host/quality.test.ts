import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { beans, closeEditors, lab, open, run, until, write } from './lab';

/** Problems of ours on a file that a check has found. */
function found(file: vscode.Uri, check: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(file)
    .filter(({ source, code }) => source === 'Model Lab' && code === check);
}

async function fixesAt(file: vscode.Uri, { range }: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', file, range);
}

async function apply(fix: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(fix?.command, 'the Quick Fix is a command');
  await vscode.commands.executeCommand(fix.command.command, ...((fix.command.arguments ?? []) as unknown[]));
}

/** Beans with a word among the weights, another spelling of a colour and a copy of a row. */
function planted(): string {
  const lines = beans(60).trimEnd().split('\n');
  lines[10] = (lines[10] ?? '').replace(/^[^,]+/u, 'heavy');
  lines[21] = (lines[21] ?? '')
    .replace('white', '"Whi,te"')
    .replace('black', '"Bla,ck"')
    .replace('red', '"R,ed"');
  lines.push(lines[30] ?? '');
  return `${lines.join('\n')}\n`;
}

describe('the quality checks', () => {
  const settings = () => vscode.workspace.getConfiguration('modelLab.quality');

  afterEach(async () => {
    await settings().update('malformed-values', undefined, vscode.ConfigurationTarget.Workspace);
    await (await lab()).send({ type: 'dismissNotice' });
    await closeEditors();
  });

  async function checked(name: string): Promise<vscode.TextEditor> {
    const file = await write(name, planted());
    const editor = await open(file);
    await run('trainWithSettings', file);
    await until(() => found(file, 'malformed-values').length > 0, 'a problem');
    return editor;
  }

  it('show their findings on the very cells, with why they matter', async () => {
    const { document } = await checked('quality-cells.csv');
    const [malformed, ...others] = found(document.uri, 'malformed-values');
    assert.equal(others.length, 0);
    assert.equal(document.getText(malformed?.range), 'heavy');
    assert.match(malformed?.message ?? '', /"heavy" is no number.*what was meant is not learnt\.$/su);
    const [spelled] = found(document.uri, 'spellings');
    assert.match(document.getText(spelled?.range), /^".*,.*"$/u);
    const [copy] = found(document.uri, 'duplicate-rows');
    assert.equal(copy?.range.start.line, 61);
    const { quality } = (await lab()).state();
    assert.deepEqual(quality?.findings.map(({ check }) => check).sort(), [
      'duplicate-rows',
      'malformed-values',
      'spellings',
    ]);
  });

  it('are mended by a Quick Fix in one step, which one Undo takes back', async () => {
    const { document } = await checked('quality-mended.csv');
    const before = document.getText();
    const [copy] = found(document.uri, 'duplicate-rows');
    assert.ok(copy);
    const fix = (await fixesAt(document.uri, copy)).find(({ title }) => title.startsWith('Delete the copy'));
    await apply(fix);
    assert.equal(document.lineCount, before.split('\n').length - 1);
    await until(() => found(document.uri, 'duplicate-rows').length === 0, 'no copy any more');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await until(() => found(document.uri, 'duplicate-rows').length === 1, 'the copy again');
  });

  it('fill a cell with the median, and write one spelling, quotes and all', async () => {
    const { document } = await checked('quality-filled.csv');
    const [malformed] = found(document.uri, 'malformed-values');
    assert.ok(malformed);
    const fixes = await fixesAt(document.uri, malformed);
    await apply(fixes.find(({ title }) => title.includes('the median')));
    await until(() => found(document.uri, 'malformed-values').length === 0, 'a number in its place');
    assert.match(document.lineAt(10).text, /^[\d.]+,/u);
    const [spelled] = found(document.uri, 'spellings');
    assert.ok(spelled);
    const [write] = await fixesAt(document.uri, spelled);
    await apply(write);
    assert.match(document.lineAt(21).text, /^[\d.]+,[\d.]+,(?:white|black|red),\w+$/u);
  });

  it('are turned off for the workspace by a Quick Fix, and shown as the settings say', async () => {
    const { document } = await checked('quality-ignored.csv');
    await settings().update('malformed-values', 'error', vscode.ConfigurationTarget.Workspace);
    const error = await until(
      () =>
        found(document.uri, 'malformed-values').find(
          ({ severity }) => severity === vscode.DiagnosticSeverity.Error,
        ),
      'an error',
    );
    const ignore = (await fixesAt(document.uri, error)).find(({ title }) => title.startsWith('Ignore'));
    await apply(ignore);
    await until(() => found(document.uri, 'malformed-values').length === 0, 'no problem any more');
    assert.equal(settings().get('malformed-values'), 'off');
    assert.equal(document.isDirty, false, 'the file is as it was');
  });

  it('take a whole record out of JSON Lines', async () => {
    const records = Array.from({ length: 40 }, (_, at) =>
      JSON.stringify({ size: { w: at + 0.5, h: ((at * 7919) % 97) / 4 }, kind: at % 2 ? 'a' : 'b' }),
    );
    const file = await write('quality.jsonl', [...records, records[5], ''].join('\n'));
    const { document } = await open(file);
    await run('trainWithSettings', file);
    const copy = await until(() => found(file, 'duplicate-rows')[0], 'a problem');
    assert.equal(document.getText(copy.range), records[5]);
    await apply((await fixesAt(file, copy)).find(({ title }) => title.startsWith('Delete')));
    assert.equal(document.getText(), [...records, ''].join('\n'));
  });

  it('leave a column out in the form, and the file as it is', async () => {
    const lines = beans(80).trimEnd().split('\n');
    const held = lines.map((line, at) => (at === 0 ? `note,${line}` : `${at % 9 === 4 ? at : ''},${line}`));
    const file = await write('quality-held.csv', held.join('\n'));
    const { document } = await open(file);
    await run('trainWithSettings', file);
    const missing = await until(() => found(file, 'mostly-missing')[0], 'a problem');
    assert.equal(document.getText(missing.range), 'note');
    await apply((await fixesAt(file, missing)).find(({ title }) => title === 'Leave "note" out'));
    const { leaveOut } = (await lab()).state();
    assert.deepEqual(leaveOut?.columns, ['note']);
    assert.equal(document.isDirty, false);
  });

  it('offer nothing for a text that has been edited since', async () => {
    const editor = await checked('quality-edited.csv');
    const { document } = editor;
    const [malformed] = found(document.uri, 'malformed-values');
    assert.ok(malformed);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '5.1,14.0,red,mung\n'));
    assert.deepEqual(
      (await fixesAt(document.uri, malformed)).map(({ title }) => title),
      [],
    );
    const moved = await until(() => found(document.uri, 'malformed-values')[0], 'the problem again');
    assert.equal(document.getText(moved.range), 'heavy');
  });
});
