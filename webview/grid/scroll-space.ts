/**
 * Where a grid of many rows stands in a scrolled element. Browsers draw no element higher than about 33 million px, which
 * 10,000,000 rows exceed: beyond a limit the scroll bar moves in steps of several pixels of the grid, while the position
 * itself is kept in the grid's own pixels, so that the wheel and the keys still move row by row.
 */

/** Highest element that is made, px. Half of what browsers can draw. */
export const highest = 15_000_000;

export interface ScrollSpace {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height in which rows are seen, px. */
  readonly viewport: number;
}

/** Height of the element that is scrolled, px. */
export function spaceHeight(space: ScrollSpace): number {
  return Math.min(fullHeight(space), Math.max(highest, space.viewport));
}

/** Whether the element is lower than its rows together. */
export function isCompressed(space: ScrollSpace): boolean {
  return fullHeight(space) > spaceHeight(space);
}

/** The last position, in the grid's own pixels. */
export function lastPosition(space: ScrollSpace): number {
  return Math.max(0, fullHeight(space) - space.viewport);
}

export function clampPosition(space: ScrollSpace, position: number): number {
  return Math.min(Math.max(0, position), lastPosition(space));
}

/** The position that the scroll bar points at. */
export function positionAt(space: ScrollSpace, scrollTop: number): number {
  return clampPosition(space, scrollTop * ratio(space));
}

/** Where the scroll bar stands for a position. */
export function scrollTopFor(space: ScrollSpace, position: number): number {
  return position / ratio(space);
}

/** Rows of which at least a part is seen, `to` exclusive. */
export function visibleRows(space: ScrollSpace, position: number): { from: number; to: number } {
  const from = Math.min(Math.floor(position / space.rowHeight), Math.max(0, space.rows - 1));
  const to = Math.min(space.rows, Math.ceil((position + space.viewport) / space.rowHeight));
  return { from, to: Math.max(from, to) };
}

/** The nearest position from which a row is seen whole. */
export function positionShowing(space: ScrollSpace, position: number, row: number): number {
  const top = row * space.rowHeight;
  const bottom = top + space.rowHeight - space.viewport;
  if (position > top) return clampPosition(space, top);
  return position < bottom ? clampPosition(space, bottom) : position;
}

function fullHeight({ rows, rowHeight }: ScrollSpace): number {
  return rows * rowHeight;
}

function ratio(space: ScrollSpace): number {
  const scrolled = spaceHeight(space) - space.viewport;
  return scrolled <= 0 ? 1 : lastPosition(space) / scrolled;
}
