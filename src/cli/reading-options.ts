/** Options that say how a table is read, one for every part of `ReadingWishes`, for the commands that read a table. */
import { type Command, Option } from 'commander';
import {
  Encoding,
  QuoteCharacter,
  QuoteEscape,
  type ReadingField,
  ReadingWishes,
  Separator,
} from '../protocol';
import { choiceAmong } from './choice-options';
import { addColumnOptions, type ColumnOptions } from './column-options';
import { flagOf } from './flags';
import { numberWithin, outOfRange } from './number-options';
import { type PreparationOptions, preparationSteps } from './preparation-options';

/** As commander hands them over: a part that was not given is undefined. */
export interface TableOptions
  extends Omit<ReadingWishes, 'columns' | 'decimal' | 'steps'>, ColumnOptions, PreparationOptions {}

/** Parts that are given with a value; `header` and its like are asked for by name alone. */
type ValueField = Exclude<ReadingField, 'header' | 'units' | 'rowNames' | 'decimal'>;

interface Declaration {
  readonly value: string;
  readonly description: string;
  readonly parse: (text: string) => unknown;
}

/** Names for characters that a shell makes hard to type. */
const separators: Readonly<Record<string, Separator>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  bar: '|',
  colon: ':',
  caret: '^',
  tilde: '~',
  'ctrl-a': '\u0001',
  '\\x01': '\u0001',
  blank: 'blanks',
  space: 'blanks',
  ' ': 'blanks',
};
const quotes: Readonly<Record<string, QuoteCharacter>> = { double: '"', single: "'" };

const declarations: Readonly<Record<ValueField, Declaration>> = {
  part: {
    value: 'name',
    description: 'which sheet of a workbook, table of a database or list of a JSON document is read',
    parse: (text) => text,
  },
  encoding: {
    value: 'name',
    description: `how the characters are written: ${Encoding.options.join(', ')}`,
    parse: parseEncoding,
  },
  separator: {
    value: 'character',
    description:
      'what stands between cells: comma, semicolon, tab, pipe, colon, caret, tilde or ctrl-a, as a word or as the character; :: or ||; blanks for any run of spaces; fixed for columns that begin at the same place of every line',
    parse: (text) => named('separator', Separator.options, separators, text),
  },
  quote: {
    value: 'character',
    description: 'what stands around cells that hold separators: double, single or none',
    parse: (text) => named('quote', QuoteCharacter.options, quotes, text),
  },
  escape: {
    value: 'way',
    description: 'how a quote inside quotes is written: doubled or backslash',
    parse: (text) => choiceAmong(flagOf('escape'), QuoteEscape.options, text),
  },
  firstLine: {
    value: 'number',
    description: 'the line of the header, or of the first row; lines above are no rows',
    parse: (text) => numberWithin(flagOf('firstLine'), ReadingWishes.shape.firstLine, text),
  },
  comment: {
    value: 'beginning',
    description: 'lines that begin so are no rows, e.g. "#"; none for none',
    parse: parseComment,
  },
};

export function addTableOptions(command: Command): Command {
  const add = (option: Option) => command.addOption(option.helpGroup('How the file is read:'));
  for (const field of Object.keys(declarations) as ValueField[]) {
    const { value, description, parse } = declarations[field];
    add(new Option(`${flagOf(field)} <${value}>`, `${description} (default: found out)`).argParser(parse));
  }
  add(new Option('--header', 'the first row names the columns (default: found out)'));
  add(new Option('--no-header', 'the first row is data; columns are called "column 1", "column 2", …'));
  add(new Option('--units', 'the line below the header holds units and is no row (default: found out)'));
  add(new Option('--no-units', 'the line below the header is a row'));
  add(new Option('--row-names', 'each row begins with a name without a column (default: found out)'));
  add(new Option('--no-row-names', 'no row begins with a name without a column'));
  addColumnOptions(add);
  return command;
}

/** The option that asks for a part, as it is typed. */
export function flagOfPart(field: ReadingField): string {
  return flagOf(field);
}

/** What is asked of the whole file; `columnWishes` has what is asked of single columns. */
export function fileWishes(options: TableOptions): ReadingWishes {
  const { part, encoding, separator, quote, escape, header, firstLine, comment, units, rowNames } = options;
  const decimal = options.decimal?.findLast(({ column }) => column === undefined)?.value;
  const ofFile = { encoding, separator, quote, escape, header, firstLine, comment, units, rowNames, decimal };
  const given = { part, ...ofFile, steps: preparationSteps(options) };
  return ReadingWishes.parse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
}

/** Other names of an encoding are those of the WHATWG's standard, e.g. `latin1`, `sjis`, `gbk`. */
function parseEncoding(text: string): Encoding {
  let known = text.trim();
  try {
    known = new TextDecoder(known).encoding;
  } catch {
    // Not a name of the standard: it is refused below.
  }
  if (known === 'gbk') return 'gb18030';
  if (/^(?:cp|dos|ibm)-?850$/iu.test(known)) return 'ibm850';
  const choice = Encoding.options.find((encoding) => encoding === known);
  return choice ?? choiceAmong(flagOf('encoding'), Encoding.options, text);
}

/** A character, or its name. What is refused is told the names: signs would be lost between commas. */
function named<T extends string>(
  field: ReadingField,
  choices: readonly T[],
  names: Readonly<Record<string, T>>,
  text: string,
): T {
  // As it is first: a tab and a blank are characters to choose, too.
  for (const given of [text, text.trim()].map((form) => form.toLowerCase())) {
    if (Object.hasOwn(names, given)) return names[given] as T;
    const found = choices.find((choice) => choice === given);
    if (found !== undefined) return found;
  }
  const words = choices.map((choice) => Object.keys(names).find((name) => names[name] === choice) ?? choice);
  return choiceAmong<T>(flagOf(field), words as T[], text);
}

function parseComment(text: string): string {
  const sign = text === 'none' ? '' : text;
  if (ReadingWishes.shape.comment.safeParse(sign).success) return sign;
  throw outOfRange(flagOf('comment'), `"${text}"`, 'at most four characters, or none');
}
