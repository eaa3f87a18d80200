/** Reads the columns of a table: each by a reading of its own, found when it is first asked for, then kept. */
import type { ColumnWish } from '../../protocol/reading';
import type { CellSource } from './cell-source';
import type { CodedTexts } from './coded-texts';
import { type CodedValues, codedValues } from './coded-values';
import { cellsOf, type ColumnCells } from './column-cells';
import { type ColumnReading, findReading, type FoundReading } from './column-reading';
import { type DateOrder, daysOf, isCalendar } from './dates';
import { fileSigns } from './file-signs';
import { readingOfFile } from './given-reading';
import { labelKey } from './label-key';
import { type FileSigns, numberOf } from './number-format';
import { dissect } from './number-text';
import { isInfinity, placeholderOf } from './placeholders';
import type { PlainNumbers } from './plain-numbers';

export interface ReaderOptions {
  readonly wishes?: Readonly<Record<string, ColumnWish>> | undefined;
  /** Readings of a model or of the table that this is a part of, by column. */
  readonly readings?: Readonly<Record<string, ColumnReading>> | undefined;
  /** The readings hold as they are; else a column that this file writes in another way is read in that way. */
  readonly settled?: boolean | undefined;
  /** The file's decimal sign was asked for: where it fits as well as that of a given reading, it holds. */
  readonly decimalAsked?: boolean | undefined;
  /** The file's decimal sign is not the one that the file suggests: it holds in every column where it fits. */
  readonly decimalOverruled?: boolean | undefined;
  /** What is known of a column already, by its index: it is as in the table that this one was made of. */
  readonly known?: ((column: number) => FoundReading | undefined) | undefined;
}

/** Cells that count as missing though they are no placeholder. */
export interface OddCells {
  readonly count: number;
  readonly infinite: number;
  /** First row with one, -1 without any. */
  readonly first: number;
}

/** Cells of a column by which it is told whether it is of the wrong kind. */
const ODD_CELLS = 1000;

export class ColumnReader {
  readonly #source: CellSource;
  readonly #options: ReaderOptions;
  readonly #found = new Map<number, FoundReading>();
  readonly #numbers = new Map<number, Float64Array>();
  readonly #forced = new Map<number, ColumnReading>();
  readonly #forcedNumbers = new Map<number, Float64Array>();
  readonly #plain = new Map<number, PlainNumbers>();
  readonly #dayReaders = new Map<
    number,
    { readonly order: DateOrder; readonly dayAt: (row: number) => number }
  >();
  readonly #codedTexts = new Map<number, CodedTexts | undefined>();
  readonly #coded = new Map<number, CodedValues | undefined>();
  readonly #mostlyOdd = new Map<number, boolean>();
  #signs: FileSigns | undefined;

  constructor(source: CellSource, options: ReaderOptions = {}) {
    this.#source = source;
    this.#options = options;
  }

  /** What a person asked of the column. */
  wish(column: number): ColumnWish | undefined {
    return own(this.#options.wishes, this.#source.columns[column] as string);
  }

  found(column: number): FoundReading {
    const known = this.#found.get(column) ?? this.#options.known?.(column);
    if (known !== undefined) return known;
    const name = this.#source.columns[column] as string;
    const given = own(this.#options.readings, name);
    const found =
      given === undefined
        ? findReading(this.#cells(column), () => this.#fileSigns(), this.wish(column))
        : {
            reading: this.#options.settled === true ? given : this.#readingOfFile(column, given),
            doubtful: [],
          };
    this.#found.set(column, found);
    return found;
  }

  /** The cell's text without spaces around it, or what it stands for. */
  value(row: number, column: number): string {
    const coded = this.#coded.get(column);
    const code = coded?.codes[row] ?? -1;
    if (code >= 0) return coded?.values[code] as string;
    return this.#valueOf(this.#source.text(row, column), this.found(column).reading);
  }

  #valueOf(cell: string, { same }: ColumnReading): string {
    const text = cell.trim();
    return same === undefined ? text : (own(same, labelKey(text)) ?? text);
  }

  /** `[rows]`: NaN for what is no number, and throughout where the column is read as words or dates. */
  numbers(column: number): Float64Array {
    const known = this.#numbers.get(column);
    if (known !== undefined) return known;
    const values = this.#read(column, this.found(column).reading);
    this.#numbers.set(column, values);
    return values;
  }

  /** The same with every cell that can be a number at all read as one, whatever the column is read as. */
  forcedNumbers(column: number): Float64Array {
    const reading = this.forcedReading(column);
    if (this.found(column).reading === reading) return this.numbers(column);
    const values = this.#forcedNumbers.get(column) ?? this.#read(column, reading);
    this.#forcedNumbers.set(column, values);
    return values;
  }

  /** The reading as numbers where any cell can be one, else the column's own. */
  forcedReading(column: number): ColumnReading {
    const { reading } = this.found(column);
    if (reading.holds === 'numbers' || reading.holds === 'before') return reading;
    const known = this.#forced.get(column);
    if (known !== undefined) return known;
    const found = findReading(this.#cells(column), () => this.#fileSigns(), { kind: 'number' }).reading;
    const forced = found.holds === 'numbers' ? found : reading;
    this.#forced.set(column, forced);
    return forced;
  }

  /** `[rows]`: days since 1970, or the share of the day that has gone for times of day; NaN for what is no date. */
  days(column: number, order: DateOrder): Float64Array {
    const dayAt = this.#dayReader(column, order);
    const days = new Float64Array(this.#source.rows);
    for (let row = 0; row < days.length; row++) days[row] = dayAt(row);
    return days;
  }

  /** The same of one row. */
  dayAt(row: number, column: number, order: DateOrder): number {
    const { dates = order } = this.found(column).reading;
    const known = this.#dayReaders.get(column);
    if (known?.order === dates) return known.dayAt(row);
    const dayAt = this.#dayReader(column, order);
    this.#dayReaders.set(column, { order: dates, dayAt });
    return dayAt(row);
  }

  #dayReader(column: number, order: DateOrder): (row: number) => number {
    // A file that writes its dates in another order is read in its own.
    const used = this.found(column).reading.dates ?? order;
    // A year of four digits in front says the same in every order of day and month.
    const kept = isCalendar(used) ? this.#source.dayOf(column) : undefined;
    if (kept !== undefined) return kept;
    const coded = this.#textsOf(column);
    if (coded === undefined) {
      return (row) =>
        this.#source.has(row, column) ? (daysOf(this.#source.text(row, column), used) ?? NaN) : NaN;
    }
    const { texts, codes } = coded;
    const days = new Float64Array(texts.length);
    for (let code = 0; code < days.length; code++) days[code] = daysOf(texts[code] as string, used) ?? NaN;
    return (row) => days[codes[row] as number] as number;
  }

  /** The different values of a column of words or dates; undefined where they are many, and for other columns. */
  coded(column: number): CodedValues | undefined {
    if (this.#coded.has(column)) return this.#coded.get(column);
    const { reading } = this.found(column);
    const texts = reading.holds === 'words' || reading.holds === 'dates' ? this.#textsOf(column) : undefined;
    const order = reading.dates ?? 'year-first';
    const isMissing =
      reading.holds === 'dates'
        ? (text: string) => daysOf(text, order) === undefined
        : (text: string) => isNoValue(text, reading);
    const coded =
      texts && codedValues(texts, (text) => (isMissing(text) ? undefined : this.#valueOf(text, reading)));
    this.#coded.set(column, coded);
    return coded;
  }

  #textsOf(column: number): CodedTexts | undefined {
    if (!this.#codedTexts.has(column)) this.#codedTexts.set(column, this.#source.coded(column));
    return this.#codedTexts.get(column);
  }

  isMissing(row: number, column: number): boolean {
    const coded = this.#coded.get(column);
    if (coded !== undefined) return (coded.codes[row] as number) < 0;
    if (!this.#source.has(row, column)) return true;
    const { reading } = this.found(column);
    if (reading.holds === 'before') return this.#source.wasMissing(row, column);
    if (reading.holds === 'numbers') return Number.isNaN(this.#numberAt(row, column, reading));
    if (reading.holds === 'dates')
      return Number.isNaN(this.dayAt(row, column, reading.dates ?? 'year-first'));
    if (reading.missing.length === 0 && !this.#source.maybePlaceholder(row, column)) return false;
    return isNoValue(this.#source.text(row, column), reading);
  }

  /** Whether the cell counts as missing though it is no placeholder: a word among numbers. */
  isOdd(row: number, column: number): boolean {
    if (!this.#source.has(row, column)) return false;
    const { reading } = this.found(column);
    if (reading.holds === 'words') return false;
    if (reading.holds !== 'before') {
      return this.isMissing(row, column) && !isNoValue(this.#source.text(row, column), reading);
    }
    return !this.#source.wasMissing(row, column) && Number.isNaN(this.#numberAt(row, column, reading));
  }

  /** Whether more than half of the column's cells count as missing without being placeholders, by a look at some. */
  isMostlyOdd(column: number): boolean {
    const known = this.#mostlyOdd.get(column);
    if (known !== undefined) return known;
    const stride = Math.max(1, Math.floor(this.#source.rows / ODD_CELLS));
    let seen = 0;
    let odd = 0;
    for (let row = 0; row < this.#source.rows; row += stride) {
      seen++;
      if (this.isOdd(row, column)) odd++;
    }
    this.#mostlyOdd.set(column, odd > seen / 2);
    return odd > seen / 2;
  }

  odd(column: number, rows?: Uint32Array): OddCells {
    let count = 0;
    let infinite = 0;
    let first = -1;
    const { holds } = this.found(column).reading;
    const total = holds === 'words' ? 0 : (rows?.length ?? this.#source.rows);
    // Nearly all of them are numbers, which is quickly told.
    const numbers = holds === 'numbers' ? this.numbers(column) : undefined;
    for (let position = 0; position < total; position++) {
      const row = rows === undefined ? position : (rows[position] as number);
      if (numbers !== undefined && !Number.isNaN(numbers[row])) continue;
      if (!this.isOdd(row, column)) continue;
      count++;
      if (isInfinity(this.#source.text(row, column))) infinite++;
      if (first < 0) first = row;
    }
    return { count, infinite, first };
  }

  #read(column: number, reading: ColumnReading): Float64Array {
    const { rows } = this.#source;
    if (reading.holds === 'words' || reading.holds === 'dates') return new Float64Array(rows).fill(NaN);
    if (reading.numbers === undefined && reading.missing.length === 0)
      return this.#plainNumbers(column).values;
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) values[row] = this.#numberIn(row, column, reading);
    return values;
  }

  /** One number, without reading the column where that has not been done. */
  #numberAt(row: number, column: number, reading: ColumnReading): number {
    const known = this.#numbers.get(column);
    return known === undefined ? this.#numberIn(row, column, reading) : (known[row] as number);
  }

  #numberIn(row: number, column: number, { numbers, missing }: ColumnReading): number {
    if (!this.#source.has(row, column)) return NaN;
    if (missing.length > 0 && missing.includes(this.#source.text(row, column).trim().toLowerCase()))
      return NaN;
    if (numbers === undefined) return this.#source.plainNumber(row, column);
    const number = dissect(this.#source.text(row, column));
    return number === undefined ? NaN : numberOf(number, numbers);
  }

  #plainNumbers(column: number): PlainNumbers {
    const known = this.#plain.get(column);
    if (known !== undefined) return known;
    const values = this.#source.plainNumbers(column, 1);
    this.#plain.set(column, values);
    return values;
  }

  #cells(column: number, stride = 1): ColumnCells {
    return cellsOf(this.#source, column, stride, () =>
      stride === 1 ? this.#plainNumbers(column) : this.#source.plainNumbers(column, stride),
    );
  }

  #fileSigns(): FileSigns {
    return (this.#signs ??= fileSigns(this.#source, this.#options.decimalOverruled === true));
  }

  #readingOfFile(column: number, given: ColumnReading): ColumnReading {
    return readingOfFile(given, {
      cells: (stride) => this.#cells(column, stride),
      rows: this.#source.rows,
      signs: () => this.#fileSigns(),
      wish: this.wish(column),
      decimalAsked: this.#options.decimalAsked === true,
    });
  }
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether the text of a cell stands for no value in a column that is read so; numbers and dates are not looked at. */
export function isNoValue(text: string, { missing, values }: ColumnReading): boolean {
  const lower = text.trim().toLowerCase();
  if (missing.includes(lower)) return true;
  return placeholderOf(lower) !== undefined && !values.includes(lower);
}
