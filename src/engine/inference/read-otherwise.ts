/** How a file is read, held against the file that its model learnt from: what changes no value, and what might. */
import type { QuoteCharacter, ReadingDifference, ReadingPart, Separator } from '../../protocol/reading';
import type { ColumnReading } from '../datasets/column-reading';
import type { DateOrder } from '../datasets/dates';
import type { Table } from '../datasets';
import type { Predictor } from './predictor';
import { writeCounted } from '../../protocol/words';

const separators: Readonly<Record<Separator, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  ':': 'colons',
  '^': 'carets',
  '~': 'tildes',
  '\u0001': 'control characters',
  '::': 'double colons',
  '||': 'double bars',
  blanks: 'blanks',
  fixed: 'their places in the line',
};
const quotes: Readonly<Record<QuoteCharacter, string>> = {
  '"': 'double quotes',
  "'": 'single quotes',
  none: 'nothing',
};
/** Columns of numbers or dates that are looked at, and cells of each: an editor asks at every keystroke. */
const COLUMNS = 100;
const CELLS = 200;

const decimalWords = { '.': 'a decimal point', ',': 'a decimal comma' } as const;
const orderWords = { 'day-first': 'day', 'month-first': 'month', 'year-first': 'year' } as const;

/** What the dataset of the model had otherwise, as far as that is known: runs of before kept little of it. */
export function readOtherwise(
  { saved, encoder }: Pick<Predictor, 'saved' | 'encoder'>,
  table: Table,
): ReadingDifference[] {
  const { dataset } = saved.experiment;
  const { format } = table;
  // What stands between cells is told of files that people can choose it for.
  const parts = table.tell({});
  const isDelimited = parts.some(({ field }) => field === 'separator');
  const differences = !isDelimited
    ? []
    : [
        ...between(
          separators[format.separator],
          separators[dataset.separator ?? format.separator],
          'separated by',
        ),
        ...between(quotes[format.quote], quotes[dataset.quote ?? format.quote], 'quoted by'),
      ];
  const names = encoder.features.filter(({ kind }) => kind === 'number' || kind === 'date');
  const columns = names.slice(0, COLUMNS).flatMap(({ column }) => {
    const index = table.find(column);
    const before = encoder.readings[column];
    return index < 0 || before === undefined ? [] : [{ name: column, index, before }];
  });
  const usual = dataset.decimal ?? format.decimal;
  const decimals = columns.flatMap((column) => decimalDifference(table, column, usual) ?? []);
  const dates = columns.flatMap((column) => dateDifference(table, column) ?? []);
  return [
    ...otherPart(format.part, dataset.part, parts),
    ...differences,
    ...gathered(decimals),
    ...gathered(dates),
  ];
}

/** Another sheet or table than the model's. That of a file which has only one is usual, as in one file a month. */
function otherPart(
  here: string | undefined,
  there: string | undefined,
  parts: readonly ReadingPart[],
): ReadingDifference[] {
  if (here === undefined || there === undefined || here === there) return [];
  const { choices = [] } = parts.find(({ field }) => field === 'part') ?? {};
  const isHere = choices.some(({ value }) => value === there);
  const missing = isHere ? '' : ', which is not in this file';
  return [
    {
      text: `"${here}" of this file is read; the model learnt from "${there}"${missing}.`,
      matters: choices.length > 1,
    },
  ];
}

/** What only says where cells begin and end. */
function between(here: string, there: string, how: string): ReadingDifference[] {
  if (here === there) return [];
  return [
    {
      text: `Cells are ${how} ${here} here; in the file that the model learnt from, by ${there}. The values are the same.`,
      matters: false,
    },
  ];
}

interface Judged {
  readonly name: string;
  readonly index: number;
  readonly before: ColumnReading;
}

/** The first column stands for the others. */
interface Found {
  readonly here: string;
  readonly there: string;
  readonly example: string;
}

function gathered([first, ...others]: readonly Found[]): ReadingDifference[] {
  if (first === undefined) return [];
  const { here, there, example } = first;
  const more = others.length === 0 ? '' : `, and ${writeCounted(others.length, 'more column')}`;
  return [
    {
      text:
        `${here} here (${example}${more}). ` +
        `The file that the model learnt from had ${there}. Check that both are right.`,
      matters: true,
    },
  ];
}

function decimalDifference(
  table: Table,
  { name, index, before }: Judged,
  usual: '.' | ',',
): Found | undefined {
  const { reading } = table.reader.found(index);
  if (before.holds === 'dates' || reading.holds === 'dates' || reading.holds === 'words') return undefined;
  const here = reading.numbers?.decimal ?? table.format.decimal;
  const there = before.numbers?.decimal ?? usual;
  if (here === there) return undefined;
  const row = firstRow(table, index, (text) => /\d[.,]\d/u.test(text));
  if (row < 0) return undefined;
  const value = table.numbers(index)[row] as number;
  if (Number.isNaN(value)) return undefined;
  return {
    here: `Numbers have ${decimalWords[here]}`,
    there: decimalWords[there],
    example: `${shown(table, row, index)} in "${name}" is ${value}`,
  };
}

function dateDifference(table: Table, { name, index, before }: Judged): Found | undefined {
  const here = table.reader.found(index).reading.dates;
  const there = before.dates;
  if (here === undefined || there === undefined || here === there) return undefined;
  if (!isOrdered(here) || !isOrdered(there)) return undefined;
  const row = firstRow(table, index, (text) => text.trim() !== '');
  if (row < 0) return undefined;
  return {
    here: `Dates have the ${orderWords[here]} first`,
    there: `the ${orderWords[there]} first`,
    example: `${shown(table, row, index)} in "${name}"`,
  };
}

/** Whether there is an order of parts to tell, which times of day and counts of seconds have not. */
function isOrdered(order: DateOrder): order is keyof typeof orderWords {
  return order in orderWords;
}

function firstRow(table: Table, column: number, fits: (text: string) => boolean): number {
  for (let row = 0; row < Math.min(table.rows, CELLS); row++) if (fits(table.cell(row, column))) return row;
  return -1;
}

function shown(table: Table, row: number, column: number): string {
  return `"${table.cell(row, column).trim().slice(0, 40)}"`;
}
