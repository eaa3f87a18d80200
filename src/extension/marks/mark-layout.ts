/** What is written beside which line, before it or behind it. Pure: what VS Code knows comes in, what it draws goes out. */
import type { MarkPosition } from '../settings-values';
import type { Look } from '../../protocol/mark-words';
import { columnsOf, fits, type Placement, placementOf } from './placement';
import type { Stretch } from './ruler';

/** VS Code takes spaces at the end of a text away, but not these. */
const blank = '\u00a0';

/** A predicted row in sight, with its text in full and in short. */
export interface SightedRow {
  readonly startLine: number;
  readonly endLine: number;
  readonly look: Look;
  readonly full: string;
  readonly short: string;
}

export interface Sight {
  readonly rows: readonly SightedRow[];
  /** The line above the first row and what is said there of the whole file, at best and in short. */
  readonly header: { readonly line: number; readonly texts: readonly string[] } | undefined;
  /** Lines in sight, first and last of each stretch. */
  readonly stretches: readonly Stretch[];
  readonly lineText: (line: number) => string;
  readonly tabSize: number;
  readonly position: MarkPosition;
  /** Columns of text that the editor shows. */
  readonly columns: number;
  readonly cursorLine: number;
}

export interface Layout {
  readonly placement: Placement;
  readonly columns: number;
  /** Of the column before the rows: it does not become narrower while one scrolls. */
  readonly width: number;
  readonly placed: readonly PlacedText[];
}

export interface PlacedText {
  readonly kind: Look | 'header' | 'blank';
  readonly line: number;
  readonly text: string;
  readonly side: 'before' | 'after';
}

/** `before`: the editor's last layout. */
export function layoutMarks(sight: Sight, before: Layout | undefined): Layout {
  const { rows, tabSize, columns, position, cursorLine } = sight;
  const lineWidth = (line: number) => columnsOf(sight.lineText(line), tabSize);
  const widths = rows.map(({ endLine, full, short }) => ({
    line: lineWidth(endLine),
    full: columnsOf(full, tabSize),
    short: columnsOf(short, tabSize),
  }));
  const last = before?.columns === columns ? before : undefined;
  const placement = placementOf(position, widths, columns, last?.placement);
  const behind = ({ look, endLine }: SightedRow, text: string): PlacedText => ({
    kind: look,
    line: endLine,
    text,
    side: 'after',
  });
  const width = placement === 'start' ? Math.max(last?.width ?? 0, ...widths.map(({ short }) => short)) : 0;
  const placed: PlacedText[] = [];
  if (placement === 'start') placed.push(...columnBefore(sight, width));
  else if (placement === 'current') {
    const row = rows.find(({ startLine, endLine }) => startLine <= cursorLine && cursorLine <= endLine);
    if (row && fits(lineWidth(row.endLine), columnsOf(row.short, tabSize), columns)) {
      placed.push(behind(row, row.short));
    } else if (row) {
      placed.push({ kind: row.look, line: row.startLine, text: padded(row.short, 0), side: 'before' });
    }
  } else {
    placed.push(...rows.map((row) => behind(row, placement === 'end' ? row.full : row.short)));
  }
  const { header } = sight;
  // What is said of the whole file stands in the Lab and above the table, too: here it makes no scroll bar.
  const text = header?.texts.find((each) =>
    fits(width + lineWidth(header.line), columnsOf(each, tabSize), columns),
  );
  if (header && text !== undefined) placed.push({ kind: 'header', line: header.line, text, side: 'after' });
  return { placement, columns, width, placed };
}

/** Lines without text get as much room as those with one, so that the table's columns stay one below the other. */
function columnBefore({ rows, stretches }: Sight, width: number): PlacedText[] {
  if (rows.length === 0) return [];
  const byLine = new Map(rows.map((row) => [row.startLine, row]));
  const placed: PlacedText[] = [];
  for (const [first, last] of stretches) {
    for (let line = first; line <= last; line++) {
      const row = byLine.get(line);
      const text = padded(row?.short ?? '', width);
      placed.push({ kind: row?.look ?? 'blank', line, text, side: 'before' });
    }
  }
  return placed;
}

function padded(text: string, width: number): string {
  return text.replaceAll(' ', blank) + blank.repeat(Math.max(0, width - columnsOf(text, 1)));
}
