/** How a file is read, part by part, with what each part could be instead. */
import type { TableFormat } from '../../../../../protocol/dataset';
import { COMMENT_SIGNS, signOf } from './dialect';
import {
  Encoding,
  type ReadingChoice,
  type ReadingField,
  type ReadingPart,
  type ReadingWishes,
  type Separator,
} from '../../../../../protocol/reading';

const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  ',': ', (comma)',
  ';': '; (semicolon)',
  '\t': 'tab',
  '|': '| (bar)',
  ':': ': (colon)',
  '^': '^ (caret)',
  '~': '~ (tilde)',
  '\u0001': 'control character 1 (Hive)',
  '::': ':: (two colons)',
  '||': '|| (two bars)',
  blanks: 'blanks',
  fixed: 'fixed width',
};
const SHORT_SEPARATORS: Readonly<Partial<Record<Separator, string>>> = {
  '\t': 'tab',
  '\u0001': 'control character 1',
  fixed: 'fixed width',
  blanks: 'separated by blanks',
};
/** First lines that the list of choices offers. */
const FIRST_LINES = 10;

/**
 * The parts in the order of the line; `wishes`: what a person has asked for; `usesDecimal`: whether numbers of the
 * table have a decimal sign or could have, without which a comma is not worth a word.
 */
export function tellReading(
  format: TableFormat,
  wishes: ReadingWishes,
  usesDecimal = true,
): readonly ReadingPart[] {
  const part = (
    field: ReadingField,
    title: string,
    value: string,
    text: string,
    told: boolean,
    choices: readonly ReadingChoice[],
  ): ReadingPart => ({ field, title, value, text, told, asked: wishes[field] !== undefined, choices });
  const { encoding, separator, quote, escape, header, firstLine, comment, units, rowNames, decimal } = format;
  return [
    part(
      'encoding',
      'Encoding',
      encoding,
      encodingName(encoding),
      true,
      Encoding.options.map(encodingChoice),
    ),
    part(
      'separator',
      'Separator',
      separator,
      SHORT_SEPARATORS[separator] ?? separator,
      true,
      (Object.keys(SEPARATOR_NAMES) as Separator[]).map((value) => ({
        value,
        label: SEPARATOR_NAMES[value],
      })),
    ),
    part('header', 'Header', String(header), headerText(header, firstLine), true, [
      { value: 'true', label: 'The first line names the columns' },
      { value: 'false', label: 'No header' },
    ]),
    part(
      'firstLine',
      'First line',
      String(firstLine),
      `from line ${firstLine}`,
      firstLine > 1 && !header,
      firstLines(firstLine),
    ),
    part(
      'quote',
      'Quotes',
      quote,
      quote === 'none' ? 'no quotes' : quote === "'" ? 'single quotes' : 'double quotes',
      quote !== '"' && signOf(separator) !== undefined,
      [
        { value: '"', label: 'Double quotes (")' },
        { value: "'", label: "Single quotes (')" },
        { value: 'none', label: 'None' },
      ],
    ),
    part(
      'escape',
      'Quotes inside quotes',
      escape,
      escape === 'backslash' ? 'backslash before quotes' : 'doubled quotes',
      escape === 'backslash',
      [
        { value: 'doubled', label: 'Doubled ("")' },
        { value: 'backslash', label: 'Behind a backslash (\\")' },
      ],
    ),
    part(
      'comment',
      'Comments',
      comment === '' ? 'none' : comment,
      comment === '' ? 'no comments' : `comments behind ${comment}`,
      comment !== '',
      [
        { value: 'none', label: 'None' },
        ...[...new Set<string>([...COMMENT_SIGNS, ...(comment === '' ? [] : [comment])])].map((value) => ({
          value,
          label: `Lines that begin with ${value}`,
        })),
      ],
    ),
    part('units', 'Units', String(units), units ? 'units below the header' : 'no units', units, [
      { value: 'true', label: 'The line below the header holds units' },
      { value: 'false', label: 'No units' },
    ]),
    part('rowNames', 'Names of rows', String(rowNames), rowNames ? 'row names' : 'no row names', rowNames, [
      { value: 'true', label: 'The first cell of each row is its name' },
      { value: 'false', label: 'None' },
    ]),
    part(
      'decimal',
      'Decimal sign',
      decimal,
      decimal === ',' ? 'decimal comma' : 'decimal point',
      decimal === ',' && (usesDecimal || wishes.decimal !== undefined),
      [
        { value: '.', label: 'Point (1.5)' },
        { value: ',', label: 'Comma (1,5)' },
      ],
    ),
  ];
}

function encodingName(encoding: Encoding): string {
  return encoding.startsWith('utf') ? encoding.toUpperCase() : encoding;
}

function encodingChoice(value: Encoding): ReadingChoice {
  return { value, label: encodingName(value) };
}

function headerText(header: boolean, firstLine: number): string {
  if (!header) return 'no header';
  return firstLine === 1 ? 'header' : `header in line ${firstLine}`;
}

function firstLines(chosen: number): readonly ReadingChoice[] {
  const lines = Array.from({ length: FIRST_LINES }, (_, index) => index + 1);
  if (!lines.includes(chosen)) lines.push(chosen);
  return lines.map((line) => ({ value: String(line), label: `Line ${line}` }));
}
