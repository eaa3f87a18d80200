/**
 * Which documents are marked with which run, and how: sessions per document, decorations per editor, the row under
 * the cursor for the Lab. Predictions come from the engine; nothing is computed here.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CancelledError,
  LabError,
  type MarkFilter,
  type Marks,
  type MarksState,
  MeasureInference,
  ReadMark,
  type RowPrediction,
  type RunSummary,
} from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import { openDocument } from '../datasets/files';
import type { Problems } from '../datasets/problems';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { initialMarkFilter, marksAutomatically } from '../settings';
import { MarkDecorations } from './decorations';
import { KeystrokeClock } from './keystroke-clock';
import { MarkMemory } from './mark-memory';
import { countRows, nextWrongRow, partOf, rowAtLine } from './mark-rows';
import { MarkSession } from './mark-session';

export interface MarksControllerOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly problems: Problems;
  readonly memory: vscode.Memento;
  /** The list of runs, to find a remembered run again. */
  readonly runs: () => Promise<readonly RunSummary[]>;
  readonly onFailure: (action: string, thrown: unknown) => void;
}

export class MarksController implements Disposable {
  readonly decorations: MarkDecorations;
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
  #filter: MarkFilter = initialMarkFilter();
  #shown: Exclude<MarkFilter, 'off'> = initialMarkFilter();
  #cursorQuestion: AbortController | undefined;

  constructor(options: MarksControllerOptions) {
    this.#options = options;
    this.#memory = new MarkMemory(options.memory);
    this.decorations = this.#scope.add(new MarkDecorations());
    const { window, workspace } = vscode;
    this.#scope.add(window.onDidChangeVisibleTextEditors((editors) => this.#onEditors(editors)));
    this.#scope.add(window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#draw(textEditor)));
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
    this.#scope.add(workspace.onDidCloseTextDocument((document) => this.#end(document.uri)));
    this.#scope.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('modelLab.marks.show')) this.setFilter(initialMarkFilter());
      }),
    );
  }

  /** Marks editors again that were marked when they were last closed. */
  restore(): void {
    this.#onEditors(vscode.window.visibleTextEditors);
  }

  get filter(): MarkFilter {
    return this.#filter;
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
    if (this.session(file) && this.#filter !== 'off') return 'on';
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
      onMarks: (marks) => this.#onMarks(session, marks),
      onFailure: (error) => this.#onFailure(session, error),
    });
    this.#sessions.set(key, session);
    if (this.#filter === 'off') this.#filter = this.#shown;
    session.start();
    this.#publish();
    await this.#memory.set(document.uri, { runFolder: run.folder, on: true });
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

  setFilter(filter: MarkFilter): void {
    this.#filter = filter;
    if (filter !== 'off') this.#shown = filter;
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
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

  /** A row in full. Undefined where the line holds no row, or the document has changed meanwhile. */
  async readRow(
    document: vscode.TextDocument,
    line: number,
    signal?: AbortSignal,
  ): Promise<{ readonly marks: Marks; readonly prediction: RowPrediction } | undefined> {
    const session = this.session(document.uri);
    const marks = session?.marks;
    if (!session || !marks) return undefined;
    const row = rowAtLine(marks, line);
    if (row < 0) return undefined;
    const { documentId } = session;
    const prediction = await this.#options.engine.call(ReadMark, { documentId, row }, { signal });
    return session.marks === marks ? { marks, prediction } : undefined;
  }

  /** Measures the model that marks the active editor, into the Lab's state. */
  async measure(): Promise<void> {
    const session = this.#current();
    if (!session) return;
    const { model, engine } = this.#options;
    const tell = (change: Partial<Pick<MarksState, 'measure' | 'measuring'>>) => {
      const { marks } = model.state;
      if (marks && this.#current() === session) model.update({ marks: { ...marks, ...change } });
    };
    tell({ measuring: true });
    try {
      tell({ measure: await engine.call(MeasureInference, { documentId: session.documentId }) });
    } finally {
      tell({ measuring: false });
    }
  }

  #onEditors(editors: readonly vscode.TextEditor[]): void {
    this.decorations.keepOnly(editors);
    for (const editor of editors) {
      this.#draw(editor);
      if (!this.session(editor.document.uri)) void this.#restoreOne(editor.document);
    }
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
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === session.document) this.decorations.draw(editor, marks, this.#filter);
    }
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

  #draw(editor: vscode.TextEditor): void {
    const session = this.session(editor.document.uri);
    const marks = session?.marks;
    if (marks) this.decorations.draw(editor, marks, this.#filter);
    else if (!session) this.decorations.clear(editor);
  }

  #end(file: vscode.Uri): void {
    const session = this.session(file);
    if (!session) return;
    session.dispose();
    this.#sessions.delete(file.toString());
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === session.document) this.decorations.clear(editor);
    }
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
    const session = this.#current();
    const marks = session?.latest;
    const before = this.#options.model.state.marks;
    if (!session || !marks) {
      if (before) this.#options.model.update({ marks: undefined });
    } else {
      const fileName = path.basename(session.document.uri.fsPath);
      const isSame = before?.run.folder === session.run.folder && before.fileName === fileName;
      this.#options.model.update({
        marks: {
          fileName,
          run: session.run,
          filter: this.#filter,
          rows: marks.rows,
          ...countRows(marks),
          accuracy: marks.metrics?.accuracy,
          rmse: marks.metrics?.rmse,
          current: isSame ? before.current : undefined,
          measure: isSame ? before.measure : undefined,
          measuring: isSame && before.measuring,
        },
      });
      this.#readCursor(session);
    }
    this.#changed.fire();
  }

  #onCursor(editor: vscode.TextEditor): void {
    const session = this.session(editor.document.uri);
    if (session && session === this.#current()) this.#readCursor(session);
  }

  #readCursor(session: MarkSession): void {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === session.document);
    if (!editor) return;
    this.#cursorQuestion?.abort();
    const question = new AbortController();
    this.#cursorQuestion = question;
    const { line } = editor.selection.active;
    this.readRow(session.document, line, question.signal).then(
      (answer) => {
        const { marks } = this.#options.model.state;
        if (!marks || question.signal.aborted) return;
        const current = answer && {
          line: line + 1,
          part: partOf(answer.marks, answer.prediction.row),
          prediction: answer.prediction,
        };
        this.#options.model.update({ marks: { ...marks, current } });
      },
      (thrown: unknown) => {
        // The next movement asks again; a lost engine is reported by the session itself.
        if (!(thrown instanceof CancelledError)) this.#cursorQuestion = undefined;
      },
    );
  }

  dispose(): void {
    this.#cursorQuestion?.abort();
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    this.#scope.dispose();
  }
}
