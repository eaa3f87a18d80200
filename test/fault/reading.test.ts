import { describe, expect, it } from 'vitest';
import { inspectTable } from '../unit/datasets/inspected';
import { readTable } from '../../src/engine/datasets';
import { uniformAt } from '../../src/engine/datasets/random';
import { chooseReading } from '../../src/engine/datasets/kinds/csv/reading/choose';
import { plainDialect, scan } from '../../src/engine/datasets/kinds/csv/scanner';
import { separateRows } from '../../src/engine/datasets/kinds/csv/reading/rows';
import { LabError } from '../../src/protocol/errors';

const seeds = [
  'name,size,label\nZürich,1.5,a\nBern,2.5,b\n"Genf, am See",3,a\n'.repeat(4),
  'sep=;\nx;y;z\n1,5;2;a\n2,5;3;b\n;;\n',
  '# made\n# by hand\n a  b  c\n 1  2  x\n 3  4  y\n',
  "'it''s','x'\n'a','b'\n'c','d'\n(3 rows)\n",
  '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n',
  '1, "Smith, John", "a \\"b\\""\n2, "Doe", "c"\n',
];
const pieces = [
  '"',
  "'",
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  '\\',
  '#',
  ' ',
  '-',
  '\0',
  '\ufeff',
  '[m]',
  '"",""',
  '😀',
  '1.5',
];

describe('damaged tables', () => {
  it('are read or refused with a LabError, whatever was changed in them', () => {
    for (let seed = 0; seed < 1500; seed++) {
      let counter = 0;
      const draw = (below: number) => Math.floor(uniformAt(seed, 7, counter++) * below);
      let bytes = Buffer.from(seeds[draw(seeds.length)] as string);
      for (let change = draw(6); change >= 0; change--) {
        const at = draw(bytes.length + 1);
        const piece =
          draw(4) === 0 ? Buffer.from([draw(256)]) : Buffer.from(pieces[draw(pieces.length)] as string);
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + draw(3))]);
      }
      try {
        const table = readTable(bytes);
        expect(table.rows).toBeGreaterThan(0);
        for (let row = 0; row < table.rows; row++) {
          expect(table.endLine[row]).toBeGreaterThanOrEqual(table.startLine[row] as number);
          table.columns.forEach((_, column) => table.cell(row, column));
        }
        const said = table.issues.map(({ code }) => code).filter((code) => code !== 'long-number');
        expect(new Set(said).size, JSON.stringify(bytes.toString())).toBe(said.length);
        inspectTable(bytes, { path: '/x.csv' });
      } catch (error) {
        expect(error, JSON.stringify(bytes.toString())).toBeInstanceOf(LabError);
      }
    }
  });
});

/** Bytes that count how often they are read. */
function counted(text: string): { bytes: Uint8Array; reads: () => number } {
  let reads = 0;
  const bytes = new Proxy(Buffer.from(text), {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/u.test(key)) reads++;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
  return { bytes, reads: () => reads };
}

describe('the reading of a file of twice the size', () => {
  const piece = 'name,1.5,"a, b",x\n,,,\n# note\nother,2.5,c\n';
  it('costs at most about twice as much in separating its rows', () => {
    const reads = (copies: number): number => {
      const { bytes, reads: count } = counted(`a,b,c,d\n${piece.repeat(copies)}`);
      separateRows(bytes, scan(bytes, plainDialect(',')), { header: true });
      return count();
    };
    expect(reads(400) / reads(200)).toBeLessThan(2.3);
  });

  it('costs no more in choosing the dialect, which looks at a sample', () => {
    const reads = (copies: number): number => {
      const { bytes, reads: count } = counted(`a,b,c,d\n${piece.repeat(copies)}`);
      chooseReading(bytes, {});
      return count();
    };
    expect(reads(4000) / reads(2000)).toBeLessThan(1.2);
  });
});
