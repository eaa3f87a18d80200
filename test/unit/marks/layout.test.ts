import { describe, expect, it } from 'vitest';
import {
  layoutMarks,
  type Layout,
  type Sight,
  type SightedRow,
} from '../../../src/extension/marks/mark-layout';
import { columnsOf, visibleColumns } from '../../../src/extension/marks/placement';

const row = (line: number, look: SightedRow['look'] = 'right'): SightedRow => ({
  ...{ startLine: line, endLine: line, look },
  full: '✓ Adelie 99 % · training',
  short: '✓ Adelie 99 %',
});

function sight(change: Partial<Sight> & { readonly width?: number } = {}): Sight {
  const { width = 40, ...rest } = change;
  return {
    rows: [row(1), row(2, 'wrong'), row(3)],
    header: { line: 0, texts: ['species: accuracy 98.5 % · 4 wrong', 'species: accuracy 98.5 %'] },
    stretches: [[0, 4]],
    lineText: () => 'x'.repeat(width),
    tabSize: 4,
    position: 'auto',
    columns: 100,
    cursorLine: 2,
    ...rest,
  };
}
const shown = ({ placed }: Layout) => placed.filter(({ kind }) => kind !== 'blank' && kind !== 'header');

describe('where marks stand', () => {
  it('is behind the rows, in full, where every row in sight has room', () => {
    const layout = layoutMarks(sight(), undefined);
    expect(layout.placement).toBe('end');
    expect(shown(layout).map(({ side, text }) => `${side} ${text}`)).toEqual(
      Array(3).fill('after ✓ Adelie 99 % · training'),
    );
  });

  it('is behind the rows, in short, where only that fits', () => {
    const layout = layoutMarks(sight({ width: 80 }), undefined);
    expect(layout.placement).toBe('end-short');
    expect(shown(layout)[0]!.text).toBe('✓ Adelie 99 %');
  });

  it('is before rows of 150 characters, every line in sight moved by the same width', () => {
    const layout = layoutMarks(sight({ width: 150 }), undefined);
    expect(layout.placement).toBe('start');
    expect(layout.placed.map(({ line, kind, side }) => [line, kind, side])).toEqual([
      [0, 'blank', 'before'],
      [1, 'right', 'before'],
      [2, 'wrong', 'before'],
      [3, 'right', 'before'],
      [4, 'blank', 'before'],
    ]);
    expect(new Set(layout.placed.map(({ text }) => text.length)).size).toBe(1);
  });

  it('stays before the rows while one scrolls to short ones, and goes behind them when the editor gets wider', () => {
    const before = layoutMarks(sight({ width: 150 }), undefined);
    expect(layoutMarks(sight(), before).placement).toBe('start');
    expect(layoutMarks(sight({ columns: 120 }), before).placement).toBe('end');
  });

  it('is beside the row with the cursor only, in an editor too narrow for a column', () => {
    const layout = layoutMarks(sight({ width: 150, columns: 40 }), undefined);
    expect(layout.placement).toBe('current');
    expect(shown(layout)).toMatchObject([{ line: 2, kind: 'wrong', side: 'before' }]);
    expect(shown(layoutMarks(sight({ width: 20, position: 'gutter' }), undefined))).toMatchObject([
      { line: 2, side: 'after' },
    ]);
  });

  it('follows the setting, whatever fits', () => {
    expect(layoutMarks(sight({ width: 150, position: 'end' }), undefined).placement).toBe('end');
    expect(layoutMarks(sight({ position: 'start' }), undefined).placement).toBe('start');
    expect(layoutMarks(sight({ position: 'gutter' }), undefined).placement).toBe('current');
  });

  it('is never behind a header where it would make a scroll bar', () => {
    const headerOf = (given: Sight) =>
      layoutMarks(given, undefined).placed.find(({ kind }) => kind === 'header')?.text;
    expect(headerOf(sight())).toBe('species: accuracy 98.5 % · 4 wrong');
    expect(headerOf(sight({ width: 65 }))).toBe('species: accuracy 98.5 %');
    expect(headerOf(sight({ width: 150 }))).toBeUndefined();
    expect(headerOf(sight({ width: 150, position: 'end' }))).toBeUndefined();
  });
});

describe('columns', () => {
  it('count tabs to their stops and wide characters twice', () => {
    expect(columnsOf('a\tb', 4)).toBe(5);
    expect(columnsOf('東京', 4)).toBe(4);
    expect(columnsOf('é✓', 4)).toBe(2);
  });

  it('of an editor are what its group leaves beside gutter, minimap and scroll bar', () => {
    const look = {
      ...{ fontSize: 14, letterSpacing: 0, lineNumbers: true },
      ...{ glyphMargin: true, folding: true, minimap: false },
    };
    expect(visibleColumns(1000, look, 100)).toBe(106);
    expect(visibleColumns(1000, { ...look, minimap: true }, 100)).toBeLessThan(100);
    expect(visibleColumns(1000, { ...look, lineNumbers: false }, 100)).toBe(111);
    expect(visibleColumns(20, look, 100)).toBe(0);
  });
});
