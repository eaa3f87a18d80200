/** The editors that show marked documents: drawn anew when what they show, their room or its settings change. */
import * as vscode from 'vscode';
import { type Disposable, Scope } from '../disposal';
import { MarkDecorations, type ShownMarks } from './decorations';
import { EditorRoom } from './editor-room';
import type { MarkFilters } from './mark-filters';
import type { MarkSession } from './mark-session';

export interface MarkedEditorsOptions {
  /** Folder of the extension, for its pictures. */
  readonly extension: vscode.Uri;
  readonly filters: MarkFilters;
  readonly sessionOf: (file: vscode.Uri) => MarkSession | undefined;
}

export class MarkedEditors implements Disposable {
  readonly #options: MarkedEditorsOptions;
  readonly #scope = new Scope();
  readonly #room = this.#scope.add(new EditorRoom());
  readonly #decorations: MarkDecorations;

  constructor(options: MarkedEditorsOptions) {
    this.#options = options;
    this.#decorations = this.#scope.add(new MarkDecorations(options.extension, this.#room));
    const { window, workspace } = vscode;
    this.#scope.add(window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#draw(textEditor)));
    this.#scope.add(window.onDidChangeTextEditorViewColumn(({ textEditor }) => this.#draw(textEditor)));
    this.#scope.add(this.#room.onDidChange(() => this.drawAll()));
    this.#scope.add(window.tabGroups.onDidChangeTabGroups(() => this.#room.look()));
    this.#scope.add(
      workspace.onDidChangeConfiguration((event) => {
        const counts = ['modelLab.marks.position', 'editor'].some((name) => event.affectsConfiguration(name));
        if (counts) this.drawAll();
      }),
    );
  }

  /** Draws every editor that is in sight; those that were closed are forgotten. */
  drawAll(): void {
    this.#decorations.keepOnly(vscode.window.visibleTextEditors);
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  /** Draws the editors of a document, which may no longer be marked. */
  drawDocument(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === document) this.#draw(editor);
  }

  /** The cursor has moved: in some editors the text of marks moves with it. */
  followCursor(editor: vscode.TextEditor): void {
    if (this.#decorations.followsCursor(editor)) this.#draw(editor);
  }

  /** Measures the room for marks soon, before there are any. */
  measure(): void {
    this.#room.look();
  }

  shownIn(editor: vscode.TextEditor): ShownMarks | undefined {
    return this.#decorations.shownIn(editor);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** An editor whose marks are being found out keeps those that it has. */
  #draw(editor: vscode.TextEditor): void {
    const { sessionOf, filters } = this.#options;
    const file = editor.document.uri;
    const session = sessionOf(file);
    if (!session) {
      this.#decorations.clear(editor);
      return;
    }
    if (session.marks) this.#decorations.draw(editor, session.marks, filters.of(file));
    this.#room.look();
  }
}
