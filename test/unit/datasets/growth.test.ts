/**
 * What people and attackers make long must not be looked at again and again: each stage of reading takes about four
 * times as long for four times as much. Only the growth is held, not the time; work that grows with the square takes
 * sixteen times as long.
 */
import { describe, expect, it } from 'vitest';
import {
  decodeText,
  CharacterVocabulary,
  readTable,
  readTarget,
  rowKeys,
  splitRows,
} from '../../../src/engine/datasets';
import { encoderFromJSON, fitEncoder, missingColumns } from '../../../src/engine/features';
import { nearestName } from '../../../src/protocol/nearest-name';
import { inspectTable, inspectText } from './inspected';
import { different } from '../../../src/engine/inference/csv';
import { factsOf } from '../../../src/engine/models/facts';

/** Between 4 (linear) and 16 (quadratic), and far enough from both. */
const MOST = 9;
/** Below this a measurement is mostly the clock and the garbage collector: the work is made larger, ms. */
const LEAST_MS = 8;
const MOST_DOUBLINGS = 8;
const FEWEST_ROUNDS = 2;
const MOST_ROUNDS = 8;

/**
 * How many times as long four times the work takes. It is the processor's time of this process, not the clock's, and the
 * least of several rounds in turns: a machine that does other things as well makes single rounds slower, never faster.
 */
function growthOf(work: (size: number) => void, size: number): number {
  let own = size;
  for (let doubling = 0; processorTime(() => work(own)) < LEAST_MS && doubling < MOST_DOUBLINGS; doubling++)
    own *= 2;
  let small = Infinity;
  let large = Infinity;
  for (let round = 0; round < MOST_ROUNDS && (round < FEWEST_ROUNDS || large / small >= MOST); round++) {
    small = Math.min(
      small,
      processorTime(() => work(own)),
      processorTime(() => work(own)),
    );
    large = Math.min(
      large,
      processorTime(() => work(4 * own)),
    );
  }
  return large / small;
}

/** ms. */
function processorTime(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function expectLinear(work: (size: number) => void, size: number): void {
  expect(growthOf(work, size)).toBeLessThan(MOST);
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const repeated = (count: number, cell: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => cell(index));
/** A header and five rows. */
const wide = (names: readonly string[]): string =>
  [names, ...repeated(5, String).map((row) => names.map((_, column) => `${Number(row) * column}`))]
    .map((cells) => cells.join(','))
    .join('\n') + '\n';
/** Columns of words beside one that could be told by their letters. */
const words = (columns: number): string =>
  [[...repeated(columns, (i) => `c${i}`), 'label'].join(',')]
    .concat(
      repeated(50, (row) =>
        [...repeated(columns, (i) => wordOf(row * columns + i)), row % 2 ? 'odd' : 'even'].join(','),
      ),
    )
    .join('\n') + '\n';
const wordOf = (index: number): string =>
  (Math.imul(index + 1, 2654435761) >>> 0)
    .toString(26)
    .replace(/\d/gu, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
const inspect = (text: string) => inspectTable(bytes(text), { path: 'a.csv' });

describe('the measure of growth', () => {
  const sum = new Float64Array(1);
  const turns = (count: number): void => {
    for (let turn = 0; turn < count; turn++) sum[0] = (sum[0] as number) * 0.5 + turn;
  };

  it('tells work that grows with the square from work that grows in step', () => {
    expect(growthOf((n) => turns(n * n), 1000)).toBeGreaterThan(MOST);
    expect(growthOf((n) => turns(n * 1000), 1000)).toBeLessThan(MOST);
  });
});

describe('inspecting a table grows in step with', () => {
  it.each<[string, number, (size: number) => string]>([
    ['equal column names', 1000, (n) => wide(repeated(n, () => 'x'))],
    ['columns without a name', 2000, (n) => wide(repeated(n, () => ''))],
    [
      'names that are copies of each other already',
      1000,
      (n) => wide(repeated(n, (i) => (i % 2 ? 'x' : `x (${i})`))),
    ],
    ['columns', 2000, (n) => wide(repeated(n, (i) => `name ${i}`))],
    ['columns of words', 200, words],
    ['rows', 8000, (n) => 'a,b,c\n' + repeated(n, (i) => `${i % 7},word${i % 50},${i / 3}\n`).join('')],
    [
      'quotes that never close',
      20_000,
      (n) => 'a,b\n' + repeated(n, (i) => `"open ${i},${i % 3}\n`).join(''),
    ],
    [
      'quotes that close where no cell ends',
      20_000,
      (n) => 'a,b\n' + repeated(n, (i) => `""x ${i},"y" z${i % 3}\n`).join(''),
    ],
    [
      'quotes between tabs that meet others further down',
      20_000,
      (n) => 'a\tb\n' + repeated(n, (i) => `"open ${i}\t${i % 3}"\n`).join(''),
    ],
    ['quotes in one cell', 100_000, (n) => `a,b\n"${'""'.repeat(n)}",1\nx,2\nx,2\ny,1\ny,1\n`],
    ['separators in one line', 200_000, (n) => `a,b\n1,2\n1,3\n2,2\n${','.repeat(n)}\n`],
    ['lines with too few and too many cells', 10_000, (n) => 'a,b,c\n1,2,3\n' + '1,2\n1,2,3,4\n'.repeat(n)],
    [
      'values that are all different',
      10_000,
      (n) => 'a,b\n' + repeated(n, (i) => `v${i},${i % 3}\n`).join(''),
    ],
    [
      'numbers that are all too long',
      2000,
      (n) => 'a,b\n' + repeated(n, (i) => `${'7'.repeat(400)},${i % 3}\n`).join(''),
    ],
    ['blank lines', 400_000, (n) => 'a,b\n1,2\n1,3\n' + '\n'.repeat(n) + '2,2\n'],
    ['blanks in one cell', 200_000, (n) => `a,b\n1,2\n1,3\n2,x${' '.repeat(n)}y\n`],
    ['the length of a name', 200_000, (n) => `${'name '.repeat(n / 5)},b\n1,2\n1,3\n2,2\n`],
    ['the length of a word', 1_000_000, (n) => `a,b\n${'x'.repeat(n)},2\nz,3\nz,3\nq,2\nq,2\n`],
    ['digits and points in one cell', 100_000, (n) => `a,b\n${'1.'.repeat(n)},2\n3,3\nz,3\nq,2\nq,2\n`],
  ])('%s', (_, size, text) => {
    expectLinear((n) => {
      try {
        inspect(text(n));
      } catch (error) {
        // A file that is refused is refused in linear time, too.
        if (!(error instanceof Error) || error.name !== 'LabError') throw error;
      }
    }, size);
  });

  it('bytes that are no UTF-8', () => {
    expectLinear((n) => {
      const text = bytes('a,b\n' + repeated(n, (i) => `x\u0001,${i % 3}\n`).join(''));
      for (let at = 4; at < text.length; at++) if (text[at] === 1) text[at] = 0xff;
      inspectTable(text, { path: 'a.csv' });
    }, 10_000);
  });

  it('characters of UTF-16 that are none', () => {
    expectLinear((n) => {
      const text = '\ufeffa,b\n' + '1,2\n2,3\n'.repeat(n) + '\ud800,1\n';
      inspectTable(Buffer.from(text, 'utf16le'), { path: 'a.csv' });
    }, 10_000);
  });
});

describe('a model’s use of a table grows in step with', () => {
  const rows = Uint32Array.from({ length: 40 }, (_, i) => i);
  const labelled = (names: readonly string[]) =>
    readTable(
      [
        [...names, 'label'],
        ...repeated(40, String).map((row) => [
          ...names.map((_, i) => `${(Number(row) * (i + 3)) % 11}`),
          Number(row) % 2 ? 'a' : 'b',
        ]),
      ]
        .map((cells) => cells.join(','))
        .join('\n'),
    );

  it('its columns, when it is fitted, stored, opened and applied', () => {
    expectLinear((n) => {
      const table = labelled(repeated(n, (i) => `c${i}`));
      const encoder = fitEncoder(table, rows, { target: 'label', answer: 'name' });
      encoderFromJSON(encoder.toJSON()).encode(table, rows);
    }, 1000);
  });

  it('the columns that a wide wrong file lacks', () => {
    expectLinear((n) => {
      const encoder = fitEncoder(labelled(repeated(n, (i) => `c${i}`)), rows, {
        target: 'label',
        answer: 'name',
      });
      const wrong = readTable(wide(repeated(n, (i) => `a wholly different name ${i}`)));
      expect(missingColumns(encoder, wrong)).toHaveLength(1);
    }, 500);
  });

  it('the names that are looked through for the nearest', () => {
    expectLinear(
      (n) =>
        nearestName(
          'x'.repeat(50),
          repeated(n, (i) => 'y'.repeat(50) + String(i)),
        ),
      1000,
    );
    expectLinear((n) => nearestName('x'.repeat(n), ['y'.repeat(n)]), 2000);
  });

  it('the columns beside which it writes its prediction', () => {
    expectLinear((n) => {
      const taken = new Set(['prediction', ...repeated(n, (i) => `prediction (${i + 2})`)]);
      expect(different('prediction', taken)).toBe(`prediction (${n + 2})`);
    }, 20_000);
  });

  it('rows, when they are split, keyed and told apart by class', () => {
    expectLinear((n) => {
      const table = readTable('a,label\n' + repeated(n, (i) => `${i},class${i % 90}\n`).join(''));
      const column = readTarget(table, 'label', 'name');
      splitRows({ ...column, validation: 0.2, seed: 1 });
      rowKeys(table);
    }, 10_000);
  });

  it('the columns that are left out when a model is suggested', () => {
    const summary = inspect(wide(repeated(4000, (i) => `c${i}`)));
    expectLinear((n) => factsOf(summary, { target: 'c1', exclude: repeated(n, (i) => `c${i}`) }), 4000);
  });
});

describe('looking at a text grows in step with', () => {
  it.each<[string, (size: number) => string]>([
    ['its length', (n) => 'Some words of a text. '.repeat(n / 20)],
    ['its lines', (n) => '\r\n'.repeat(n / 2)],
    [
      'its different characters',
      (n) => repeated(n / 4, (i) => String.fromCodePoint(0x4e00 + (i % 20_000))).join(''),
    ],
  ])('%s', (_, text) => {
    expectLinear((n) => {
      inspectText(bytes(text(n)), 'a.txt');
      CharacterVocabulary.fromText(decodeText(bytes(text(n)), 'a.txt').text);
    }, 400_000);
  });
});
