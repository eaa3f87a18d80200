/**
 * One document that is being marked with one run. Edits go to the engine as they happen; those that come while a
 * question is under way are joined and sent next. Answers to a version that is no longer there are dropped.
 */
import type * as vscode from 'vscode';
import {
  CancelledError,
  CloseMarks,
  EditMarks,
  LabError,
  type Marks,
  OpenMarks,
  type ReadingWishes,
  type RunSummary,
  type TextEdit,
} from '../../protocol';
import type { Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';

export interface MarkSessionOptions {
  readonly document: vscode.TextDocument;
  readonly run: RunSummary;
  readonly engine: EngineCaller;
  /** What is asked of the reading of the document's file. */
  readonly reading: () => ReadingWishes;
  /** New marks, which belong to the document's present version. */
  readonly onMarks: (marks: Marks) => void;
  readonly onFailure: (error: LabError) => void;
}

/** Opening again after the engine lost the document (it was restarted) is tried this often in a row. */
const reopenLimit = 3;

export class MarkSession implements Disposable {
  readonly document: vscode.TextDocument;
  readonly run: RunSummary;
  readonly documentId: string;
  readonly #options: MarkSessionOptions;
  #marks: Marks | undefined;
  #edits: TextEdit[] = [];
  /** The version that the edits lead to. */
  #version: number;
  /** Openings that were called for, and the one that the engine has answered last. */
  #wanted = 1;
  #answered = 0;
  #asking = false;
  #ended = false;
  #reopened = 0;

  constructor(options: MarkSessionOptions) {
    this.#options = options;
    this.document = options.document;
    this.run = options.run;
    this.documentId = options.document.uri.toString();
    this.#version = options.document.version;
  }

  /** Marks of the document's present version; undefined while they are being found out. */
  get marks(): Marks | undefined {
    return this.#marks?.version === this.document.version ? this.#marks : undefined;
  }

  /** The newest marks, even of an older version. */
  get latest(): Marks | undefined {
    return this.#marks;
  }

  start(): void {
    void this.#ask();
  }

  /** What VS Code tells of a change; its edits can be applied in the order given. */
  edit(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    // Other line endings are a new version without edits: every offset has moved.
    if (changes.length === 0 && this.document.version !== this.#version) this.#wanted++;
    this.#version = this.document.version;
    for (const { rangeOffset, rangeLength, text } of changes) {
      this.#edits.push({ offset: rangeOffset, length: rangeLength, text });
    }
    void this.#ask();
  }

  /** Another reading of the file was asked for: its rows may be others. */
  readAgain(): void {
    this.#wanted++;
    void this.#ask();
  }

  dispose(): void {
    if (this.#ended) return;
    this.#ended = true;
    // An opening under way counts: the engine would else keep a document that nobody marks any more.
    if (this.#answered === 0 && !this.#asking) return;
    // Nobody waits for the answer, and an engine that has ended has forgotten the document anyway.
    this.#options.engine.call(CloseMarks, { documentId: this.documentId }).catch(() => undefined);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (!this.#ended && (!this.#isOpen() || this.#edits.length > 0)) {
        const marks = await this.#exchange();
        this.#reopened = 0;
        this.#take(marks);
      }
    } catch (thrown) {
      if (!this.#hasEnded() && !(thrown instanceof CancelledError)) {
        this.#options.onFailure(LabError.from(thrown));
      }
    } finally {
      this.#asking = false;
    }
  }

  /** Opens the document, or sends the edits that have gathered; after a restart of the engine it is opened again. */
  async #exchange(): Promise<Marks> {
    for (;;) {
      try {
        return await (this.#isOpen() ? this.#sendEdits() : this.#open());
      } catch (thrown) {
        const isLost = this.#isOpen() || LabError.from(thrown).code === 'engine-gone';
        if (!isLost || this.#hasEnded() || ++this.#reopened > reopenLimit) throw thrown;
        this.#wanted++;
      }
    }
  }

  /** Asked again after an await: the session may have been disposed of meanwhile. */
  #hasEnded(): boolean {
    return this.#ended;
  }

  /** False where the document was never opened, or is to be opened again. */
  #isOpen(): boolean {
    return this.#answered === this.#wanted;
  }

  async #open(): Promise<Marks> {
    this.#edits = [];
    const wanted = this.#wanted;
    const { documentId, document, run } = this;
    const marks = await this.#options.engine.call(OpenMarks, {
      documentId,
      version: document.version,
      path: document.uri.fsPath,
      runFolder: run.folder,
      text: document.getText(),
      reading: this.#options.reading(),
    });
    this.#answered = wanted;
    return marks;
  }

  #sendEdits(): Promise<Marks> {
    const edits = this.#edits;
    this.#edits = [];
    return this.#options.engine.call(EditMarks, {
      documentId: this.documentId,
      version: this.document.version,
      edits,
    });
  }

  #take(marks: Marks): void {
    if (this.#ended || marks.version !== this.document.version) return;
    this.#marks = marks;
    this.#options.onMarks(marks);
  }
}
