// @ts-check
/** Tables of random columns in random dialects, whose right reading is known. */
import { makeChance } from '../../scripts/samples/random.mjs';
import { amount, counter, days, either, normal, oneOf, people, prose, someDay, whole } from './columns.mjs';
import * as words from './words.mjs';
import { writeTable } from './write.mjs';

/** @typedef {import('./columns.mjs').Chance} Chance */
/** @typedef {import('./columns.mjs').Column} Column */
/** @typedef {import('./write.mjs').Dialect} Dialect */
/** @typedef {import('./write.mjs').BenchFile} BenchFile */

const titles =
  'length width height weight age colour grade city plan note day joined amount price score status group level size region owner team rate load depth'.split(
    ' ',
  );

const counters = ['id', 'nr', 'index', 'case number', '#', 'key', 'row', 'serial', 'rowid'];

/**
 * Languages with letters that one-byte encodings write differently.
 * @type {readonly { encoding: string, expected: string, words: readonly string[] }[]}
 */
const languages = [
  { encoding: 'utf-8', expected: 'utf-8', words: words.english },
  { encoding: 'utf-8', expected: 'utf-8', words: words.german },
  { encoding: 'windows-1252', expected: 'windows-1252|iso-8859-15', words: words.german },
  { encoding: 'windows-1252', expected: 'windows-1252|iso-8859-15', words: words.french },
  { encoding: 'windows-1251', expected: 'windows-1251', words: words.russian },
  { encoding: 'utf-16le', expected: 'utf-16le', words: words.french },
];

/** @param {number} count @returns {BenchFile[]} */
export function randomFiles(count) {
  return Array.from({ length: count }, (_, index) => {
    const chance = makeChance(90_001 + index);
    const language = chance.chance(0.7)
      ? { encoding: 'utf-8', expected: 'utf-8', words: words.english }
      : chance.pick(languages);
    const columns = randomColumns(chance, language.words);
    const dialect = randomDialect(chance, columns, language);
    const rows = chance.whole(12, 150);
    const table = writeTable(columns, rows, dialect, chance);
    return { name: `random-${index + 1}`, like: describe(dialect), ending: '.csv', ...table };
  });
}

/** At least one column of numbers, and one of anything else. @param {Chance} chance @param {readonly string[]} language @returns {Column[]} */
function randomColumns(chance, language) {
  const makers = [
    // Never three decimals: alone in a column they are groups of thousands as well.
    () => normal(chance.whole(-50, 500), chance.whole(1, 90), chance.pick([1, 2, 4])),
    () => amount(chance.pick([3, 700, 9_000]), chance.whole(0, 2)),
    () => whole(0, chance.pick([9, 120, 40_000])),
    () =>
      oneOf(
        chance.pick([
          ['low', 'high'],
          ['red', 'green', 'blue'],
          ['A1', 'B2', 'C3', 'D4'],
        ]),
        'category|boolean',
      ),
    () => chance.pick([either('no', 'yes'), either('false', 'true'), either('N', 'Y')]),
    () => someDay(2001, 2023),
    () => days(chance.whole(1990, 2020)),
    () => prose(language, 4, 12),
    () => people(words.firstNames, words.lastNames),
    () => counter(chance.whole(1, 5_000), chance.pick(['', 'id-'])),
  ];
  const names = [...titles].sort(() => chance.uniform() - 0.5);
  const count = chance.whole(3, 9);
  const chosen = [makers[chance.whole(0, 2)], makers[chance.whole(3, 6)]];
  while (chosen.length < count) chosen.push(chance.pick(makers));
  return chosen.map((make, index) => {
    const title = names[index] ?? '';
    const column = /** @type {NonNullable<typeof make>} */ (make)();
    // A column that counts the rows is called so: "age" or "level" may count up and mean something.
    return column(title).kind === 'identifier'
      ? column(counters[index % counters.length] ?? '')
      : column(title);
  });
}

/**
 * @param {Chance} chance
 * @param {readonly Column[]} columns
 * @param {{ encoding: string, expected: string, words: readonly string[] }} language
 * @returns {Partial<Dialect>}
 */
function randomDialect(chance, columns, { encoding, expected }) {
  const separator = chance.weighted({ ',': 4, ';': 3, '\t': 2, '|': 1 });
  const european = separator === ';' ? chance.chance(0.6) : chance.chance(0.1);
  const decimal = european ? /** @type {const} */ (',') : '.';
  const header = chance.chance(0.8);
  const title = header && chance.chance(0.15);
  const dress = chance.uniform();
  return {
    separator,
    quote: chance.chance(0.92) ? '"' : "'",
    quoteAll: chance.chance(0.2),
    escape: chance.chance(0.93) ? 'doubled' : 'backslash',
    eol: chance.weighted({ '\n': 6, '\r\n': 4, '\r': 0.3 }),
    encoding,
    expectedEncoding: expected,
    header,
    above: title
      ? chance.pick([['Report of the year'], ['Exported on Monday', ''], ['# made by a tool', '# version 2']])
      : [],
    units:
      header && chance.chance(0.06)
        ? columns.map(({ kind }) => (kind === 'number' ? '[cm]' : ''))
        : undefined,
    trailing: chance.chance(0.05),
    spaced: separator !== '\t' && chance.chance(0.08),
    decimal,
    thousands: chance.chance(0.15) ? (european ? chance.pick(['.', ' ']) : ',') : '',
    // Never both: "€ 5 km" is no number that anybody writes.
    before: dress < 0.06 ? chance.pick(['$', '€', '£']) : '',
    after: dress > 0.94 ? chance.pick(['%', ' km', ' kg']) : '',
    dates: european ? 'dmy.' : chance.pick(['iso', 'mdy/', 'dmy/', 'words']),
    missing: chance.pick([[''], ['NA'], ['-'], ['?'], ['null', '']]),
    missingShare: chance.chance(0.4) ? 0.06 : 0,
  };
}

/** What is not plain about it. @param {Partial<Dialect>} dialect */
function describe(dialect) {
  return Object.entries(dialect)
    .filter(([, value]) => value !== undefined && value !== false && value !== '' && value !== 0)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}
