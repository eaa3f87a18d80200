import { describe, expect, it } from 'vitest';
import { codes, read } from './tables';

const lines = Array.from({ length: 30 }, (_, row) => `item ${row},${row % 7},${row + 0.5}`).join('\n');
const table = `item,count,price\n${lines}\n`;

describe('lines at the end of a table are no rows', () => {
  it.each([
    ['a total with the cells of a row', 'Total,87,450.00'],
    ['a total behind an empty cell', ',Grand total,450.00'],
    [
      'a remark filled up with separators, below separators',
      ',,\n,,\n"Data from database: Indicators",,\nLast Updated: 10/26/2023,,',
    ],
    ['a remark filled up with separators, below an empty line', '\nAll values are estimates,,'],
    ['a source filled up with separators', 'Source: World Bank,,'],
    ['averages and extremes', 'Average,3,15\nMax,6,29.5\nMin,0,0.5'],
    ['a remark of one cell', '***END OF FILE***'],
  ])('%s', (_, end) => {
    const found = read(`${table}${end}\n`);
    expect(found.rows).toBe(30);
    expect(codes(found)).toContain('footer');
  });

  it('but rows of a table of statistics are, as those above do not lie where they say', () => {
    const statistics =
      'statistic,length,width\ncount,150,150\nstd,0.83,0.76\nmedian,5.8,1.3\nmax,7.9,2.5\nmin,4.3,0.1\n';
    const found = read(`${statistics}mean,5.84,1.19\n`);
    expect(found.rows).toBe(6);
    expect(codes(found)).not.toContain('footer');
    const few = read('statistic,length,width\nmin,4.3,0.1\nmax,7.9,2.5\nmean,5.84,1.19\n');
    expect(few.rows).toBe(3);
    const others = Array.from({ length: 20 }, (_, row) => `d${row},${row + 3}`).join('\n');
    expect(read(`drug,dose\n${others}\nmin,9\nmax,12\nmean,30\n`).rows).toBe(23);
  });

  it.each([
    ['where the word names other rows, too', 'Total,1,2\nitem x,2,3\nTotal,3,4'],
    ['where words stand behind it', 'Total,n,x'],
    ['where it may be the name of somebody', 'Max,3,9.5'],
    ['where it is part of a name', 'Total Recall,3,9.5'],
    ['where other cells are missing and nothing stands apart', 'item 31,,'],
  ])('but a last row is one %s', (_, end) => {
    expect(read(`${table}${end}\n`).rows).toBe(30 + end.split('\n').length);
  });
});
