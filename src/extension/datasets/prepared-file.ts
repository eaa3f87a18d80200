/** "Save as a new file": the active table as the steps of its preparation leave it. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CancelledError,
  LabError,
  preparedFile,
  type ReadingWishes,
  WritePrepared,
  writeCounted,
} from '../../protocol';
import type { EngineCaller } from '../engine/caller';
import { showingProgress, tell } from '../messages';
import { openDocument, savedHere } from './files';

/** Asks where, writes there and offers to open the file. Nothing is written where the user ends it. */
export async function savePrepared(
  engine: EngineCaller,
  file: vscode.Uri,
  reading: ReadingWishes,
): Promise<void> {
  const { dir, name } = path.parse(file.fsPath);
  const output = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(path.join(dir, preparedFile.nameOf(name))),
    filters: { [preparedFile.title]: [preparedFile.ending] },
    title: 'Save Prepared Table',
  });
  if (output === undefined) return;
  if (output.scheme !== 'file') {
    throw new LabError('invalid', `The table cannot be written to ${output.toString()}.`, {
      advice: 'Choose a folder of this machine.',
    });
  }
  const document = openDocument(file);
  const question = {
    path: file.fsPath,
    text: document?.isDirty === true ? document.getText() : undefined,
    settled: savedHere(document),
    kind: 'table',
    output: output.fsPath,
    ...reading,
  };
  const rows = await showingProgress('Writing the prepared table', (tellShare, signal) =>
    engine.call(WritePrepared, question, {
      signal,
      onProgress: ({ rows: done, total }) => tellShare(done / total),
    }),
  ).then(
    (written) => written.rows,
    (thrown: unknown) => {
      if (thrown instanceof CancelledError) return undefined;
      throw thrown;
    },
  );
  if (rows === undefined) return;
  const open = 'Open File';
  const answer = await tell(`${writeCounted(rows, 'row')} written to ${path.basename(output.fsPath)}.`, open);
  if (answer === open) await vscode.window.showTextDocument(output);
}
