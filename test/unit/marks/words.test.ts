import { describe, expect, it } from 'vitest';
import {
  bars,
  outsideLines,
  outsideSentence,
  verdictSentence,
} from '../../../src/extension/marks/hover-words';
import { countRows, nextWrongRow } from '../../../src/extension/marks/mark-rows';
import { describeFile } from '../../../src/extension/marks/mark-words';
import { describeRow } from '../../../src/protocol/mark-words';
import { type Marks, Part, type RowPrediction, Verdict } from '../../../src/protocol/marks';
import { marks } from './example-marks';

const numbers = (verdicts: readonly Verdict[], residual: number, change: Partial<Marks> = {}) =>
  marks(verdicts, {
    task: 'regression',
    value: new Float32Array(verdicts.length).fill(18_200),
    residual: new Float32Array(verdicts.length).fill(residual),
    confidence: new Float32Array(verdicts.length).fill(900),
    ...change,
  });

describe('the text of a row', () => {
  it('has sign, class, confidence and part, and in short no part', () => {
    const given = marks([Verdict.wrong], { part: Uint8Array.of(Part.training) });
    expect(describeRow(given, 0)).toBe('✗ Adelie 88 % · training');
    expect(describeRow(given, 0, 'short')).toBe('✗ Adelie 88 %');
  });

  it('of a number has the residual in its unit, or the half-width where there is no label', () => {
    expect(describeRow(numbers([Verdict.wrong], 1340), 0)).toBe('✗ 18,200 (+1,340) · new');
    expect(describeRow(numbers([Verdict.right], -62), 0, 'short')).toBe('✓ 18,200 (-62)');
    expect(describeRow(numbers([Verdict.unlabelled], NaN), 0)).toBe('→ 18,200 ± 900 · new');
  });

  it('of a year has no thousands separated', () => {
    const given = { value: Float32Array.of(2019.6), confidence: Float32Array.of(7), years: true };
    expect(describeRow(numbers([Verdict.wrong], 8.4, given), 0)).toBe('✗ 2020 (+8.4) · new');
    expect(describeRow(numbers([Verdict.unlabelled], NaN, given), 0)).toBe('→ 2020 ± 7 · new');
    const row: RowPrediction = { row: 0, value: 2019.6, interval: [2012.6, 2026.6], years: true };
    expect(bars(row)).toBe('90 % interval of this row  2013 to 2027');
  });

  it('says so where the row lies outside what training saw', () => {
    const given = marks([Verdict.right], { outside: Uint8Array.of(1), unsure: Uint8Array.of(1) });
    expect(describeRow(given, 0)).toBe('? Adelie 88 % · outside · new');
    expect(describeRow(given, 0, 'short')).toBe('? Adelie 88 % outside');
  });

  it('tells classes with long names apart', () => {
    const classes = ['north', 'south'].map(
      (side) => `${'municipal area '.repeat(3)}${side} ${'x'.repeat(40)}`,
    );
    const given = marks([Verdict.wrong, Verdict.wrong], { classes, classIndex: Int32Array.of(0, 1) });
    expect(describeRow(given, 0, 'short')).toContain('north');
    expect(describeRow(given, 1, 'short')).toContain('south');
  });
});

describe('what is said of the whole file', () => {
  it('has the rows that the score speaks of beside the score', () => {
    const judged = marks([Verdict.right, Verdict.wrong], { metrics: { loss: 1, accuracy: 0.5 } });
    expect(describeFile(judged)).toEqual([
      'species: accuracy 50 % on this file · 1 wrong',
      'species: accuracy 50 % on this file',
    ]);
  });
});

describe('what is counted', () => {
  it('as predicted has a prediction', () => {
    const unlabelled = [Verdict.unlabelled, Verdict.unlabelled, Verdict.unlabelled];
    const one = marks(unlabelled, { hasPrediction: Uint8Array.of(1, 0, 0) });
    expect(countRows(one).predicted).toBe(1);
    expect(describeFile(one)[0]).toBe('species: 1 row predicted');
    expect(describeFile(marks(unlabelled))[0]).toBe('species: 3 rows predicted');
  });
});

describe('the next wrong row', () => {
  it('is the next one in the order of the file, for numbers too, and the first again after the last', () => {
    const given = numbers([Verdict.right, Verdict.wrong, Verdict.right, Verdict.wrong], 10, {
      residual: Float32Array.of(0, 5000, 0, 9000),
    });
    expect(nextWrongRow(given, 0)).toBe(1);
    expect(nextWrongRow(given, 2)).toBe(3);
    expect(nextWrongRow(given, 4)).toBe(1);
  });
});

describe('the hover', () => {
  const classes = (count: number): RowPrediction['probabilities'] =>
    Array.from({ length: count }, (_, index) => ({
      name: `class ${index}`,
      probability: index === 0 ? 0.9 : 0.1 / (count - 1),
    }));

  it('begins with the verdict as a sentence', () => {
    const probabilities = [
      { name: 'Adelie', probability: 0.88 },
      { name: 'Gentoo', probability: 0.12 },
    ];
    expect(verdictSentence(marks([Verdict.wrong]), 0, { row: 0, label: 'Gentoo', probabilities })).toBe(
      '✗ Wrong: predicted Adelie (88 %), the file says Gentoo.',
    );
    const unsure = marks([Verdict.right], { unsure: Uint8Array.of(1) });
    expect(verdictSentence(unsure, 0, { row: 0, label: 'Adelie', probabilities })).toBe(
      '? Right, but unsure: predicted Adelie (88 %), the file says Adelie.',
    );
    expect(verdictSentence(marks([Verdict.unlabelled]), 0, { row: 0 })).toMatch(/could not be predicted/);
  });

  it('of a number says whether the label lies inside the interval of this row, and which that is', () => {
    const row = {
      row: 0,
      label: '19540',
      value: 18_200,
      interval: [17_300, 19_100],
      residual: 1340,
    } as const;
    expect(verdictSentence(numbers([Verdict.wrong], 1340), 0, row)).toBe(
      '✗ Outside its interval: predicted 18,200, the file says 19540 (+1,340).',
    );
    expect(bars(row)).toBe('90 % interval of this row  17,300 to 19,100');
  });

  it('lists the likeliest of 50 classes and counts the rest together', () => {
    const lines = bars({ row: 0, probabilities: classes(50) }).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[4]).toBe('46 more, 9.39 % together');
  });

  it('lists the class of the label, too, however unlikely', () => {
    expect(bars({ row: 0, label: 'class 40', probabilities: classes(50) })).toMatch(
      /class 3 .*\nclass 40 .*\n45 more/,
    );
  });

  it('says why a prediction may mean nothing, one column a line', () => {
    const cells = [
      { column: 'weight', value: '45000', seen: { low: 2700, high: 6300 } },
      { column: 'colour', value: 'violet' },
    ];
    expect(outsideSentence(marks([]))).toMatch(/confidence means little/);
    expect(outsideSentence(numbers([], 0))).toMatch(/interval means little/);
    expect(outsideLines(cells).split('\n')).toEqual([
      'weight  45000   training saw 2,700 to 6,300',
      'colour  violet  training never saw it',
    ]);
    const [cell = { column: '', value: '' }] = cells;
    expect(outsideLines(Array(9).fill(cell))).toMatch(/\nand 5 more columns$/);
  });
});
