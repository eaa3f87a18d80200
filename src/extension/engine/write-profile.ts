/** "Write Engine Profile": where the time of a training, or of predictions and texts, went, for a trace viewer. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LabError } from '../../protocol';
import { choose, tell } from '../messages';
import type { EngineRecord } from './engine-record';

/** Asks which engine and where, unless the file is given. */
export async function writeProfile(record: EngineRecord, given?: vscode.Uri): Promise<void> {
  const choices = record.profiled();
  const [first] = choices;
  const chosen =
    given !== undefined || choices.length < 2
      ? first
      : await choose(choices, { placeHolder: 'Whose times?' });
  if (!chosen) return;
  const file = given ?? (await askWhere());
  if (!file) return;
  if (file.scheme !== 'file') {
    throw new LabError('invalid', `A profile cannot be written to ${file.toString()}.`, {
      advice: 'Choose a folder of this machine.',
    });
  }
  await chosen.write(file);
  if (given !== undefined) return;
  const open = 'Open File';
  const answer = await tell(
    `The profile is in ${path.basename(file.fsPath)}. Trace viewers open it, for example Perfetto (ui.perfetto.dev) or chrome://tracing.`,
    open,
  );
  if (answer === open) await vscode.window.showTextDocument(file);
}

function askWhere(): Thenable<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = 'model-lab.trace.json';
  return vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {}),
    filters: { 'Trace files': ['json'] },
    title: 'Write Engine Profile',
  });
}
