import { describe, expect, it } from 'vitest';
import {
  clampPosition,
  highest,
  isCompressed,
  lastPosition,
  positionAt,
  positionShowing,
  scrollTopFor,
  spaceHeight,
  visibleRows,
} from '../../../../webview/grid/scroll-space';

const few = { rows: 100, rowHeight: 24, viewport: 600 };
const many = { rows: 10_000_000, rowHeight: 24, viewport: 600 };

describe('the space in which rows scroll', () => {
  it('is as high as its rows while a browser can draw that', () => {
    expect(spaceHeight(few)).toBe(2400);
    expect(isCompressed(few)).toBe(false);
    expect(positionAt(few, 333)).toBe(333);
  });

  it('stays below what browsers can draw, however many rows there are', () => {
    expect(spaceHeight(many)).toBe(highest);
    expect(isCompressed(many)).toBe(true);
  });

  it('reaches the first and the last row at the ends of the scroll bar', () => {
    expect(visibleRows(many, positionAt(many, 0)).from).toBe(0);
    const end = positionAt(many, highest - many.viewport);
    expect(end).toBe(lastPosition(many));
    expect(visibleRows(many, end).to).toBe(many.rows);
  });

  it('keeps positions apart that the scroll bar cannot tell apart', () => {
    const [row, next] = [5_000_000 * 24, 5_000_001 * 24];
    expect(Math.round(scrollTopFor(many, next)) - Math.round(scrollTopFor(many, row))).toBeLessThan(3);
    expect(visibleRows(many, row).from).toBe(5_000_000);
    expect(visibleRows(many, next).from).toBe(5_000_001);
    expect(positionAt(many, scrollTopFor(many, row))).toBeCloseTo(row, 3);
  });

  it('moves no further than to show a row whole', () => {
    expect(positionShowing(few, 0, 10)).toBe(0);
    expect(positionShowing(few, 0, 30)).toBe(31 * 24 - 600);
    expect(positionShowing(few, 1000, 3)).toBe(72);
    expect(positionShowing(many, 0, 9_999_999)).toBe(lastPosition(many));
  });

  it('has no other position than the first where all rows are seen, or none', () => {
    expect(clampPosition({ ...few, rows: 3 }, 50)).toBe(0);
    expect(visibleRows({ ...few, rows: 3 }, 0)).toEqual({ from: 0, to: 3 });
    expect(visibleRows({ ...few, rows: 0 }, 0)).toEqual({ from: 0, to: 0 });
  });
});
