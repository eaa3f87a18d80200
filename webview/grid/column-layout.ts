/** How wide columns are and which of them are seen: only these are drawn and asked for, of tables with many thousands. */

export const narrowest = 48;
export const widest = 1200;

export interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export class ColumnLayout {
  /** `[columns + 1]`, px. */
  readonly #edges: Float64Array;

  constructor(widths: readonly number[]) {
    this.#edges = new Float64Array(widths.length + 1);
    widths.forEach((width, at) => (this.#edges[at + 1] = (this.#edges[at] ?? 0) + width));
  }

  get columns(): number {
    return this.#edges.length - 1;
  }

  /** All columns together, px. */
  get width(): number {
    return this.left(this.columns);
  }

  left(column: number): number {
    return this.#edges[column] ?? 0;
  }

  widthOf(column: number): number {
    return this.left(column + 1) - this.left(column);
  }

  /** Columns of which a part is seen, and one more on each side. */
  visible(scrollLeft: number, viewport: number): Span {
    const from = Math.max(0, this.#at(scrollLeft) - 1);
    const to = Math.min(this.columns, this.#at(scrollLeft + viewport) + 2);
    return { from, to: Math.max(from, to) };
  }

  /** Where to scroll so that a column is seen whole; its beginning where it is wider than the viewport. */
  showing(column: number, scrollLeft: number, viewport: number): number {
    const left = this.left(column);
    const right = this.left(column + 1);
    if (left < scrollLeft || right - left > viewport) return left;
    return right > scrollLeft + viewport ? right - viewport : scrollLeft;
  }

  /** The column at a place, by halving. */
  #at(x: number): number {
    let low = 0;
    let high = this.columns - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.left(middle) <= x) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}

/** Padding of a cell, and in a header the icon of the kind and the arrow of the order, px. */
const padding = { cell: 20, header: 56 } as const;
const guess = { narrowest: 128, widest: 340 } as const;
/** Characters of a name are those of the interface: narrower than those of cells. */
const nameWidth = 7.5;

/** A width in which the name and the cells of the first rows can be read. `character`: width of one in a cell, px. */
export function guessWidth(name: string, cells: readonly (string | undefined)[], character: number): number {
  const longest = cells.reduce((most, cell) => Math.max(most, cell?.length ?? 0), 0);
  const wanted = Math.max(name.length * nameWidth + padding.header, longest * character + padding.cell);
  return Math.round(Math.min(Math.max(wanted, guess.narrowest), guess.widest));
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, narrowest), widest));
}
