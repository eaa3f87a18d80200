import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  acceptingFirst,
  beans,
  closeEditors,
  lab,
  type LoadedLab,
  open,
  run,
  trainTable,
  until,
  workspaceFile,
  write,
} from './lab';

/** Rows of over 150 characters with the columns of `beans`. */
function wideBeans(rows: number): string {
  const [header = '', ...lines] = beans(rows).trim().split('\n');
  const note = 'a note that is far too long to be read beside the others '.repeat(3).trim();
  return `note,${header}\n${lines.map((line) => `${note},${line}\n`).join('')}`;
}

/** Where it does not come to that, what the Lab knows of it is told, for the race that may lie behind it. */
async function isMarked(api: LoadedLab, file: vscode.Uri): Promise<void> {
  try {
    await until(() => api.marks(file.toString()).length > 10, `${file.path} is marked`);
  } catch (thrown) {
    const { notice, marks, fileRun, runs, status } = api.state();
    const about = {
      notice,
      marks: marks && { path: marks.path, filter: marks.filter, rows: marks.rows },
      fileRun,
      runs: runs.map(({ folder, state, hasModel }) => ({ folder, state, hasModel })),
      status,
      counts: api.counts(),
      visible: vscode.window.visibleTextEditors.map(({ document }) => [
        document.uri.path,
        document.languageId,
      ]),
      problems: vscode.languages.getDiagnostics(file).map(({ message }) => message),
    };
    throw new Error(`${String(thrown)} ${JSON.stringify(about)}`, { cause: thrown });
  }
}

describe('marks in editors', () => {
  let file: vscode.Uri;

  before(async function () {
    this.timeout(120_000);
    await closeEditors();
    file = await write('marked-beans.csv', beans(120));
    await open(file);
    await trainTable(file);
    await isMarked(await lab(), file);
  });
  after(closeEditors);

  it('stand behind rows that leave room, with a sign in the gutter of each', async () => {
    const api = await lab();
    const shown = api.shownMarks(await open(file));
    assert.equal(shown?.placement, 'end');
    assert.ok(shown.signs > 20 && shown.signs === shown.texts.filter(({ kind }) => kind !== 'header').length);
  });

  it('come back when their document turns to another language, as extensions for tables make it', async () => {
    const api = await lab();
    const { document } = await open(file);
    await isMarked(api, file);
    const { languageId } = document;
    const plain = await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await until(() => plain.languageId === 'plaintext', 'the language is another');
    await isMarked(api, file);
    await vscode.languages.setTextDocumentLanguage(plain, languageId);
    await isMarked(api, file);
  });

  it('stand before rows of 150 characters, and behind them where the setting says so', async () => {
    const api = await lab();
    const wide = await write('wide-beans.csv', wideBeans(60));
    const editor = await open(wide);
    await acceptingFirst(run('markWith', wide), () => api.marks(wide.toString()).length > 10);
    const shown = await until(() => {
      const now = api.shownMarks(editor);
      return now?.placement === 'start' && now;
    }, 'the marks stand before the rows');
    const ofRows = shown.texts.filter(({ kind }) => kind !== 'header');
    assert.ok(ofRows.length > 20 && ofRows.every(({ side }) => side === 'before'));
    const settings = vscode.workspace.getConfiguration('modelLab', wide);
    await settings.update('marks.position', 'end', vscode.ConfigurationTarget.Workspace);
    await until(() => api.shownMarks(editor)?.placement === 'end', 'they are behind the rows');
    await settings.update('marks.position', undefined, vscode.ConfigurationTarget.Workspace);
    await until(() => api.shownMarks(editor)?.placement !== 'end', 'the setting is taken back');
  });

  it('keep the filter of their file: another file shows all of its own', async () => {
    const api = await lab();
    await open(file);
    await api.send({ type: 'filter', filter: 'unsure' });
    assert.equal(api.state().marks?.filter, 'unsure');
    const wide = vscode.Uri.file(workspaceFile('wide-beans.csv'));
    await open(wide);
    await isMarked(api, wide);
    await until(() => api.state().marks?.path === wide.fsPath, 'the other file is in front');
    assert.equal(api.state().marks?.filter, 'all');
    await open(file);
    await until(() => api.state().marks?.path === file.fsPath, 'the first file is in front');
    assert.equal(api.state().marks?.filter, 'unsure');
    await api.send({ type: 'filter', filter: 'all' });
  });

  it('tell the Lab which run belongs to the file in front, also while they are hidden', async () => {
    const api = await lab();
    await open(file);
    const { runFolder } = await until(
      () => api.state().fileRun?.path === file.fsPath && api.state().fileRun,
      'the run of the file is told',
    );
    await run('hidePredictions', file);
    assert.equal(api.state().fileRun?.runFolder, runFolder);
    await open(await write('stranger.csv', 'a,b\n1,2\n'));
    await until(() => api.state().fileRun === undefined, 'a file that was never marked has none');
    await open(file);
    await until(() => api.state().fileRun?.runFolder === runFolder, 'coming back, it is told again');
    await run('showPredictions', file);
    await isMarked(api, file);
  });

  it('are not drawn into a comparison of two files', async () => {
    const api = await lab();
    const other = await write('older-beans.csv', beans(100));
    await closeEditors();
    await vscode.commands.executeCommand('vscode.diff', other, file);
    const inside = () =>
      vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === file.toString());
    await until(() => inside().length > 0, 'the comparison shows');
    // Beside it the file has an editor of its own, whose marks show that there are some to be had.
    await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.Two, preview: false });
    await until(() => inside().some((editor) => api.shownMarks(editor)), 'the file itself is marked');
    const marked = inside().filter((editor) => api.shownMarks(editor));
    assert.equal(marked.length, 1);
    assert.equal(marked[0]?.viewColumn, vscode.ViewColumn.Two);
    await closeEditors();
  });

  it('stay with a file that is renamed', async () => {
    const api = await lab();
    await open(file);
    await isMarked(api, file);
    const renamed = vscode.Uri.file(workspaceFile('renamed-beans.csv'));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(file, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await open(renamed);
    await isMarked(api, renamed);
    assert.equal(api.state().marks?.path, renamed.fsPath);
  });

  it('lead to the next wrong row and open its hover, which begins with the verdict', async () => {
    const renamed = vscode.Uri.file(workspaceFile('renamed-beans.csv'));
    const api = await lab();
    const editor = await open(renamed);
    await editor.edit((edit) => edit.replace(editor.document.lineAt(7).range, '9.9,25.0,red,mung'));
    await until(
      () => api.marks(renamed.toString()).some(({ line, look }) => line === 7 && look === 'wrong'),
      'row 7 is wrong now',
    );
    editor.selection = new vscode.Selection(6, 0, 6, 0);
    await run('nextWrongRow');
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 7);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      renamed,
      new vscode.Position(7, 0),
    );
    const words = hovers.flatMap(({ contents }) =>
      contents.map((part) => (part as vscode.MarkdownString).value),
    );
    assert.match(words.join().replaceAll('&nbsp;', ' '), /^✗ Wrong: predicted lima/u);
  });
});
