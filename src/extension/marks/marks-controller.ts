/**
 * Which documents are marked with which run: a session per document, remembered over the end of the window. Predictions
 * come from the engine; nothing is computed here.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  LabError,
  type MarkFilter,
  type Marks,
  ReadMark,
  type RowPrediction,
  type RunSummary,
} from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import { openDocument } from '../datasets/files';
import type { Problems } from '../datasets/problems';
import type { ReadingMemory } from '../datasets/reading-memory';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { initialMarkFilter, marksAutomatically } from '../settings';
import { KeystrokeClock } from './keystroke-clock';
import { MarkFilters } from './mark-filters';
import type { MarkMemory } from './mark-memory';
import { nextWrongRow, rowAtLine } from './mark-rows';
import { MarkSession } from './mark-session';
import { MarkedEditors } from './marked-editors';
import { MarksStateOfLab } from './marks-state';

export interface MarksControllerOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly problems: Problems;
  readonly memory: MarkMemory;
  readonly readings: ReadingMemory;
  /** Folder of the extension, for its pictures. */
  readonly extension: vscode.Uri;
  /** The list of runs, to find a remembered run again. */
  readonly runs: () => Promise<readonly RunSummary[]>;
  readonly onFailure: (action: string, thrown: unknown) => void;
}

/** A row, and the marks that it is one of. */
export interface RowInFull {
  readonly marks: Marks;
  readonly prediction: RowPrediction;
}

export class MarksController implements Disposable {
  readonly editors: MarkedEditors;
  readonly clock = new KeystrokeClock();
  readonly #options: MarksControllerOptions;
  readonly #memory: MarkMemory;
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<void>());
  /** Marks came, went, or are shown otherwise. */
  readonly onDidChange = this.#changed.event;
  readonly #sessions = new Map<string, MarkSession>();
  readonly #restoring = new Set<string>();
  readonly #told = new WeakSet<MarkSession>();
  readonly #filters = new MarkFilters(initialMarkFilter);
  readonly #state: MarksStateOfLab;

  constructor(options: MarksControllerOptions) {
    this.#options = options;
    this.#memory = options.memory;
    this.editors = this.#scope.add(
      new MarkedEditors({
        extension: options.extension,
        filters: this.#filters,
        sessionOf: (file) => this.session(file),
      }),
    );
    this.#state = new MarksStateOfLab({
      model: options.model,
      engine: options.engine,
      filters: this.#filters,
      current: () => this.#current(),
      runOf: (file) => this.#runOf(file),
      readRow: (document, line, signal) => this.readRow(document, line, signal),
    });
    const { window, workspace } = vscode;
    this.#scope.add(window.onDidChangeVisibleTextEditors(() => this.restore()));
    this.#scope.add(window.onDidChangeActiveTextEditor(() => this.#publish()));
    this.#scope.add(window.onDidChangeTextEditorSelection(({ textEditor }) => this.#onCursor(textEditor)));
    this.#scope.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const session = this.#sessions.get(document.uri.toString());
        if (!session) return;
        if (contentChanges.length > 0) this.clock.typed();
        session.edit(contentChanges);
      }),
    );
    this.#scope.add(options.readings.onDidSet((file) => this.#sessions.get(file.toString())?.readAgain()));
    this.#scope.add(workspace.onDidCloseTextDocument((document) => this.#end(document.uri)));
    // A document that turns to another language is closed and opened, in an editor that stays.
    this.#scope.add(
      workspace.onDidOpenTextDocument((document) => {
        const isShown = window.visibleTextEditors.some((editor) => editor.document === document);
        if (isShown && !this.session(document.uri)) void this.#restoreOne(document);
      }),
    );
    this.#scope.add(
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('modelLab.marks.show')) return;
        this.#filters.forget();
        this.editors.drawAll();
        this.#publish();
      }),
    );
    this.#scope.add(workspace.onDidRenameFiles(({ files }) => this.#onRenamed(files)));
  }

  /** Marks editors again that were marked when they were last closed. */
  restore(): void {
    this.editors.drawAll();
    for (const { document } of vscode.window.visibleTextEditors) {
      if (!this.session(document.uri)) void this.#restoreOne(document);
    }
  }

  /** Which rows of a file carry their marks. */
  filterOf(file: vscode.Uri): MarkFilter {
    return this.#filters.of(file);
  }

  /** Of the file in front. */
  get filter(): MarkFilter {
    const session = this.#current();
    return session ? this.#filters.of(session.document.uri) : initialMarkFilter();
  }

  session(file: vscode.Uri): MarkSession | undefined {
    return this.#sessions.get(file.toString());
  }

  /** The document that was marked last and is still open. */
  get lastMarked(): vscode.TextDocument | undefined {
    return [...this.#sessions.values()].at(-1)?.document;
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Of a file: marked and shown, or a model is known for it, or nothing is known. */
  stateOf(file: vscode.Uri): 'on' | 'off' | undefined {
    if (this.session(file) && this.#filters.of(file) !== 'off') return 'on';
    return this.session(file) || this.#memory.get(file) ? 'off' : undefined;
  }

  /** Marks an open document with a run's model. */
  async mark(document: vscode.TextDocument, run: RunSummary): Promise<void> {
    const key = document.uri.toString();
    this.#sessions.get(key)?.dispose();
    this.#sessions.delete(key);
    const session = new MarkSession({
      document,
      run,
      engine: this.#options.engine,
      reading: () => this.#options.readings.get(document.uri),
      onMarks: (marks) => this.#onMarks(session, marks),
      onFailure: (error) => this.#onFailure(session, error),
    });
    this.#sessions.set(key, session);
    this.#filters.show(document.uri);
    this.editors.measure();
    // First of all: a window that is closed as soon as the marks are there brings them back.
    const kept = this.#memory.set(document.uri, { runFolder: run.folder, on: true });
    session.start();
    this.#publish();
    await kept;
  }

  /** Takes the marks off a file; which run it was marked with is remembered. */
  async hide(file: vscode.Uri): Promise<void> {
    const session = this.session(file);
    this.#end(file);
    if (session) await this.#memory.set(file, { runFolder: session.run.folder, on: false });
    this.#publish();
  }

  /** The run that a file was marked with, if it is still there. */
  async rememberedRun(file: vscode.Uri): Promise<RunSummary | undefined> {
    const entry = this.#memory.get(file);
    if (!entry) return undefined;
    return (await this.#options.runs()).find((run) => run.folder === entry.runFolder && run.hasModel);
  }

  async forgetRun(runFolder: string): Promise<void> {
    for (const session of [...this.#sessions.values()]) {
      if (session.run.folder === runFolder) this.#end(session.document.uri);
    }
    await this.#memory.forgetRun(runFolder);
    this.#publish();
  }

  /** Chooses which rows of a file carry their marks; without a file, those of the one in front. */
  setFilter(filter: MarkFilter, file = this.#current()?.document.uri): void {
    if (file === undefined) return;
    this.#filters.set(file, filter);
    this.editors.drawAll();
    this.#publish();
  }

  /** Moves the cursor to the next wrong row; answers false when there is none. */
  goToNextWrong(editor: vscode.TextEditor): boolean {
    const marks = this.session(editor.document.uri)?.latest;
    const row = marks ? nextWrongRow(marks, editor.selection.active.line) : -1;
    const line = marks?.startLine[row];
    if (line === undefined) return false;
    const position = new vscode.Position(line, 0);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(
      new vscode.Range(position, position),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
    return true;
  }

  /** A row in full. Undefined where the line holds no row, or the document or its model has changed meanwhile. */
  async readRow(
    document: vscode.TextDocument,
    line: number,
    signal?: AbortSignal,
  ): Promise<RowInFull | undefined> {
    const session = this.session(document.uri);
    const marks = session?.marks;
    if (!session || !marks) return undefined;
    const row = rowAtLine(marks, line);
    if (row < 0) return undefined;
    const { documentId } = session;
    const prediction = await this.#options.engine.call(ReadMark, { documentId, row }, { signal });
    return this.session(document.uri)?.marks === marks ? { marks, prediction } : undefined;
  }

  /** Measures the model that marks the active editor, into the Lab's state. */
  measure(): Promise<void> {
    return this.#state.measure();
  }

  async #restoreOne(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const wanted = this.#memory.get(document.uri)?.on === true && marksAutomatically();
    if (!wanted || !vscode.workspace.isTrusted || this.#restoring.has(key)) return;
    this.#restoring.add(key);
    try {
      const run = await this.rememberedRun(document.uri);
      if (run && !document.isClosed && !this.#sessions.has(key)) await this.mark(document, run);
    } catch (thrown) {
      this.#options.onFailure('Marking a file again', thrown);
    } finally {
      this.#restoring.delete(key);
    }
  }

  #onMarks(session: MarkSession, marks: Marks): void {
    this.editors.drawDocument(session.document);
    this.clock.drawn();
    this.#options.problems.set(session.document.uri, 'marks', marks.issues, marks.version);
    this.#tellOfMismatch(session, marks);
    this.#publish();
  }

  /** A file that does not fit the model says so once, in the Lab and by a message; Problems keep the place. */
  #tellOfMismatch(session: MarkSession, { issues }: Marks): void {
    const issue = issues.find(({ severity }) => severity === 'error');
    if (!issue || this.#told.has(session)) return;
    this.#told.add(session);
    const { message, advice, line } = issue;
    const place = { path: session.document.uri.fsPath, line };
    const name = path.basename(place.path);
    this.#options.onFailure(`Marking ${name}`, new LabError('mismatch', message, { advice, place }));
  }

  #onFailure(session: MarkSession, error: LabError): void {
    const { uri } = session.document;
    if (this.session(uri) === session) this.#end(uri);
    this.#options.problems.setError(uri, 'marks', error);
    this.#options.onFailure(`Marking ${path.basename(uri.fsPath)}`, error);
    this.#publish();
  }

  /** The memories have moved already (main.ts, start.ts). */
  #onRenamed(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): void {
    for (const { oldUri, newUri } of files) this.#filters.rename(oldUri, newUri);
    this.restore();
    this.#publish();
  }

  #runOf(file: vscode.Uri): RunSummary | undefined {
    const session = this.session(file);
    if (session) return session.run;
    const folder = this.#memory.get(file)?.runFolder;
    return this.#options.model.state.runs.find((run) => run.folder === folder && run.hasModel);
  }

  #end(file: vscode.Uri): void {
    const session = this.session(file);
    if (!session) return;
    session.dispose();
    this.#sessions.delete(file.toString());
    this.editors.drawDocument(session.document);
    if (openDocument(file)) this.#options.problems.set(file, 'marks', []);
    else this.#options.problems.clear(file);
    this.#publish();
  }

  /** The session of the active editor; with the focus elsewhere, of the first editor that is marked. */
  #current(): MarkSession | undefined {
    const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
    for (const editor of editors) {
      const session = editor && this.session(editor.document.uri);
      if (session) return session;
    }
    return undefined;
  }

  #publish(): void {
    this.#state.publish();
    this.#changed.fire();
  }

  #onCursor(editor: vscode.TextEditor): void {
    const session = this.session(editor.document.uri);
    if (!session) return;
    this.editors.followCursor(editor);
    if (session === this.#current()) this.#state.readCursor(session);
  }

  dispose(): void {
    this.#state.dispose();
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    this.#scope.dispose();
  }
}
