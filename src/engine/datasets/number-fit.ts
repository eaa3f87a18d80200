/** How well the cells of a column fit a way of writing numbers. */
import { type ColumnCells, eachValue } from './column-cells';
import { type NumberFormat, numberOf } from './number-format';
import { isTimeOfDay } from './number-parts';
import { dissect } from './number-text';
import { isInfinity } from './placeholders';

/** Few different words that come often may make up the rest up to this share. */
export const FREQUENT_SHARE = 0.5;
const FREQUENT_WORDS = 4;
/** Share of numbers with a unit of another kind that may be missing: `km/kg` among `kmpl`. */
const OTHER_UNITS = 0.2;
const FEWEST_NUMBERS = 8;
const LETTERED = /^\s*\d+\p{L}\s*$/u;

export interface Fit {
  numbers: number;
  others: number;
  /** Numbers that are not written plainly. */
  unplain: number;
  /** Numbers with another unit, or a letter that is none: `12B` beside `12A` is no billion. */
  units: number;
  readonly different: Set<number>;
  whole: boolean;
  /** Different other texts, digits apart: `<5` and `<7` are alike. */
  readonly words: Set<string>;
}

/** Counts the values that are numbers in `format`, and what the others are. */
export function fitOf(cells: ColumnCells, missing: readonly string[], format: NumberFormat): Fit {
  const fit: Fit = {
    numbers: 0,
    others: 0,
    unplain: 0,
    units: 0,
    different: new Set(),
    whole: true,
    words: new Set(),
  };
  eachValue(cells, missing, (text, row) => {
    const number = dissect(text);
    const value = number === undefined ? NaN : numberOf(number, format);
    if (!Number.isNaN(value)) {
      fit.numbers++;
      if (value !== cells.plain.values[row]) fit.unplain++;
      if (!Number.isInteger(value)) fit.whole = false;
      if (fit.different.size < 1000) fit.different.add(value);
    } else if (!isInfinity(text)) {
      fit.others++;
      const unlike = number !== undefined && number.unit !== '' && !isTimeOfDay(number);
      if (unlike || LETTERED.test(text)) fit.units++;
      if (fit.words.size < 1000) fit.words.add(text.trim().toLowerCase().replace(/\d+/gu, '#').slice(0, 60));
    }
  });
  return fit;
}

/** Many different numbers, and a few words that come again and again. */
export function frequentRest(fit: Fit): boolean {
  const total = fit.numbers + fit.others;
  if (fit.units > OTHER_UNITS * total || fit.numbers < FREQUENT_SHARE * total) return false;
  const { size } = fit.different;
  return size >= FEWEST_NUMBERS && fit.words.size <= FREQUENT_WORDS && size >= 3 * fit.words.size;
}
