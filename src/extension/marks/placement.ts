/**
 * Where the text of a mark stands. VS Code tells extensions no width of an editor; the width of its group is known
 * (`vscode.getEditorLayout`), and what remains of it for text follows from the font's size.
 *
 * The rule of `auto`: where the text fits behind every row in sight, it stands there; in full, or else without the word
 * for the row's part. Where it does not, it stands as a column of its own before the rows, as it does from then on until
 * the editor becomes wider (rows that jump while one scrolls are worse). Where that column would take too much of a
 * narrow editor, only the row with the cursor has text. Every row has its sign in the gutter in any case.
 */
import type { MarkPosition } from '../settings-values';

/** Between the line's end and the text behind it, and what its box may be wider. */
const gap = 3;
/** Narrower editors have no room for a column before the rows. */
const narrow = 45;

export type Placement = 'end' | 'end-short' | 'start' | 'current';

/** Widths of a row in sight and of its texts, in columns. */
export interface RowWidths {
  readonly line: number;
  readonly full: number;
  readonly short: number;
}

/** `before`: how the editor's marks were placed when it had as many columns as now. */
export function placementOf(
  position: MarkPosition,
  rows: readonly RowWidths[],
  columns: number,
  before: Placement | undefined,
): Placement {
  if (position === 'end') return 'end';
  if (position === 'start') return 'start';
  if (position === 'gutter') return 'current';
  const beside = columns < narrow ? 'current' : 'start';
  if (before === 'start' || before === 'current') return beside;
  if (before !== 'end-short' && rows.every(({ line, full }) => fits(line, full, columns))) return 'end';
  return rows.every(({ line, short }) => fits(line, short, columns)) ? 'end-short' : beside;
}

/** Whether a text fits behind a line, neither cut off nor making a scroll bar. */
export function fits(line: number, text: number, columns: number): boolean {
  return line + gap + text <= columns;
}

/** Columns that a text takes in a font of equal widths: tabs to their stops, wide characters two. */
export function columnsOf(text: string, tabSize: number): number {
  let columns = 0;
  for (const character of text) {
    if (character === '\t') columns += tabSize - (columns % tabSize);
    else columns += isWide(character) ? 2 : 1;
  }
  return columns;
}

function isWide(character: string): boolean {
  return (
    character > '\u10ff' &&
    /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff60\p{Emoji_Presentation}]/u.test(
      character,
    )
  );
}

/** What an editor's settings say of the room beside the text. */
export interface EditorLook {
  readonly fontSize: number;
  readonly letterSpacing: number;
  readonly minimap: boolean;
  readonly lineNumbers: boolean;
  readonly glyphMargin: boolean;
  readonly folding: boolean;
}

/** Width of a character to the font's size: that of Menlo, Monaco and DejaVu; Consolas is narrower. */
const characterShare = 0.602;
/** Widths of VS Code's parts, pixels. */
const parts = { decorations: 10, folding: 16, scrollBar: 14, minimapGutter: 8, glyph: 20, fewestDigits: 5 };

/** Pixels of an editor of which nothing is known: what the Lab beside it leaves of a window of 1280. */
export const usualWidth = 920;

/** Columns of text that an editor shows in a group of `width` pixels, on a document of so many lines. */
export function visibleColumns(width: number, look: EditorLook, lineCount: number): number {
  const character = look.fontSize * characterShare + look.letterSpacing;
  const digits = look.lineNumbers ? Math.max(parts.fewestDigits, String(lineCount).length) : 0;
  const left =
    digits * character +
    parts.decorations +
    (look.glyphMargin ? parts.glyph : 0) +
    (look.folding ? parts.folding : 0);
  const rest = width - left - parts.scrollBar;
  // The minimap draws a character one pixel wide, at most 120 of them.
  const minimap = look.minimap ? Math.min(120, rest / (character + 1)) + parts.minimapGutter : 0;
  return Math.max(0, Math.floor((rest - minimap) / character));
}
