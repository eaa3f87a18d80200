import { describe, expect, it } from 'vitest';
import { cells, codes, read } from './tables';

describe('lines that stand in quotes as a whole', () => {
  it('are read without them, and with the quotes inside them as quotes', () => {
    const found = read('"id,name,score"\n"1,""Ann, jr"",2.5"\n"2,""Bob """"B"""""",3"\n"3,Cy,4"\n');
    expect(found.columns).toEqual(['id', 'name', 'score']);
    expect(cells(found)).toEqual([
      ['1', 'Ann, jr', '2.5'],
      ['2', 'Bob "B"', '3'],
      ['3', 'Cy', '4'],
    ]);
    expect(codes(found)).toEqual(['wrapped-lines']);
    expect([...found.startLine]).toEqual([2, 3, 4]);
  });

  it.each([
    ['each cell is in quotes', '"a","b"\n"1","2"\n"3","4"\n"5","6"\n', 2],
    ['each line is a text with commas of its own', '"text"\n"One, two"\n"Three, four"\n"Five, six"\n', 1],
    ['lines have other numbers of commas', '"a, b"\n"One"\n"Two, three, four"\n"Five"\n', 1],
  ])('but not where %s', (_, text, columns) => {
    const found = read(text);
    expect(found.columns).toHaveLength(columns);
    expect(codes(found)).not.toContain('wrapped-lines');
  });

  it('nor where somebody says that quotes are ordinary characters', () => {
    expect(codes(read('"a,b"\n"1,2"\n"3,4"\n', { quote: 'none' }))).not.toContain('wrapped-lines');
  });
});
