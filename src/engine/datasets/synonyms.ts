/** Values of one column that may be two ways to write the same: `LF` beside `Low Fat`, `M` beside `male`. */
import type { ColumnQuestion } from '../../protocol/dataset';
import type { ColumnWish } from '../../protocol/reading';
import { writeCounted } from '../../protocol/words';

export interface Synonym {
  readonly short: string;
  readonly long: string;
  /** Rows with the shorter one. */
  readonly rows: number;
}

interface Value {
  readonly value: string;
  /** In small letters. */
  readonly plain: string;
  readonly initials: string | undefined;
  readonly rows: number;
}

/** Letters that stand for a word wherever both are written. */
const LETTERS: readonly (readonly [letter: string, word: string])[] = [
  ['m', 'male'],
  ['f', 'female'],
  ['y', 'yes'],
  ['n', 'no'],
  ['t', 'true'],
  ['f', 'false'],
];
/** With more values than this, that one is the beginning of another says nothing. */
const MOST_VALUES = 40;
const SHORTEST_BEGINNING = 3;
const NAMED = 3;

/**
 * Pairs of which both occur: a letter and its word, the initials of another value's words, and, only in a column where
 * such a pair is found, the beginning of a single other word.
 */
export function synonymsIn(counts: ReadonlyMap<string, number>): readonly Synonym[] {
  if (counts.size < 3 || counts.size > MOST_VALUES) return [];
  const values = [...counts].map(([value, rows]): Value => {
    const plain = value.toLowerCase();
    return { value, plain, initials: initialsOf(plain), rows };
  });
  const pairs = (isShortOf: (short: string, long: Value) => boolean): Synonym[] =>
    values.flatMap(({ value, plain, rows }) => {
      const [long, ...others] = values.filter((each) => each.plain !== plain && isShortOf(plain, each));
      return long === undefined || others.length > 0 ? [] : [{ short: value, long: long.value, rows }];
    });
  const sure = pairs((short, long) => isLetterOf(short, long.plain) || short === long.initials);
  if (sure.length === 0) return [];
  const found = new Set(sure.flatMap(({ short, long }) => [short, long]));
  const begun = pairs((short, long) => short.length >= SHORTEST_BEGINNING && long.plain.startsWith(short));
  return [...sure, ...begun.filter(({ short, long }) => !found.has(short) && !found.has(long))];
}

function isLetterOf(short: string, long: string): boolean {
  return LETTERS.some(([letter, word]) => letter === short && word === long);
}

/** `lf` of `low fat`; undefined for a single word. */
function initialsOf(text: string): string | undefined {
  const words = text.split(/[\s_/-]+/u).filter((word) => /^\p{L}/u.test(word));
  return words.length < 2 ? undefined : words.map((word) => word.charAt(0)).join('');
}

/** The question; they stay apart until it is answered. */
export function synonymQuestion(counts: ReadonlyMap<string, number>): ColumnQuestion | undefined {
  const pairs = synonymsIn(counts);
  if (pairs.length === 0) return undefined;
  const named = pairs
    .slice(0, NAMED)
    .map(({ short, long, rows }) => `"${short}" (${writeCounted(rows, 'row')}) may be "${long}"`);
  const more = pairs.length > NAMED ? ` and ${pairs.length - NAMED} more` : '';
  return {
    text: `${named.join(', ')}${more}. ${pairs.length === 1 ? 'Is it the same?' : 'Are they the same?'} They count as different.`,
    answers: [
      ...(pairs.length === 1
        ? []
        : [
            {
              label: pairs.length === 2 ? 'Both are the same' : `All ${pairs.length} are the same`,
              wish: { same: sameOf(pairs) },
            },
          ]),
      ...pairs.slice(0, NAMED).map((pair) => ({
        label: `"${pair.short}" is "${pair.long}"`,
        wish: { same: sameOf([pair]) },
      })),
    ],
  };
}

function sameOf(pairs: readonly Synonym[]): NonNullable<ColumnWish['same']> {
  return Object.fromEntries(pairs.map(({ short, long }) => [short, long]));
}
