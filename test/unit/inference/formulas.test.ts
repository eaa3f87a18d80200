import { describe, expect, it } from 'vitest';
import { looksLikeFormula } from '../../../src/engine/inference/formulas';

describe('a cell that a spreadsheet would compute', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1-1',
    "-2+3+cmd|' /C calc'!A0",
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '\uff1d1+1',
    '-A1',
    '+x',
    '-1 x',
    '- wild',
  ])('is %j', (cell) => {
    expect(looksLikeFormula(cell)).toBe(true);
  });

  it.each([
    '-1.5',
    '+3',
    '-.5',
    '-1e-7',
    '-1.234,50',
    "-1'234.5",
    '-5 %',
    '-$5.00',
    '-5\u20ac',
    '-inf',
    '-',
    '--',
    '',
    'a=b',
    ' =x',
    '1+1',
    "'=x",
  ])('is not %j', (cell) => {
    expect(looksLikeFormula(cell)).toBe(false);
  });
});
