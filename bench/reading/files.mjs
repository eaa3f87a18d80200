// @ts-check
/**
 * Forty files as programs and people write them, each after a kind that is met in public: the shape is theirs, every
 * value is made up here.
 */
import { makeChance } from '../../scripts/samples/random.mjs';
import { exported } from './exports.mjs';
import { laidOut } from './layouts.mjs';
import { writeTable } from './write.mjs';

/** @typedef {import('./columns.mjs').ColumnOf} ColumnOf */
/** @typedef {import('./write.mjs').Dialect} Dialect */
/** @typedef {import('./write.mjs').BenchFile} BenchFile */
/** @typedef {{ name: string, like: string, ending?: string, rows: number, columns: Readonly<Record<string, ColumnOf>> | readonly (readonly [string, ColumnOf])[], dialect?: Partial<Dialect> }} MadeFile */

/** @returns {BenchFile[]} */
export function madeFiles() {
  return [...exported, ...laidOut].map(
    ({ name, like, ending = '.csv', rows, columns, dialect = {} }, index) => {
      const pairs = /** @type {readonly (readonly [string, ColumnOf])[]} */ (
        Array.isArray(columns) ? columns : Object.entries(columns)
      );
      const list = pairs.map(([title, column]) => column(title));
      return { name, like, ending, ...writeTable(list, rows, dialect, makeChance(5_000 + index)) };
    },
  );
}
