import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  acceptingFirst,
  beans,
  closeEditors,
  finished,
  lab,
  open,
  rhymes,
  run,
  sleep,
  trainTable,
  until,
  workspaceFile,
  write,
  stepsOf,
} from './lab';

describe('training on a table', () => {
  let file: vscode.Uri;
  let runFolder: string;

  before(async function () {
    this.timeout(120_000);
    await closeEditors();
    file = await write('beans.csv', beans(200));
    await open(file);
    runFolder = await trainTable(file);
  });
  after(closeEditors);

  it('ends with a run on disk, in the list and in the status bar', async () => {
    const api = await lab();
    assert.ok(existsSync(path.join(runFolder, 'run.json')));
    assert.equal(path.dirname(runFolder), workspaceFile(path.join('.model-lab', 'runs')));
    const listed = await until(
      () => api.state().runs.find(({ folder }) => folder === runFolder),
      'the run is listed',
    );
    assert.equal(listed.target, 'kind');
    assert.ok((listed.headline?.value ?? 0) > 0.9, 'it learnt');
    assert.match(api.statusBar(), /\$\(beaker\) kind: accuracy [\d.]+ % on validation rows$/);
    await until(() => api.pids().learning.length === 0, 'its process is gone');
  });

  it('marks every row that shows, with a sign, a value and a confidence', async () => {
    const api = await lab();
    const marks = await until(() => {
      const found = api.marks(file.toString());
      return found.length > 20 && found;
    }, 'marks are drawn');
    const [header, first] = marks;
    assert.match(header?.text ?? '', /^kind: accuracy [\d.]+ % on this file/);
    assert.equal(first?.line, 1);
    for (const mark of marks.slice(1))
      assert.match(mark.text, /^[✓✗?] (lima|mung) (> )?\d+ % · (training|validation)$/);
    for (const part of ['training', 'validation']) {
      assert.ok(
        marks.some(({ text }) => text.startsWith('✓') && text.endsWith(`· ${part}`)),
        `${part} rows say so`,
      );
    }
    assert.equal(api.state().marks?.rows, 200);
    assert.equal(api.contextKeys()['predictions'], 'on');
  });

  it('tells all probabilities of a row on hover', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      file,
      new vscode.Position(3, 2),
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value))
      .join();
    for (const words of ['lima', 'mung', '█', '%', 'row'])
      assert.ok(text.includes(words), `${words} in ${text}`);
  });

  it('follows the row under the cursor', async () => {
    const api = await lab();
    const editor = await open(file);
    editor.selection = new vscode.Selection(5, 0, 5, 0);
    const current = await until(() => {
      const row = api.state().marks?.current;
      return row?.line === 6 && row;
    }, 'the row of line 6');
    assert.equal(current.prediction.probabilities?.length, 2);
  });

  it('predicts a row that is edited and one that is added', async () => {
    const api = await lab();
    const editor = await open(file);
    const before = api.marks(file.toString()).find(({ line }) => line === 2)?.text ?? '';
    assert.match(before, /mung/);
    await editor.edit((edit) => edit.replace(editor.document.lineAt(2).range, '9.9,25.0,red,mung'));
    await until(
      () => api.marks(file.toString()).find(({ line, look }) => line === 2 && look === 'wrong'),
      'line 3 is now taken for a lima bean, which its label is not',
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '4.2,17.5,white,\n'));
    const added = await until(
      () => api.marks(file.toString()).find(({ line, text }) => line === 1 && text.endsWith('· new')),
      'the new row is predicted',
    );
    assert.match(added.text, /^[→?] mung/);
    assert.equal(
      api.marks(file.toString()).find(({ line, look }) => line === 3 && look === 'wrong')?.line,
      3,
    );
  });

  it('goes to the next wrong row', async () => {
    const editor = await open(file);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run('nextWrongRow');
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 3);
  });

  it('filters, hides and shows marks', async () => {
    const api = await lab();
    await api.send({ type: 'filter', filter: 'errors' });
    const errors = api.marks(file.toString()).filter(({ look }) => look !== 'header');
    assert.ok(errors.length > 0 && errors.every(({ look }) => look === 'wrong'));
    await api.send({ type: 'filter', filter: 'all' });
    await run('hidePredictions', file);
    assert.deepEqual(api.marks(file.toString()), []);
    assert.equal(api.contextKeys()['predictions'], 'off');
    await run('togglePredictions', file);
    await until(() => api.marks(file.toString()).length > 20, 'marks are back');
    assert.equal(api.contextKeys()['predictions'], 'on');
  });

  it('marks another file with the same columns', async () => {
    const api = await lab();
    const other = await write('other-beans.csv', beans(30).replaceAll(/,(lima|mung)\n/g, ',\n'));
    await open(other);
    const marks = await acceptingFirst(run('markWith', other), () => {
      const found = api.marks(other.toString());
      return found.length >= 30 && found;
    });
    assert.ok(marks.slice(1).every(({ text }) => text.includes('· new')));
  });

  it('says what is missing in a file with other columns', async () => {
    const api = await lab();
    const other = await write('stones.csv', 'mass,shape\n1,round\n2,flat\n');
    await open(other);
    const notice = await acceptingFirst(run('markWith', other), () => api.state().notice);
    assert.match(`${notice.message} ${notice.advice ?? ''}`, /weight|length|colour|column/i);
    assert.deepEqual(
      api.marks(other.toString()).filter(({ look }) => look !== 'header'),
      [],
    );
    await api.send({ type: 'dismissNotice' });
  });

  it('marks the file again when it is opened again', async () => {
    const api = await lab();
    await closeEditors();
    assert.deepEqual(api.marks(file.toString()), []);
    await open(file);
    await until(() => api.marks(file.toString()).length > 20, 'marks are back by themselves');
  });

  it('measures the model', async () => {
    const api = await lab();
    await api.send({ type: 'measure' });
    const measure = await until(() => api.state().marks?.measure, 'a measure');
    assert.ok(measure.p50Ms > 0 && measure.p95Ms >= measure.p50Ms && measure.rowsPerSecond > 0);
  });

  it('tells of the graphs of the training and where its time went, also as a profile', async () => {
    await run('showEngineDetails');
    const page = await until(() => {
      const document = vscode.window.activeTextEditor?.document;
      const shown = document?.uri.scheme === 'model-lab-details' && document.getText();
      // The page may be open since before; it is then written anew.
      return shown !== false && shown.includes('## Training') && shown;
    }, 'the details of the training are shown');
    assert.match(page, /\| training step +\| +\d+ \|/);
    assert.match(page, /\| running "training step" +\| +\d+ \|/);

    const file = workspaceFile('profile.trace.json');
    await run('writeEngineProfile', vscode.Uri.file(file));
    const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as { traceEvents: { name: string }[] };
    assert.ok(traceEvents.some(({ name }) => name === 'training step'));
  });

  it('begins a second training of the same shape with the graph that the first one has left', async function () {
    this.timeout(120_000);
    await open(file);
    await trainTable(file);
    const kept = /\| training step +\| +\d+ \| +kept from before \|/;
    let shown = '';
    for (let look = 0; look < 10 && !kept.test(shown); look++) {
      await run('showEngineDetails');
      await sleep(500);
      const document = vscode.window.activeTextEditor?.document;
      shown = document?.uri.scheme === 'model-lab-details' ? document.getText() : 'no details are shown';
    }
    assert.match(shown, kept);
  });

  it('opens, renames and deletes a run', async () => {
    const api = await lab();
    const listed = api.state().runs.find(({ folder }) => folder === runFolder);
    await run('openRun', listed);
    assert.equal(api.state().training?.runFolder, runFolder);
    assert.ok((api.state().training?.history.length ?? 0) > 0);
    let renamed = false;
    const renaming = run('renameRun', listed).then(() => {
      renamed = true;
    });
    await acceptingFirst(renaming, () => renamed);
  });
});

describe('training on a text', () => {
  it('learns, is paused and stopped, and then writes', async function () {
    this.timeout(150_000);
    const api = await lab();
    const file = await write('rhymes.txt', rhymes(1500));
    await open(file);
    const started = run('trainLanguageModel', file);
    await until(() => stepsOf(api, file) > 5, 'steps are made', 60_000);
    await started;
    assert.match(api.statusBar(), /step \d/);
    await run('pause');
    await until(() => api.state().status === 'paused', 'it pauses');
    await until(() => api.state().training?.state === 'paused', 'the snapshot says so');
    assert.equal(api.contextKeys()['training'], 'paused');
    const { step } = api.state().training ?? { step: 0 };
    await sleep(500);
    assert.equal(api.state().training?.step, step);
    await run('continue');
    await until(() => (api.state().training?.step ?? 0) > step, 'it goes on');
    await run('stop');
    const runFolder = await finished(api);
    assert.equal(api.state().training?.state, 'stopped');
    const sampling = { temperature: 0.8, topK: 0, topP: 1, seed: 1, length: 80 };
    await api.send({ type: 'generate', runFolder, prompt: 'the moon', sampling });
    const { generation } = api.state();
    assert.equal(generation?.state, 'finished');
    assert.equal(generation.progress?.text.length, 80);
    assert.ok(generation.progress.tokensPerSecond > 0);
  });

  it('stops writing when asked, and inserts the text at the cursor', async () => {
    const api = await lab();
    const model = api
      .state()
      .runs.find((candidate) => candidate.task === 'language-model' && candidate.hasModel);
    assert.ok(model);
    const sampling = { temperature: 0.8, topK: 0, topP: 1, seed: 1, length: 100_000 };
    const writing = api.send({ type: 'generate', runFolder: model.folder, prompt: 'the', sampling });
    await until(() => api.state().generation?.state === 'writing', 'it writes');
    await api.send({ type: 'stopGeneration' });
    await writing;
    assert.equal(api.state().generation?.state, 'stopped');
    const editor = await open(await write('notes.txt', 'start: '));
    editor.selection = new vscode.Selection(0, 7, 0, 7);
    await api.send({ type: 'insertText', text: 'the river' });
    assert.equal(editor.document.getText(), 'start: the river');
    await api.send({ type: 'copyText', text: 'copied' });
    assert.equal(await vscode.env.clipboard.readText(), 'copied');
  });
});
