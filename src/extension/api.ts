/**
 * What `activate` returns, for the tests in the extension host only: it may change with any version and is not an
 * interface for other extensions.
 */
import type { TextEditor } from 'vscode';
import type { SharedState } from './lab/lab-model';
import type { ShownMarks } from './marks/decorations';
import type { Timings } from './timings';

export interface ShownMark {
  /** From 0. */
  readonly line: number;
  readonly text: string;
  readonly look: 'right' | 'wrong' | 'unsure' | 'plain' | 'header';
}

export interface LabApi {
  /** Undefined before anything needed the Lab. */
  state(): SharedState | undefined;
  timings(): Timings;
  /** Process ids of the engines that live. */
  pids(): { readonly serving: number | undefined; readonly learning: readonly number[] };
  /** Texts beside the rows of a visible document, by line. */
  marks(uri: string): readonly ShownMark[];
  /** What an editor shows; undefined where it carries no marks. */
  shownMarks(editor: TextEditor): ShownMarks | undefined;
  statusBar(): string;
  contextKeys(): Readonly<Record<string, string | boolean>>;
  /** Marked documents, open grids, and what the extension's scope holds: neither may grow with restarts. */
  counts(): { readonly sessions: number; readonly grids: number; readonly disposables: number };
  /** Handles a message as if the Lab's page had sent it. */
  send(message: unknown): Promise<void>;
  /** What `deactivate` does. */
  shutDown(): Promise<void>;
}
