/** Failures of actions, shown to the person: what is wrong, where, and what to do; in full in the log. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError, describeError, joinSentences, LabError, type Notice } from '../protocol';
import { tellError } from './messages';

/** Where failures go: the log, a notification, and the notice inside the Lab. */
export class Failures {
  readonly #log: vscode.LogOutputChannel;
  readonly #setNotice: (notice: Notice) => void;
  readonly #watched: () => boolean;

  /** `watched`: whether a view of the Lab shows, which says the same as a notification would. */
  constructor(log: vscode.LogOutputChannel, setNotice: (notice: Notice) => void, watched: () => boolean) {
    this.#log = log;
    this.#setNotice = setNotice;
    this.#watched = watched;
  }

  /** Shows what an action threw. A cancelled action says nothing. */
  show(action: string, thrown: unknown): void {
    if (thrown instanceof CancelledError) return;
    const error = LabError.from(thrown);
    this.log(action, error);
    const { message, advice, place } = error;
    this.#setNotice({ severity: 'error', message: whereOf(error) + message, advice, path: place?.path });
    this.#notify(error).catch((again: unknown) => this.log('Showing where it failed', again));
  }

  /** For failures of background work: the log only. */
  log(action: string, thrown: unknown): void {
    if (thrown instanceof CancelledError) return;
    const error = LabError.from(thrown);
    const cause = error.cause instanceof Error ? error.cause : error;
    this.#log.error(`${action}: ${describeError(error)}`, ...(error.code === 'internal' ? [cause] : []));
  }

  /** In full where nothing else is in sight; a visible Lab says it, and only the way to the log is missing there. */
  async #notify(error: LabError): Promise<void> {
    const { place } = error;
    const isWatched = this.#watched();
    const showLine = place?.path !== undefined && place.line !== undefined ? 'Show Line' : undefined;
    const showLog = error.code === 'internal' || error.code === 'engine-gone' ? 'Show Log' : undefined;
    if (isWatched && showLog === undefined) return;
    const buttons = [isWatched ? undefined : showLine, showLog].filter((button) => button !== undefined);
    const words = joinSentences(whereOf(error) + error.message, error.advice);
    const choice = await tellError(
      isWatched ? 'Something went wrong: the Lab says what.' : words,
      ...buttons,
    );
    if (choice === undefined) return;
    if (choice === showLog) this.#log.show();
    else if (place?.path !== undefined) await goToLine(place.path, place.line ?? 1);
  }
}

/** `moths.csv line 8: `, as far as it is known. */
function whereOf({ place }: LabError): string {
  if (place?.path === undefined) return '';
  return `${path.basename(place.path)}${place.line === undefined ? '' : ` line ${place.line}`}: `;
}

async function goToLine(file: string, line: number): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
}
