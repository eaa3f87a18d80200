import { expect, it } from 'vitest';
import { moveCell } from '../../../../webview/grid/keys';

const limits = { rows: 10_000_000, columns: 7, page: 20 };
const from = { row: 100, column: 3 };
const move = (key: string, ctrl = false, cell = from) => moveCell({ key, ctrl }, cell, limits);

it('arrows lead to the next cell, and stop at the edges', () => {
  expect(move('ArrowDown')).toEqual({ row: 101, column: 3 });
  expect(move('ArrowLeft')).toEqual({ row: 100, column: 2 });
  expect(move('ArrowRight', false, { row: 0, column: 6 })).toEqual({ row: 0, column: 6 });
  expect(move('ArrowDown', false, { row: 9_999_999, column: 0 })).toEqual({ row: 9_999_999, column: 0 });
});

it('up from the first row leads to the head', () => {
  expect(move('ArrowUp')).toEqual({ row: 99, column: 3 });
  expect(move('ArrowUp', false, { row: 0, column: 2 })).toBe('header');
});

it('Home and End lead along the row, with Ctrl to the corners of the table', () => {
  expect(move('Home')).toEqual({ row: 100, column: 0 });
  expect(move('End')).toEqual({ row: 100, column: 6 });
  expect(move('Home', true)).toEqual({ row: 0, column: 0 });
  expect(move('End', true)).toEqual({ row: 9_999_999, column: 6 });
});

it('pages are as long as the screen', () => {
  expect(move('PageDown')).toEqual({ row: 120, column: 3 });
  expect(move('PageUp', false, { row: 5, column: 3 })).toEqual({ row: 0, column: 3 });
});

it('other keys are not its own', () => {
  expect(move('a')).toBeUndefined();
  expect(move('Tab')).toBeUndefined();
});
