/** Using a run: marking an editor with its model, letting it write, deleting it. Asks which run where several would do. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LabError, marksRows, type RunSummary, writeHeadline, writesText } from '../protocol';
import { activeFile, documentLimit, openDocument } from './datasets/files';
import type { Lab } from './lab/lab';
import { requireTrust } from './learning/train-flow';
import { choose } from './messages';
import { samePath } from './runs/same-path';

/** Marks the active editor if it shows the run's dataset; else opens the dataset and marks it. */
export async function useRun(lab: Lab, run: RunSummary): Promise<void> {
  const file = vscode.Uri.file(run.datasetPath);
  await vscode.window.showTextDocument(await openForMarks(file));
  await markFile(lab, file, run);
}

/** Marks a file with a run's model. */
export async function markFile(lab: Lab, file: vscode.Uri, run: RunSummary): Promise<void> {
  if (!requireTrust()) return;
  await lab.marks.mark(await openForMarks(file), run);
  lab.model.update({ stage: 'infer' });
}

/** Shows predictions on a file: with the run it had, else the newest trained on it, else one that is asked for. */
export async function showPredictions(lab: Lab, file: vscode.Uri): Promise<void> {
  if (!requireTrust()) return;
  if (lab.marks.session(file)) {
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
  await openForMarks(file);
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

/** The document of a file; VS Code gives extensions none over 50 MB, and says so in few words. */
async function openForMarks(file: vscode.Uri): Promise<vscode.TextDocument> {
  const open = openDocument(file);
  if (open) return open;
  const stat = await vscode.workspace.fs.stat(file);
  if (stat.size > documentLimit) {
    throw new LabError(
      'file',
      `${path.basename(file.fsPath)} is larger than 50 MB: VS Code does not show such files to extensions, so its rows cannot carry predictions.`,
      {
        advice: 'Split it into smaller files: their rows can be marked.',
        place: { path: file.fsPath },
      },
    );
  }
  return vscode.workspace.openTextDocument(file);
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
