// @ts-check
/**
 * Columns of made-up tables: what they mean, apart from how they are written. Each has the kinds that a reader may
 * rightly give it, and values as meanings (`n` a number with `d` decimals, `date`, or text).
 */

/** @typedef {import('../../scripts/samples/random.mjs').Chance} Chance */
/** @typedef {{ n: number, d: number } | { date: readonly [number, number, number] } | string} Value */
/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} kind kinds of the lab that are right, apart by `|`
 * @property {(chance: Chance, row: number) => Value} value
 */

/** @typedef {(name: string) => Column} ColumnOf */

/** @param {number} mean @param {number} deviation @param {number} d @returns {ColumnOf} */
export const normal = (mean, deviation, d) => (name) => ({
  name,
  kind: 'number',
  value: (chance) => ({ n: chance.normal(mean, deviation), d }),
});

/** Amounts above zero with a long tail. @param {number} scale @param {number} d @returns {ColumnOf} */
export const amount = (scale, d) => (name) => ({
  name,
  kind: 'number',
  value: (chance) => ({ n: scale * Math.exp(chance.normal(0, 1)), d }),
});

/** @param {number} from @param {number} to @returns {ColumnOf} */
export const whole = (from, to) => (name) => ({
  name,
  kind: 'number',
  value: (chance) => ({ n: chance.whole(from, to), d: 0 }),
});

/** @param {readonly string[]} words @param {string} [kind] @returns {ColumnOf} */
export const oneOf =
  (words, kind = 'category') =>
  (name) => ({ name, kind, value: (chance) => chance.pick(words) });

/** @param {string} no @param {string} yes @returns {ColumnOf} */
export const either = (no, yes) => oneOf([no, yes], 'boolean|category');

/** Days one after the other. @param {number} year @returns {ColumnOf} */
export const days = (year) => (name) => ({
  name,
  kind: 'date',
  value: (_, row) => {
    const day = new Date(Date.UTC(year, 0, 1 + row));
    return { date: [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()] };
  },
});

/** Days anywhere in some years. @param {number} from @param {number} to @returns {ColumnOf} */
export const someDay = (from, to) => (name) => ({
  name,
  kind: 'date',
  value: (chance) => ({ date: [chance.whole(from, to), chance.whole(1, 12), chance.whole(1, 28)] }),
});

/** Counts the rows. @param {number} from @param {string} [before] @returns {ColumnOf} */
export const counter =
  (from, before = '') =>
  (name) => ({ name, kind: 'identifier', value: (_, row) => `${before}${from + row}` });

/** Sentences made of words. @param {readonly string[]} words @param {number} least @param {number} most @returns {ColumnOf} */
export const prose = (words, least, most) => (name) => ({
  name,
  kind: 'text',
  value: (chance) => {
    const length = chance.whole(least, most);
    return Array.from({ length }, () => chance.pick(words)).join(' ');
  },
});

/** Names of people, nearly all different. @param {readonly string[]} first @param {readonly string[]} last @returns {ColumnOf} */
export const people = (first, last) => (name) => ({
  name,
  kind: 'text|category|identifier',
  value: (chance) => `${chance.pick(first)} ${chance.pick(last)}`,
});

/** A value in so many of ten rows. @param {number} share @param {ColumnOf} column @returns {ColumnOf} */
export const sparse = (share, column) => (name) => {
  const full = column(name);
  return { ...full, value: (chance, row) => (chance.chance(share) ? full.value(chance, row) : '') };
};

/** The same value in every row, or none. @param {string} value @returns {ColumnOf} */
export const always = (value) => (name) => ({
  name,
  kind: value === '' ? 'empty' : 'constant',
  value: () => value,
});
