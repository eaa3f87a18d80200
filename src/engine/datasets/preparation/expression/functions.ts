/** What can be called in an expression. Every function answers with a missing value where an argument is missing. */
import type { Value, ValueType } from './value';

export interface FunctionDescription {
  readonly name: string;
  /** The types of its arguments; `any` takes each. */
  readonly takes: readonly (ValueType | 'any')[];
  /** How many of `takes`, from behind, may be left away; `rest`: the last one may be repeated. */
  readonly optional?: number;
  readonly rest?: boolean;
  readonly gives: ValueType;
  /** One line for people. */
  readonly does: string;
  /** Its arguments are there, and of the types. */
  readonly of: (...args: never[]) => Value;
}

const DAY_MS = 86_400_000;

function dated(day: number): Date {
  return new Date(Math.round(day * DAY_MS));
}

const ofNumber = (name: string, does: string, of: (x: number) => number): FunctionDescription => ({
  name,
  takes: ['number'],
  gives: 'number',
  does,
  of,
});

const ofDate = (name: string, does: string, of: (date: Date) => number): FunctionDescription => ({
  name,
  takes: ['date'],
  gives: 'number',
  does,
  of: (day: number) => of(dated(day)),
});

const ofText = (name: string, does: string, of: (text: string) => string): FunctionDescription => ({
  name,
  takes: ['text'],
  gives: 'text',
  does,
  of,
});

const comparesTexts = (
  name: string,
  does: string,
  of: (text: string, part: string) => boolean,
): FunctionDescription => ({ name, takes: ['text', 'text'], gives: 'boolean', does, of });

const described: readonly FunctionDescription[] = [
  ofNumber('abs', 'the number without its sign', Math.abs),
  ofNumber('floor', 'rounded down to a whole number', Math.floor),
  ofNumber('ceil', 'rounded up to a whole number', Math.ceil),
  {
    name: 'round',
    takes: ['number', 'number'],
    optional: 1,
    gives: 'number',
    does: 'rounded, to so many decimals where a second number is given',
    of: rounded,
  },
  ofNumber('sqrt', 'the square root', Math.sqrt),
  ofNumber('exp', 'e to the power of the number', Math.exp),
  ofNumber('log', 'the natural logarithm', Math.log),
  ofNumber('log10', 'the logarithm to base 10', Math.log10),
  ofNumber('log1p', 'the natural logarithm of one and the number', Math.log1p),
  ofNumber('sign', '-1, 0 or 1', Math.sign),
  {
    name: 'min',
    takes: ['number'],
    rest: true,
    gives: 'number',
    does: 'the least of the numbers',
    of: Math.min,
  },
  {
    name: 'max',
    takes: ['number'],
    rest: true,
    gives: 'number',
    does: 'the greatest of the numbers',
    of: Math.max,
  },
  ofDate('year', 'the year of a date', (date) => date.getUTCFullYear()),
  ofDate('month', 'the month of a date, from 1', (date) => date.getUTCMonth() + 1),
  ofDate('day', 'the day of the month, from 1', (date) => date.getUTCDate()),
  ofDate('weekday', 'the day of the week: 1 for Monday to 7 for Sunday', (date) => date.getUTCDay() || 7),
  ofDate('hour', 'the hour of the day', (date) => date.getUTCHours()),
  ofText('lower', 'in small letters', (text) => text.toLowerCase()),
  ofText('upper', 'in capital letters', (text) => text.toUpperCase()),
  ofText('trim', 'without spaces around it', (text) => text.trim()),
  {
    name: 'length',
    takes: ['text'],
    gives: 'number',
    does: 'the number of characters',
    of: (text: string) => Array.from(text).length,
  },
  {
    name: 'words',
    takes: ['text'],
    gives: 'number',
    does: 'the number of words, parted by spaces',
    of: (text: string) => text.split(/\s+/u).filter((word) => word !== '').length,
  },
  comparesTexts('contains', 'whether the text holds the other', (text, part) => text.includes(part)),
  comparesTexts('startsWith', 'whether the text begins with the other', (text, part) =>
    text.startsWith(part),
  ),
  comparesTexts('endsWith', 'whether the text ends with the other', (text, part) => text.endsWith(part)),
  {
    name: 'replace',
    takes: ['text', 'text', 'text'],
    gives: 'text',
    does: 'the text with every such part replaced',
    of: (text: string, part: string, by: string) => (part === '' ? text : text.split(part).join(by)),
  },
  {
    name: 'slice',
    takes: ['text', 'number', 'number'],
    optional: 1,
    gives: 'text',
    does: 'the characters from one position, counted from 1, to another',
    of: (text: string, from: number, to?: number) =>
      Array.from(text)
        .slice(Math.max(0, from - 1), to)
        .join(''),
  },
  { name: 'number', takes: ['text'], gives: 'number', does: 'the number that a text writes', of: numberIn },
  { name: 'text', takes: ['any'], gives: 'text', does: 'the value as a text', of: String },
];

/** By name. `isMissing`, `coalesce`, `if` and `column` are part of the language: they are not given values only. */
export const functions: ReadonlyMap<string, FunctionDescription> = new Map(
  described.map((each) => [each.name, each]),
);

function rounded(x: number, decimals = 0): number {
  const scale = 10 ** Math.max(-15, Math.min(15, Math.trunc(decimals)));
  return Math.round(x * scale) / scale;
}

function numberIn(text: string): Value {
  const trimmed = text.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(trimmed) ? Number(trimmed) : undefined;
}
