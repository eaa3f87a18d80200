/** Number, category, text, date or identifier: judged by what the values hold, not only by how many there are. */
import type { ColumnQuestion } from '../../protocol/dataset';
import { DISTINCT_LIMIT, type Facts, type StringSample } from './column-facts';
import type { ColumnReading } from './column-reading';
import { recognisedKind } from './recognisers';
import { informs, repetitionOf, wordCount } from './text-look';
import type { TargetGroups } from './target-groups';
import { writeCounted } from '../../protocol/words';

export interface Judgement {
  readonly kind: string;
  readonly note?: string;
  readonly question?: ColumnQuestion;
  /** Judged without a target, which may make another kind of it. */
  readonly open?: boolean;
}

/** What is known of the column beside its values. */
export interface ColumnPlace {
  readonly name: string;
  /** The header has a gap where the name should be. */
  readonly nameless: boolean;
  readonly reading: ColumnReading;
  /** What is to be predicted, where that is known and not this column; `told`: the letters are known to tell it. */
  readonly target?: TargetGroups | 'told' | undefined;
}

/** Fewer values than this say nothing about "nearly every row has its own". */
const IDENTIFIER_ROWS = 20;
const IDENTIFIER_SHARE = 0.95;
/** Share of different values from which on an identifier is one though its values come again. */
const REPEATED_SHARE = 0.2;
/** Fewer different values are categories, however they are written. */
const FEW_VALUES = 8;
/** A short phrase in more rows than this is a name for something. */
const MOST_ROWS_OF_EACH = 50;
const SENTENCE_WORDS = 5;
const MANY_VALUES = 100;
const MANY_SHARE = 0.05;
const TEXT_WORDS = 3;
const TEXT_LENGTH = 40;
/** Different values that are looked at for words that come again. */
const LOOKED_AT = 2000;
/** Share of them from which on they are made of the same words. */
const SAME_WORDS = 0.5;
const SOME_WORDS = 0.15;

const BOOLEANS: readonly (readonly [no: string, yes: string])[] = [
  ['false', 'true'],
  ['no', 'yes'],
  ['f', 't'],
  ['n', 'y'],
];
const IDENTIFIER_NAME =
  /(?:^|[\s_.-])(?:id|ids|uuid|guid|index|idx|rowid|row number|rownum|row ?names?|serial|key|pk)$|^(?:unnamed: \d+|#|nr|no\.?)$/iu;
/** Names under which programs write the numbers of rows. */
const ROW_NUMBER_NAME =
  /^(?:row[\s_.-]?names?|unnamed: \d+|index|row|row[\s_.-]?(?:id|number|num|no\.?)|#)$/iu;
const NUMBERED_NAME =
  /(?:sample|row|record|case|order|invoice|account|customer|patient|serial|ticket|phone|contract|policy|employee|student|passenger|loan|item|entry|line)[\s_.-]?(?:number|num|no\.?|nr\.?)$|(?:^|[\s_.-])(?:ean|gtin|upc|isbn|issn|barcode|imei|iban|ssn|msisdn|phone|telephone|mobile|fax)(?:[\s_.-]?(?:13|code|1|2))?$/iu;
const IDENTIFIER_CAMEL = /[a-z](?:Id|ID|UUID)$/u;
/** A clock or a measure may count up. */
const COUNTING_NAME =
  /(?:^|[\s_.-])(?:year|yr|day|days|month|week|hour|time|t|step|steps|epoch|date|age|x|distance|km|level|period|quarter|season|minute|second|seconds|temperature|dose|size|experience|hours)(?:$|[\s_.-])/iu;
/** Also hashes, keys of MongoDB and ULIDs. */
const UUID =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{16,128}|[0-7](?=\D*\d)[0-9a-hjkmnp-tv-z]{25})$/iu;
/** A double tells no two whole numbers beyond from each other. */
const LONGEST_WHOLE = 2 ** 53;
const UUID_SHARE = 0.95;

export function judge(facts: Facts, place: ColumnPlace): Judgement {
  const { present, distinct, rows } = facts;
  if (present === 0) return { kind: 'empty', note: 'Left out: it has no values.' };
  if (distinct === 1 && present === rows)
    return { kind: 'constant', note: 'Left out: it has the same value in every row.' };
  const own = recognisedKind(facts, place.name);
  if (own !== undefined) return { kind: own };
  if (place.reading.holds === 'dates') return { kind: 'date' };
  return isNumeric(facts) ? judgeNumbers(facts, place) : judgeStrings(facts, place);
}

export function isNumeric(facts: Facts): boolean {
  return facts.numeric > 0 && facts.numeric === facts.present;
}

const USE_AS_NUMBER = { label: 'Use it as a number', wish: { kind: 'number' as const } };
const LEAVE_OUT = { label: 'Leave it out', wish: { kind: 'left-out' as const } };
const USE_AS_TEXT = { label: 'Use it as text', wish: { kind: 'text' as const } };

function judgeNumbers(facts: Facts, { name, nameless }: ColumnPlace): Judgement {
  const { present, distinct, integers } = facts;
  const identifier = countsRows(facts, name, nameless) ?? numbersRows(facts, name, nameless);
  if (identifier !== undefined) return identifier;
  if (!integers || present < IDENTIFIER_ROWS) return { kind: 'number' };
  if (facts.outlier !== undefined) {
    const { value, rows } = facts.outlier;
    return {
      kind: 'number',
      question: {
        text: `Does ${String(value)} stand for a missing value (${writeCounted(rows, 'row')})?`,
        answers: [{ label: 'It is missing', wish: { missing: [String(value)] } }],
      },
    };
  }
  return looksLikeIdentifier(name) && distinct > IDENTIFIER_ROWS
    ? {
        kind: 'number',
        question: { text: `"${name}" is used as a number. Is it an identifier?`, answers: [LEAVE_OUT] },
      }
    : { kind: 'number' };
}

function leftOut(note: string, asked?: string): Judgement {
  const question = asked === undefined ? {} : { question: { text: asked, answers: [USE_AS_NUMBER] } };
  return { kind: 'identifier', note: `Left out: ${note}.`, ...question };
}

/** Numbers from 0 or 1 on in a column without a name, or with one that programs give to such: also of few rows. */
function countsRows(facts: Facts, name: string, nameless: boolean): Judgement | undefined {
  const { rows, distinct, integers, countsUp, min, max } = facts;
  const all = integers && countsUp && distinct > 1 && distinct === rows && max - min + 1 === distinct;
  return all && (min === 0 || min === 1) && (nameless || ROW_NUMBER_NAME.test(name))
    ? leftOut('it only counts the rows')
    : undefined;
}

/** Whole numbers that only tell rows apart, or whom or what they are about. */
function numbersRows(facts: Facts, name: string, nameless: boolean): Judgement | undefined {
  const { present, distinct, integers, countsUp, min, max } = facts;
  if (!integers || present < IDENTIFIER_ROWS) return undefined;
  const counting = COUNTING_NAME.test(name);
  const named = looksLikeIdentifier(name);
  if (distinct >= Math.min(DISTINCT_LIMIT, IDENTIFIER_SHARE * present)) {
    if (countsUp && !counting) return leftOut('it only counts the rows');
    if (nameless) return leftOut('a whole number of its own for nearly every row, and no name');
    if (named) return leftOut('a number of its own for nearly every row, named like an identifier');
    if (min > LONGEST_WHOLE) return leftOut('its whole numbers are too long for amounts');
    if (NUMBERED_NAME.test(name)) {
      return leftOut(
        'a number of its own for nearly every row, named like a count of them',
        `Do the numbers in "${name}" only tell rows apart?`,
      );
    }
  }
  // No measure takes each whole number between its ends once.
  const permuted = distinct === present && max - min + 1 === present;
  if (permuted && !counting)
    return leftOut('it numbers the rows, in another order', `Does "${name}" only number the rows?`);
  if (named && distinct > IDENTIFIER_ROWS && distinct >= REPEATED_SHARE * present) {
    return leftOut(
      'named like an identifier, with many different numbers that come again',
      `Does "${name}" only tell apart who or what a row is about?`,
    );
  }
  return undefined;
}

function judgeStrings(facts: Facts, place: ColumnPlace): Judgement {
  const { present, distinct, counts } = facts;
  const strings = facts.strings.length > 0 ? facts.strings : [...counts.keys()].slice(0, 100);
  const words = [...counts.keys()].map((value) => value.toLowerCase());
  if (words.length === 2 && BOOLEANS.some((pair) => pair.every((word) => words.includes(word)))) {
    return { kind: 'boolean' };
  }
  const uuids = strings.filter((text) => UUID.test(text)).length;
  const share = distinct / present;
  if (distinct > 2 && uuids >= UUID_SHARE * strings.length) {
    // A few that come again and again are names made unreadable: shops, devices.
    return distinct <= MANY_VALUES && share < MANY_SHARE
      ? { kind: 'category' }
      : { kind: 'identifier', note: 'Left out: it holds identifiers.' };
  }
  if (distinct <= FEW_VALUES) return fewValues(facts, share, place);
  const wordy =
    mean(strings.map(wordCount)) >= TEXT_WORDS || mean(strings.map(({ length }) => length)) >= TEXT_LENGTH;
  if (wordy && (share >= 0.5 || distinct >= DISTINCT_LIMIT)) return { kind: 'text' };
  const many = share >= 0.5 || (distinct > MANY_VALUES && share >= MANY_SHARE) || distinct >= DISTINCT_LIMIT;
  if (!many && !(wordy && areSentences(strings, present / distinct))) return { kind: 'category' };
  return judgeWords(facts, strings, share, wordy, place);
}

/** Wordy values that come again: sentences that could be worded anew, unless many rows share each short one. */
function areSentences(strings: readonly string[], rowsOfEach: number): boolean {
  return (
    rowsOfEach <= MOST_ROWS_OF_EACH ||
    mean(strings.map(wordCount)) >= SENTENCE_WORDS ||
    mean(strings.map(({ length }) => length)) >= TEXT_LENGTH
  );
}

function fewValues({ present }: Facts, share: number, { name }: ColumnPlace): Judgement {
  return present >= IDENTIFIER_ROWS && share >= 0.5 && looksLikeIdentifier(name)
    ? { kind: 'identifier', note: 'Left out: nearly every row has a value of its own.' }
    : { kind: 'category' };
}

/** Many different values of few words: text where words come again or letters tell the target, else identifiers. */
function judgeWords(
  facts: Facts,
  strings: readonly string[],
  share: number,
  wordy: boolean,
  { name, target }: ColumnPlace,
): Judgement {
  const { present } = facts;
  const { shared, stems } = repetitionOf([...facts.counts.keys()].slice(0, LOOKED_AT));
  if (shared >= (wordy ? SOME_WORDS : SAME_WORDS)) return { kind: 'text' };
  // A letter and a number that counts up: whatever they told of a sorted file would be about its order.
  const counted = stems <= Math.max(2 / Math.max(1, facts.counts.size), 0.02);
  const own = share >= 0.9 || (share >= 0.5 && looksLikeIdentifier(name));
  if (!counted && target !== undefined && (target === 'told' || tells(facts, target)))
    return { kind: 'text' };
  const open = !counted && target === undefined;
  if (present < IDENTIFIER_ROWS || !own)
    // As categories, values of one or two rows each would say nothing; their letters may.
    return share >= 0.5 && !counted && (wordy || present >= IDENTIFIER_ROWS)
      ? { kind: 'text' }
      : { kind: 'category', open };
  const close =
    !counted &&
    (shared >= SOME_WORDS || mean(strings.map((text) => text.replace(/\P{L}/gu, '').length)) >= 4);
  return {
    kind: 'identifier',
    open,
    note: 'Left out: nearly every row has a value of its own.',
    ...(close && !looksLikeIdentifier(name)
      ? {
          question: {
            text: `Do the words in "${name}" say something to learn from?`,
            answers: [USE_AS_TEXT],
          },
        }
      : {}),
  };
}

/** Whether the letters of a column's strings tell what is to be predicted. */
export function tells({ strings, stringRows }: StringSample, { groups, kinds }: TargetGroups): boolean {
  const kept = stringRows.map((row, at) => ({ text: strings[at] as string, group: groups[row] as number }));
  const usable = kept.filter(({ group }) => group >= 0);
  return informs(
    usable.map(({ text }) => text),
    Int32Array.from(usable, ({ group }) => group),
    kinds,
  );
}

export function looksLikeIdentifier(name: string): boolean {
  return IDENTIFIER_NAME.test(name) || IDENTIFIER_CAMEL.test(name);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
