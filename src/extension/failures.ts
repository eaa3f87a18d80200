/** Failures of actions, shown to the person: what is wrong, where, and what to do; in full in the log. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError, describeError, joinSentences, LabError, type Notice } from '../protocol';
import { tellError } from './messages';

/** Where failures go: the log, a notification, and the notice inside the Lab. */
export class Failures {
  readonly #log: vscode.LogOutputChannel;
  readonly #setNotice: (notice: Notice) => void;

  constructor(log: vscode.LogOutputChannel, setNotice: (notice: Notice) => void) {
    this.#log = log;
    this.#setNotice = setNotice;
  }

  /** Shows what an action threw. A cancelled action says nothing. */
  show(action: string, thrown: unknown): void {
    if (thrown instanceof CancelledError) return;
    const error = LabError.from(thrown);
    this.log(action, error);
    this.#setNotice({ severity: 'error', message: error.message, advice: error.advice });
    void this.#notify(error);
  }

  /** For failures of background work: the log only. */
  log(action: string, thrown: unknown): void {
    if (thrown instanceof CancelledError) return;
    const error = LabError.from(thrown);
    const cause = error.cause instanceof Error ? error.cause : error;
    this.#log.error(`${action}: ${describeError(error)}`, ...(error.code === 'internal' ? [cause] : []));
  }

  async #notify(error: LabError): Promise<void> {
    const { place } = error;
    const showPlace = place?.path !== undefined && place.line !== undefined ? 'Show Line' : undefined;
    const showLog = error.code === 'internal' || error.code === 'engine-gone' ? 'Show Log' : undefined;
    const buttons = [showPlace, showLog].filter((button) => button !== undefined);
    const where = place?.path === undefined ? '' : `${path.basename(place.path)}${lineOf(error)}: `;
    const choice = await tellError(joinSentences(`${where}${error.message}`, error.advice), ...buttons);
    if (choice === undefined) return;
    if (choice === showLog) this.#log.show();
    else if (place?.path !== undefined) await showLine(place.path, place.line ?? 1);
  }
}

function lineOf(error: LabError): string {
  return error.place?.line === undefined ? '' : ` line ${error.place.line}`;
}

async function showLine(file: string, line: number): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
}
