/** A reading that a model brings along, in a file that may be written in another way. */
import type { ColumnWish } from '../../protocol/reading';
import type { ColumnCells } from './column-cells';
import { type ColumnReading, findReading, joined } from './column-reading';
import { daysOf } from './dates';
import { type FileSigns, numberOf } from './number-format';
import { dissect } from './number-text';

/** The column of the file that the reading is for. */
export interface OwnColumn {
  /** Every so many of its cells. */
  readonly cells: (stride: number) => ColumnCells;
  readonly rows: number;
  readonly signs: () => FileSigns;
  /** What a person asked of it in this file. */
  readonly wish: ColumnWish | undefined;
  /** The file's decimal sign was asked for: where it fits as well as that of the given reading, it holds. */
  readonly decimalAsked: boolean;
}

/** Cells by which a given reading is held against the file's own. */
const ADOPTION_CELLS = 1000;

/** What a person asked of the column of this file comes before the reading that a model brings along. */
export function readingOfFile(given: ColumnReading, own: OwnColumn): ColumnReading {
  if (own.wish === undefined) return adopted(given, own);
  const { decimal, thousands, dates } = own.wish;
  const asked = withWords(given, own.wish);
  const writing = decimal !== undefined || thousands !== undefined || dates !== undefined;
  if (!writing || (given.holds !== 'numbers' && given.holds !== 'dates')) return adopted(asked, own);
  const wish = { decimal, thousands, dates, missing: asked.missing };
  const { reading } = findReading(own.cells(1), own.signs, wish);
  if (reading.holds !== given.holds) return adopted(asked, own);
  if (given.holds === 'dates') return { ...asked, dates: reading.dates };
  return sameUnit(given, reading) ? withNumbersOf(asked, reading) : asked;
}

/** With the words that a person takes for no value, for one, or for the same. */
function withWords(given: ColumnReading, wish: ColumnWish): ColumnReading {
  const lower = (words: readonly string[] = []) => words.map((word) => word.trim().toLowerCase());
  const [noValues, values] = [lower(wish.missing), lower(wish.values)];
  return {
    ...given,
    missing: [...new Set([...given.missing, ...noValues])].filter((word) => !values.includes(word)),
    values: [...new Set([...given.values, ...values])].filter((word) => !noValues.includes(word)),
    ...joined(given, wish),
  };
}

/** The given reading, unless another way of writing numbers or dates fits this file better (a model of another country). */
function adopted(given: ColumnReading, own: OwnColumn): ColumnReading {
  if (given.holds !== 'numbers' && given.holds !== 'dates') return given;
  const cells = own.cells(Math.max(1, Math.floor(own.rows / ADOPTION_CELLS)));
  const { reading } = findReading(cells, own.signs, { missing: [...given.missing] });
  if (reading.holds !== given.holds) return given;
  if (given.holds === 'dates') {
    return readDates(cells, reading) > readDates(cells, given) ? { ...given, dates: reading.dates } : given;
  }
  if (!sameUnit(given, reading)) return given;
  const other = withNumbersOf(given, reading);
  const [otherFit, fit] = [readNumbers(cells, other), readNumbers(cells, given)];
  return otherFit > fit || (otherFit === fit && own.decimalAsked) ? other : given;
}

/** The numbers of `given` written as `reading` has them. */
function withNumbersOf(given: ColumnReading, { numbers }: ColumnReading): ColumnReading {
  if (numbers === undefined) return { ...given, numbers };
  const known = given.numbers?.unit ?? '';
  const unit = numbers.unit === '' ? known : numbers.unit;
  const { decimal, thousands, either } = numbers;
  // What the model did with other units in training it does here.
  const converts = known === '' ? numbers.converts : given.numbers?.converts;
  return {
    ...given,
    numbers: {
      decimal,
      thousands,
      unit,
      ...(converts === true ? { converts } : {}),
      ...(either === true ? { either } : {}),
    },
  };
}

function sameUnit(a: ColumnReading, b: ColumnReading): boolean {
  const [one, other] = [a.numbers?.unit ?? '', b.numbers?.unit ?? ''];
  return one === other || other === '' || one === '';
}

function readNumbers(cells: ColumnCells, { numbers }: ColumnReading): number {
  let count = 0;
  for (let row = 0; row < cells.rows; row++) {
    if (numbers === undefined) {
      if (!Number.isNaN(cells.plain.values[row])) count++;
      continue;
    }
    const number = dissect(cells.text(row));
    if (number !== undefined && !Number.isNaN(numberOf(number, numbers))) count++;
  }
  return count;
}

function readDates(cells: ColumnCells, { dates }: ColumnReading): number {
  let count = 0;
  for (let row = 0; row < cells.rows; row++) {
    if (dates !== undefined && daysOf(cells.text(row), dates) !== undefined) count++;
  }
  return count;
}
