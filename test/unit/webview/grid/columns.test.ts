import { describe, expect, it } from 'vitest';
import { clampWidth, ColumnLayout, guessWidth } from '../../../../webview/grid/column-layout';

const layout = new ColumnLayout([100, 50, 200, 100]);

describe('columns beside each other', () => {
  it('are drawn where they are seen, with one more on either side', () => {
    expect(layout.visible(0, 90)).toEqual({ from: 0, to: 2 });
    expect(layout.visible(155, 100)).toEqual({ from: 1, to: 4 });
    expect(layout.visible(449, 100)).toEqual({ from: 2, to: 4 });
  });

  it('are few on the screen in a table of many thousands', () => {
    const wide = new ColumnLayout(Array.from({ length: 100_000 }, () => 100));
    const { from, to } = wide.visible(5_000_000, 1000);
    expect(from).toBe(49_999);
    expect(to - from).toBeLessThan(16);
  });

  it('scroll no further than to be seen whole, and to their beginning where they are too wide', () => {
    expect(layout.showing(0, 0, 160)).toBe(0);
    expect(layout.showing(1, 0, 120)).toBe(30);
    expect(layout.showing(2, 0, 160)).toBe(150);
    expect(layout.showing(0, 120, 160)).toBe(0);
  });

  it('have no width where there are none', () => {
    const none = new ColumnLayout([]);
    expect(none.width).toBe(0);
    expect(none.visible(0, 500)).toEqual({ from: 0, to: 0 });
  });
});

describe('the width of a column', () => {
  it('lets the name and the first cells be read, within limits', () => {
    expect(guessWidth('x', ['1', undefined], 8)).toBe(128);
    expect(guessWidth('x', ['a cell of thirty characters...'], 8)).toBeGreaterThan(200);
    expect(guessWidth('x', ['y'.repeat(5000)], 8)).toBe(340);
  });

  it('cannot be dragged away', () => {
    expect(clampWidth(-30)).toBe(48);
  });
});
