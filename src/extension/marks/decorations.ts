/** Draws marks into editors: a fixed set of decoration types, made once, cleared by empty ranges. */
import * as vscode from 'vscode';
import type { MarkFilter, Marks } from '../../protocol';
import { colors } from '../contributions';
import type { Disposable } from '../disposal';
import { describeFile, describeRow, firstRowFrom, isPredicted, type Look, lookOf, passes } from './mark-rows';

/** Thousands of texts behind lines are slow: only rows in sight and this many lines around carry theirs. */
const margin = 100;

const looks: readonly Look[] = ['right', 'wrong', 'unsure', 'plain'];

/** What an editor shows, so that equal overview marks are not sent again at every keystroke. */
interface Drawn {
  readonly rulers: Readonly<Record<'wrong' | 'unsure', readonly number[]>>;
  /** Rows with text, for tests and for the person who asks. */
  readonly texts: readonly { readonly line: number; readonly text: string; readonly look: Look | 'header' }[];
}

export class MarkDecorations implements Disposable {
  readonly #texts: Readonly<Record<Look | 'header', vscode.TextEditorDecorationType>> = {
    right: textType(colors.right),
    wrong: textType(colors.wrong),
    unsure: textType(colors.unsure),
    plain: textType(colors.plain),
    header: textType(colors.header),
  };
  readonly #rulers = { wrong: rulerType(colors.rulerWrong), unsure: rulerType(colors.rulerUnsure) };
  readonly #drawn = new Map<vscode.TextEditor, Drawn>();

  /** Draws marks that belong to the present version of the editor's document. */
  draw(editor: vscode.TextEditor, marks: Marks, filter: MarkFilter): void {
    const { document } = editor;
    const options: Record<Look | 'header', vscode.DecorationOptions[]> = {
      right: [],
      wrong: [],
      unsure: [],
      plain: [],
      header: [],
    };
    const texts: { line: number; text: string; look: Look | 'header' }[] = [];
    const add = (look: Look | 'header', line: number, text: string) => {
      options[look].push(textBehind(document, line, text));
      texts.push({ line, text, look });
    };
    const headerLine = (marks.startLine[0] ?? 0) - 1;
    if (filter !== 'off' && headerLine >= 0) add('header', headerLine, describeFile(marks));
    for (const [first, last] of linesInSight(editor)) {
      for (let row = firstRowFrom(marks, first); row < marks.rows; row++) {
        const line = marks.endLine[row] ?? 0;
        if (line > last) break;
        if (line >= document.lineCount || !isPredicted(marks, row) || !passes(marks, row, filter)) continue;
        add(lookOf(marks, row), line, describeRow(marks, row));
      }
    }
    for (const look of looks) editor.setDecorations(this.#texts[look], options[look]);
    editor.setDecorations(this.#texts.header, options.header);
    const rulers = rulerLines(marks, filter);
    for (const kind of ['wrong', 'unsure'] as const) {
      if (sameLines(this.#drawn.get(editor)?.rulers[kind], rulers[kind])) continue;
      editor.setDecorations(this.#rulers[kind], rulers[kind].map(lineStart));
    }
    this.#drawn.set(editor, { rulers, texts });
  }

  clear(editor: vscode.TextEditor): void {
    if (!this.#drawn.delete(editor)) return;
    for (const type of this.#types()) editor.setDecorations(type, []);
  }

  /** Editors that were closed are forgotten. */
  keepOnly(editors: readonly vscode.TextEditor[]): void {
    for (const editor of this.#drawn.keys()) if (!editors.includes(editor)) this.#drawn.delete(editor);
  }

  textsIn(editor: vscode.TextEditor): Drawn['texts'] {
    return this.#drawn.get(editor)?.texts ?? [];
  }

  dispose(): void {
    for (const type of this.#types()) type.dispose();
    this.#drawn.clear();
  }

  #types(): vscode.TextEditorDecorationType[] {
    return [...Object.values(this.#texts), ...Object.values(this.#rulers)];
  }
}

function textType(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(color), margin: '0 0 0 2ch', fontStyle: 'normal' },
    // Grows with what is typed at the line's end, so that the text stays behind it.
    rangeBehavior: vscode.DecorationRangeBehavior.OpenOpen,
  });
}

function rulerType(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
}

function textBehind(document: vscode.TextDocument, line: number, text: string): vscode.DecorationOptions {
  return { range: document.lineAt(line).range, renderOptions: { after: { contentText: text } } };
}

/** Stretches of lines, first and last, that are visible or near it; they do not overlap. */
function linesInSight(editor: vscode.TextEditor): [number, number][] {
  const stretches: [number, number][] = [];
  for (const range of editor.visibleRanges) {
    const [first, last] = [range.start.line - margin, range.end.line + margin];
    const before = stretches.at(-1);
    if (before && first <= before[1]) before[1] = last;
    else stretches.push([first, last]);
  }
  return stretches;
}

function rulerLines(marks: Marks, filter: MarkFilter): Drawn['rulers'] {
  const lines: { wrong: number[]; unsure: number[] } = { wrong: [], unsure: [] };
  for (let row = 0; row < marks.rows; row++) {
    const look = lookOf(marks, row);
    if ((look === 'wrong' || look === 'unsure') && passes(marks, row, filter)) {
      lines[look].push(marks.startLine[row] ?? 0);
    }
  }
  return lines;
}

function lineStart(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}

function sameLines(before: readonly number[] | undefined, now: readonly number[]): boolean {
  return before?.length === now.length && before.every((line, index) => line === now[index]);
}
