/**
 * Draws marks into editors: a sign in the gutter and a text beside every row in sight, stretches in the overview ruler.
 * Editors inside others (a comparison of two files, a peek) carry no marks: VS Code knows no view column of them, and the
 * half of a comparison that is no file could have none.
 */
import * as vscode from 'vscode';
import type { MarkFilter, Marks } from '../../protocol';
import type { Disposable } from '../disposal';
import { markPosition } from '../settings';
import type { EditorRoom } from './editor-room';
import { type Layout, layoutMarks, type PlacedText, type SightedRow } from './mark-layout';
import { describeRow, lookOf } from '../../protocol/mark-words';
import { firstRowFrom, isPredicted, passes } from './mark-rows';
import { everyType, looks, makeMarkTypes, type MarkTypes, type RulerKind, rulerKinds } from './mark-types';
import { describeFile } from './mark-words';
import type { Placement } from './placement';
import { rulerStretches, type Stretch } from './ruler';

/** Thousands of texts beside lines are slow: only rows in sight and this many lines around carry theirs. */
const margin = 100;
const usualTabSize = 4;

type Rulers = Readonly<Record<RulerKind, readonly Stretch[]>>;

/** What an editor shows. */
interface Drawn {
  readonly marks: Marks;
  readonly filter: MarkFilter;
  readonly layout: Layout;
  readonly rows: readonly SightedRow[];
  readonly rulers: Rulers;
}

/** What an editor shows, for tests. */
export interface ShownMarks {
  readonly placement: Placement;
  readonly texts: readonly PlacedText[];
  /** Rows with a sign in the gutter. */
  readonly signs: number;
  readonly rulers: Rulers;
}

export class MarkDecorations implements Disposable {
  readonly #types: MarkTypes;
  readonly #room: EditorRoom;
  readonly #drawn = new Map<vscode.TextEditor, Drawn>();

  constructor(extension: vscode.Uri, room: EditorRoom) {
    this.#types = makeMarkTypes(extension);
    this.#room = room;
  }

  /** Draws marks that belong to the present version of the editor's document. */
  draw(editor: vscode.TextEditor, marks: Marks, filter: MarkFilter): void {
    if (editor.viewColumn === undefined) {
      this.clear(editor);
      return;
    }
    const before = this.#drawn.get(editor);
    const stretches = linesInSight(editor);
    const rows = rowsInSight(marks, filter, stretches, editor.document.lineCount);
    const layout = this.#layout(editor, marks, filter, { rows, stretches }, before?.layout);
    this.#drawTexts(editor, layout.placed);
    for (const look of looks) {
      const ranges = rows.filter((row) => row.look === look).map(({ startLine }) => lineStart(startLine));
      editor.setDecorations(this.#types.gutter[look], ranges);
    }
    // They speak of the whole file: scrolling and the cursor change nothing about them.
    const isSame = before?.marks === marks && before.filter === filter;
    const rulers = isSame ? before.rulers : this.#drawRulers(editor, marks, filter, before?.rulers);
    this.#drawn.set(editor, { marks, filter, layout, rows, rulers });
  }

  /** Whether the marks of an editor follow its cursor. */
  followsCursor(editor: vscode.TextEditor): boolean {
    return this.#drawn.get(editor)?.layout.placement === 'current';
  }

  clear(editor: vscode.TextEditor): void {
    if (!this.#drawn.delete(editor)) return;
    for (const type of everyType(this.#types)) editor.setDecorations(type, []);
  }

  /** Editors that were closed are forgotten. */
  keepOnly(editors: readonly vscode.TextEditor[]): void {
    for (const editor of this.#drawn.keys()) if (!editors.includes(editor)) this.#drawn.delete(editor);
  }

  shownIn(editor: vscode.TextEditor): ShownMarks | undefined {
    const drawn = this.#drawn.get(editor);
    if (!drawn) return undefined;
    const { layout, rows, rulers } = drawn;
    return { placement: layout.placement, texts: layout.placed, signs: rows.length, rulers };
  }

  dispose(): void {
    for (const type of everyType(this.#types)) type.dispose();
    this.#drawn.clear();
  }

  #layout(
    editor: vscode.TextEditor,
    marks: Marks,
    filter: MarkFilter,
    sight: { readonly rows: readonly SightedRow[]; readonly stretches: readonly Stretch[] },
    before: Layout | undefined,
  ): Layout {
    const { document, options, selection } = editor;
    const { tabSize } = options;
    const line = (marks.startLine[0] ?? 0) - 1;
    return layoutMarks(
      {
        ...sight,
        header: filter !== 'off' && line >= 0 ? { line, texts: describeFile(marks) } : undefined,
        lineText: (at) => document.lineAt(at).text,
        tabSize: typeof tabSize === 'number' ? tabSize : usualTabSize,
        position: markPosition(document.uri),
        columns: this.#room.columnsOf(editor),
        cursorLine: selection.active.line,
      },
      before,
    );
  }

  #drawTexts(editor: vscode.TextEditor, placed: readonly PlacedText[]): void {
    const options: Record<PlacedText['kind'], vscode.DecorationOptions[]> = {
      right: [],
      wrong: [],
      unsure: [],
      plain: [],
      header: [],
      blank: [],
    };
    for (const { kind, line, text, side } of placed) {
      options[kind].push({
        range: side === 'after' ? editor.document.lineAt(line).range : lineStart(line),
        renderOptions: { [side]: { contentText: text } },
      });
    }
    for (const kind of Object.keys(options) as PlacedText['kind'][]) {
      editor.setDecorations(this.#types.texts[kind], options[kind]);
    }
  }

  /** Equal stretches are not sent again at every keystroke. */
  #drawRulers(
    editor: vscode.TextEditor,
    marks: Marks,
    filter: MarkFilter,
    before: Rulers | undefined,
  ): Rulers {
    const lines = linesOfLooks(marks, filter);
    const { lineCount } = editor.document;
    const rulers = {
      wrong: rulerStretches(lines.wrong, marks.rows, lineCount),
      unsure: rulerStretches(lines.unsure, marks.rows, lineCount),
    };
    for (const kind of rulerKinds) {
      if (sameStretches(before?.[kind], rulers[kind])) continue;
      const ranges = rulers[kind].map(([first, last]) => new vscode.Range(first, 0, last, 0));
      editor.setDecorations(this.#types.rulers[kind], ranges);
    }
    return rulers;
  }
}

/** Stretches of lines, first and last, that are visible or near it; they do not overlap. */
function linesInSight({ visibleRanges, document }: vscode.TextEditor): [number, number][] {
  const stretches: [number, number][] = [];
  for (const range of visibleRanges) {
    const first = Math.max(0, range.start.line - margin);
    const last = Math.min(document.lineCount - 1, range.end.line + margin);
    const before = stretches.at(-1);
    if (before && first <= before[1] + 1) before[1] = last;
    else stretches.push([first, last]);
  }
  return stretches;
}

function rowsInSight(
  marks: Marks,
  filter: MarkFilter,
  stretches: readonly Stretch[],
  lineCount: number,
): SightedRow[] {
  const rows: SightedRow[] = [];
  for (const [first, last] of stretches) {
    for (let row = firstRowFrom(marks, first); row < marks.rows; row++) {
      const endLine = marks.endLine[row] ?? 0;
      if (endLine > last) break;
      if (endLine >= lineCount || !isPredicted(marks, row) || !passes(marks, row, filter)) continue;
      rows.push({
        startLine: marks.startLine[row] ?? 0,
        endLine,
        look: lookOf(marks, row),
        full: describeRow(marks, row),
        short: describeRow(marks, row, 'short'),
      });
    }
  }
  return rows;
}

function linesOfLooks(marks: Marks, filter: MarkFilter): Record<RulerKind, number[]> {
  const lines: Record<RulerKind, number[]> = { wrong: [], unsure: [] };
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

function sameStretches(before: readonly Stretch[] | undefined, now: readonly Stretch[]): boolean {
  return (
    before?.length === now.length &&
    now.every(([first, last], at) => first === before[at]?.[0] && last === before[at][1])
  );
}
