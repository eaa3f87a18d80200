/** Where the keys lead in a grid, as in ARIA's pattern for grids. */

export interface Cell {
  /** Position in the view. */
  readonly row: number;
  readonly column: number;
}

export interface Limits {
  readonly rows: number;
  readonly columns: number;
  /** Rows of a page. */
  readonly page: number;
}

/** The cell that a key leads to; `header` where it leads above the first row; undefined for other keys. */
export function moveCell(
  { key, ctrl }: { readonly key: string; readonly ctrl: boolean },
  { row, column }: Cell,
  limits: Limits,
): Cell | 'header' | undefined {
  const to = (toRow: number, toColumn: number) => clampCell({ row: toRow, column: toColumn }, limits);
  switch (key) {
    case 'ArrowUp':
      if (row === 0) return 'header';
      return to(ctrl ? 0 : row - 1, column);
    case 'ArrowDown':
      return to(ctrl ? limits.rows - 1 : row + 1, column);
    case 'ArrowLeft':
      return to(row, ctrl ? 0 : column - 1);
    case 'ArrowRight':
      return to(row, ctrl ? limits.columns - 1 : column + 1);
    case 'PageUp':
      return to(row - limits.page, column);
    case 'PageDown':
      return to(row + limits.page, column);
    case 'Home':
      return to(ctrl ? 0 : row, 0);
    case 'End':
      return to(ctrl ? limits.rows - 1 : row, limits.columns - 1);
    default:
      return undefined;
  }
}

export function clampCell({ row, column }: Cell, limits: Pick<Limits, 'rows' | 'columns'>): Cell {
  return {
    row: Math.max(0, Math.min(row, limits.rows - 1)),
    column: Math.max(0, Math.min(column, limits.columns - 1)),
  };
}
