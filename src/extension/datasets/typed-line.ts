/**
 * The line that somebody is typing in: a row that is half there is no mistake yet. It counts as being typed until the
 * cursor leaves it or the file is saved (not by itself: VS Code may save while one types).
 */
import * as vscode from 'vscode';
import { Scope, type Disposable } from '../disposal';

export class TypedLine implements Disposable {
  readonly #scope = new Scope();
  readonly #left = this.#scope.add(new vscode.EventEmitter<vscode.Uri>());
  /** The line of this file is finished. */
  readonly onDidLeave = this.#left.event;
  #typed: { readonly file: vscode.Uri; readonly line: number } | undefined;

  constructor() {
    const { window, workspace } = vscode;
    this.#scope.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const [change] = contentChanges;
        if (change && document === window.activeTextEditor?.document) {
          this.#type(document.uri, change.range.start.line + change.text.split('\n').length - 1);
        }
      }),
    );
    this.#scope.add(
      window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (!this.#isOf(textEditor.document.uri)) return;
        if (selections.every(({ active }) => active.line !== this.#typed?.line)) this.#leave();
      }),
    );
    this.#scope.add(window.onDidChangeActiveTextEditor(() => this.#leave()));
    this.#scope.add(
      workspace.onWillSaveTextDocument(({ document, reason }) => {
        const isAsked = reason === vscode.TextDocumentSaveReason.Manual;
        if (isAsked && this.#isOf(document.uri)) this.#leave();
      }),
    );
  }

  /** Whether a line, from 0, is being typed. */
  holds(file: vscode.Uri, line: number): boolean {
    return this.#isOf(file) && this.#typed?.line === line;
  }

  #isOf(file: vscode.Uri): boolean {
    return this.#typed?.file.toString() === file.toString();
  }

  #type(file: vscode.Uri, line: number): void {
    const before = this.#typed;
    this.#typed = { file, line };
    if (before && before.line !== line) this.#left.fire(before.file);
  }

  #leave(): void {
    const before = this.#typed;
    this.#typed = undefined;
    if (before) this.#left.fire(before.file);
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
