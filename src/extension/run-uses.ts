/** Using a run: marking an editor with its model, letting it write, deleting it. Asks which run where several would do. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LabError, marksRows, type RunSummary, writeHeadline, writesText } from '../protocol';
import { activeFile, activeGrid, onlyInGrid, openDocument } from './datasets/files';
import { openAsGrid } from './grid/grids';
import type { Lab } from './lab/lab';
import { requireTrust } from './learning/train-flow';
import { choose } from './messages';
import { samePath } from './runs/same-path';

/** Marks the active editor if it shows the run's dataset; else opens the dataset and marks it. */
export async function useRun(lab: Lab, run: RunSummary): Promise<void> {
  const file = vscode.Uri.file(run.datasetPath);
  if (!(await isMarkedInGrid(file))) await vscode.window.showTextDocument(await openDocumentOf(file));
  await markFile(lab, file, run);
}

/** Marks a file with a run's model. */
export async function markFile(lab: Lab, file: vscode.Uri, run: RunSummary): Promise<void> {
  if (!requireTrust()) return;
  if (await isMarkedInGrid(file)) {
    await lab.grids.mark(file, run);
    if (activeGrid()?.toString() !== file.toString()) await openAsGrid(file);
  } else await lab.marks.mark(await openDocumentOf(file), run);
  lab.model.update({ stage: 'infer' });
}

/** Shows predictions on a file: with the run it had, else the newest trained on it, else one that is asked for. */
export async function showPredictions(lab: Lab, file: vscode.Uri): Promise<void> {
  if (!requireTrust()) return;
  if (!(await isMarkedInGrid(file)) && lab.marks.session(file)) {
    const filter = lab.marks.filterOf(file);
    lab.marks.setFilter(filter === 'off' ? 'all' : filter, file);
    return;
  }
  await lab.runs.load();
  const run = (await lab.marks.rememberedRun(file)) ?? lab.runs.trainedOn(file);
  if (run) await markFile(lab, file, run);
  else await markWith(lab, file);
}

/** Asks which run shall mark a file; those that were trained on it first. */
export async function markWith(lab: Lab, file: vscode.Uri): Promise<void> {
  if (!requireTrust()) return;
  const candidates = (await lab.runs.load()).filter((run) => run.hasModel && marksRows(run.task));
  const run = await chooseRun(
    [
      ...candidates.filter((candidate) => samePath(candidate.datasetPath, file.fsPath)),
      ...candidates.filter((candidate) => !samePath(candidate.datasetPath, file.fsPath)),
    ],
    `Which model shall predict ${path.basename(file.fsPath)}?`,
  );
  if (run === undefined) return;
  if (run === 'none') {
    throw new LabError('mismatch', 'There is no trained model for tables yet.', {
      advice: 'Train one first: "Model Lab: Train Model on This File".',
    });
  }
  await markFile(lab, file, run);
}

/** Opens the Generate stage with a text model: the given one, the only one, or one that is asked for. */
export async function generateWithRun(lab: Lab, given?: RunSummary): Promise<void> {
  const candidates = (await lab.runs.load()).filter((run) => run.hasModel && writesText(run.task));
  const run = given ?? (await chooseRun(candidates, 'Which model shall write?'));
  if (run === undefined) return;
  if (run === 'none') {
    throw new LabError('mismatch', 'There is no trained language model yet.', {
      advice: 'Open a text and train one first: "Model Lab: Train Language Model on This File".',
    });
  }
  const { generation } = lab.model.state;
  const isOther = generation?.runFolder !== run.folder;
  lab.model.update({
    stage: 'generate',
    ...(isOther
      ? { generation: { runFolder: run.folder, state: 'idle', prompt: promptFromEditor(), notes: [] } }
      : {}),
  });
  await lab.showLab();
}

/** The selected text of the active editor, if it is short enough to be a beginning. */
function promptFromEditor(): string {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  return selected.length <= 2000 ? selected : '';
}

async function chooseRun(
  runs: readonly RunSummary[],
  title: string,
): Promise<RunSummary | 'none' | undefined> {
  const [first] = runs;
  if (!first) return 'none';
  if (runs.length === 1) return first;
  const choice = await choose(
    runs.map((run) => ({
      label: run.name,
      description: path.basename(run.datasetPath),
      ...(run.headline ? { detail: writeHeadline(run.headline) } : {}),
      run,
    })),
    { title, matchOnDescription: true },
  );
  return choice?.run;
}

/** Whether a file's rows are marked in a grid: in the one in front, or because only a grid can show the file. */
export async function isMarkedInGrid(file: vscode.Uri): Promise<boolean> {
  return activeGrid()?.toString() === file.toString() || (await onlyInGrid(file));
}

/** Of a file: marked and shown, or a model is known for it, or nothing is known. */
export function predictionsOf({ marks, grids }: Lab, file: vscode.Uri): 'on' | 'off' | undefined {
  return activeGrid()?.toString() === file.toString() ? grids.stateOf(file) : marks.stateOf(file);
}

/** Takes the marks off a file, in the editor or the grid in front. */
export function hidePredictions({ marks, grids }: Lab, file: vscode.Uri): Promise<void> {
  return activeGrid()?.toString() === file.toString() ? grids.hide(file) : marks.hide(file);
}

async function openDocumentOf(file: vscode.Uri): Promise<vscode.TextDocument> {
  return openDocument(file) ?? (await vscode.workspace.openTextDocument(file));
}

/** The file that a command is about: its argument (menus, lenses), else the active tab's. */
export function fileOf(argument: unknown): vscode.Uri {
  const file = argument instanceof vscode.Uri ? argument : activeFile();
  if (file?.scheme === 'file') return file;
  throw new LabError('file', file ? 'This is not a file on disk.' : 'No file is open.', {
    advice: 'Open a table (CSV, TSV) or a text, saved on disk, and try again.',
  });
}

/** Asks, deletes a run, and takes away what was to come of it: marks, and a training that waits to go on with it. */
export async function deleteRun({ actions, marks, queue }: Lab, run: RunSummary): Promise<void> {
  if (!(await actions.delete(run))) return;
  queue.forgetRun(run.folder);
  await marks.forgetRun(run.folder);
}
