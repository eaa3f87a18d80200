/** Whoever comes back to a file that has a model finds its run in the Lab, not an empty form. */
import type * as vscode from 'vscode';
import { type RunSummary, writesText } from '../../protocol';
import { activeFile } from '../datasets/files';
import { samePath } from '../runs/same-path';
import type { Lab } from './lab';

/** Shows the run of the file that has come to the front, unless a training is going on. */
export async function showRunOf(file: vscode.Uri, lab: Lab): Promise<void> {
  const { training, model, actions } = lab;
  if (training.state !== undefined) return;
  const run = await runOf(file, lab);
  const isInFront = () => activeFile()?.toString() === file.toString();
  if (!isInFront()) return;
  if (run && run.folder !== model.state.training?.runFolder) await actions.show(run, isInFront);
}

/** A table's is the one that marks it; a text's is the newest. */
async function runOf(file: vscode.Uri, { marks, runs }: Lab): Promise<RunSummary | undefined> {
  const marked = marks.session(file)?.run ?? (await marks.rememberedRun(file));
  if (marked) return marked;
  const known = await runs.load();
  return known.find((run) => run.hasModel && writesText(run.task) && samePath(run.datasetPath, file.fsPath));
}
