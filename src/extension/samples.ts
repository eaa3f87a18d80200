/** The samples that come with the extension: opened from the workspace where they are part of it. */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type DatasetShape, kindsOfShape, LabError } from '../protocol';

/** Opens the sample of the usual kind and answers with its file. One outside the workspace is the extension's own copy and is opened from a copy of ours. */
export async function openSample(
  shape: DatasetShape,
  extension: vscode.Uri,
  storage: vscode.Uri,
): Promise<vscode.Uri> {
  const name = kindsOfShape(shape).find(({ sample }) => sample !== undefined)?.sample;
  if (name === undefined) throw new LabError('file', `There is no sample of a ${shape}.`);
  const inWorkspace = (vscode.workspace.workspaceFolders ?? []).map((folder) =>
    path.join(folder.uri.fsPath, name),
  );
  const file = (await firstThatExists(inWorkspace)) ?? (await ownCopy(name, extension, storage));
  const uri = vscode.Uri.file(file);
  // A preview would take the place of the walkthrough, which is one itself.
  await vscode.window.showTextDocument(uri, { preview: false });
  return uri;
}

/** The extension's folder is replaced at every update: what the user edits lives in the extension's storage. */
async function ownCopy(name: string, extension: vscode.Uri, storage: vscode.Uri): Promise<string> {
  const source = vscode.Uri.joinPath(extension, 'samples', name).fsPath;
  const target = vscode.Uri.joinPath(storage, 'samples', name).fsPath;
  if (await firstThatExists([target])) return target;
  try {
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.copyFile(source, target);
    return target;
  } catch (thrown) {
    throw new LabError('file', `The sample ${name} could not be opened.`, {
      advice: 'Open a CSV or a text file of your own instead.',
      cause: thrown,
    });
  }
}

async function firstThatExists(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const exists = await fs.access(file).then(
      () => true,
      () => false,
    );
    if (exists) return file;
  }
  return undefined;
}
