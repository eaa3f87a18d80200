// @ts-check
/** Files whose quotes, lists in cells, separators, titles or placeholders are out of the ordinary. */
import { always, amount, counter, either, normal, oneOf, prose, someDay, whole } from './columns.mjs';
import * as words from './words.mjs';

/** @typedef {import('./files.mjs').MadeFile} MadeFile */

/** @type {readonly MadeFile[]} */
export const laidOut = [
  {
    name: 'mysql-dump',
    like: 'a database export: backslashes before quotes, \\N for nothing',
    rows: 160,
    columns: {
      id: counter(1),
      note: (name) => ({
        name,
        kind: 'text',
        value: (chance) =>
          `he said "${chance.pick(words.english)} ${chance.pick(words.english)}", then ${chance.pick(words.english)} ${chance.pick(words.english)}`,
      }),
      score: normal(5, 2, 1),
      done: either('no', 'yes'),
    },
    dialect: { escape: 'backslash', missing: ['\\N'], missingShare: 0.06 },
  },
  {
    name: 'single-quotes',
    like: 'a script that quotes with apostrophes',
    rows: 100,
    columns: {
      title: (name) => ({
        name,
        kind: 'text|category|identifier',
        value: (chance) =>
          `${chance.pick(words.english)}, ${chance.pick(words.english)} and ${chance.pick(words.english)}`,
      }),
      pages: whole(40, 900),
      genre: oneOf(['crime', 'poetry', 'travel']),
    },
    dialect: { quote: "'" },
  },
  {
    name: 'spaced-quotes',
    like: 'a hand-written file with a blank before each quote',
    rows: 70,
    columns: {
      name: (name) => ({
        name,
        kind: 'text|category|identifier',
        value: (chance) => `${chance.pick(words.lastNames)}, ${chance.pick(words.firstNames)}`,
      }),
      age: whole(18, 70),
      member: either('no', 'yes'),
    },
    dialect: { spaced: true, quoteAll: true },
  },
  {
    name: 'tags-in-cells',
    like: 'films with lists of genres inside cells',
    rows: 200,
    columns: {
      film: counter(1, 'Film '),
      genres: (name) => ({
        name,
        kind: 'category|text',
        value: (chance) =>
          `${chance.pick(['drama', 'war', 'crime'])}|${chance.pick(['love', 'space'])}|${chance.pick(['old', 'new'])}`,
      }),
      rating: normal(6.5, 1, 1),
      seen: either('no', 'yes'),
    },
  },
  {
    name: 'semicolon-lists',
    like: 'parts with lists of sizes, apart by semicolons, in a comma file',
    rows: 150,
    columns: {
      part: oneOf(['bolt', 'nut', 'washer']),
      sizes: (name) => ({
        name,
        kind: 'category|text',
        value: (chance) => `${chance.whole(1, 4)};${chance.whole(5, 9)};${chance.whole(10, 14)}`,
      }),
      price: amount(2, 2),
    },
  },
  {
    name: 'pipes',
    like: 'a mainframe export with pipes and a trailing one',
    rows: 180,
    columns: {
      ACCT: counter(100_000),
      BRANCH: oneOf(['N1', 'N2', 'S4']),
      BALANCE: normal(3_000, 900, 2),
      FLAG: oneOf(['A', 'I']),
    },
    dialect: { separator: '|', trailing: true },
  },
  {
    name: 'carets',
    like: 'a hospital export with carets',
    rows: 120,
    columns: {
      visit: someDay(2018, 2020),
      ward: oneOf(['A', 'B', 'C']),
      pulse: whole(50, 120),
      note: prose(words.english, 3, 8),
    },
    dialect: { separator: '^' },
  },
  {
    name: 'fixed-register',
    like: 'a register in columns of fixed width whose names hold blanks',
    ending: '.txt.csv',
    rows: 100,
    columns: {
      station: oneOf(['North Quay', 'Old Mill', 'East Gate Bridge']),
      depth: normal(4, 1, 2),
      level: normal(120, 20, 0),
      grade: oneOf(['low', 'high', 'very high']),
    },
    dialect: { separator: 'fixed' },
  },
  {
    name: 'years-wide',
    like: 'a statistics office: countries by year, years as names',
    rows: 60,
    columns: [
      ['country', oneOf(words.lastNames)],
      ['2018', normal(50, 9, 1)],
      ['2019', normal(51, 9, 1)],
      ['2020', normal(49, 9, 1)],
      ['2021', normal(52, 9, 1)],
    ],
  },
  {
    name: 'worldbank',
    like: 'a bank of indicators: two lines of titles and blank lines above',
    rows: 90,
    columns: {
      Country: oneOf(words.lastNames),
      Code: oneOf(['AAA', 'BBB', 'CCC']),
      Value: amount(5e9, 0),
      Share: normal(30, 8, 3),
    },
    dialect: {
      above: ['Data Source,World Indicators', '', 'Last Updated Date,2024-03-28', ''],
      quoteAll: true,
    },
  },
  {
    name: 'pandas-frame',
    like: 'a data frame saved with its index',
    rows: 200,
    columns: { '': counter(0), x1: normal(0, 1, 6), x2: normal(0, 1, 6), label: oneOf(['cat', 'dog']) },
  },
  {
    name: 'unnamed-columns',
    like: 'a spreadsheet with three empty columns at the end',
    rows: 150,
    columns: { v1: oneOf(['ham', 'spam']), v2: prose(words.english, 4, 14), '': always(''), ' ': always('') },
  },
  {
    name: 'clinical',
    like: 'a clinical table with several words for nothing',
    rows: 220,
    columns: {
      age: whole(20, 90),
      bmi: normal(26, 4, 1),
      creatinine: amount(1, 2),
      smoker: either('no', 'yes'),
      outcome: oneOf(['stable', 'worse']),
    },
    dialect: { missing: ['-', 'n/a', 'unknown'], missingShare: 0.05 },
  },
  {
    name: 'swiss-amounts',
    like: 'Swiss amounts: apostrophes between thousands, CHF before',
    rows: 110,
    columns: { Kanton: oneOf(['ZH', 'BE', 'VD']), Miete: amount(1_800, 2), Zimmer: whole(1, 6) },
    dialect: { separator: ';', thousands: "'", before: 'CHF ' },
  },
  {
    name: 'tweets',
    like: 'messages with tabs between and quotes, emoji and hashes inside, no header',
    ending: '.tsv',
    rows: 260,
    columns: {
      label: oneOf(['positive', 'negative', 'neutral']),
      text: (name) => ({
        name,
        kind: 'text',
        value: (chance) =>
          `@${chance.pick(words.firstNames)} "${chance.pick(words.english)} ${chance.pick(words.english)} #${chance.pick(words.english)} ${chance.pick(['😀', '😡', ''])} ${chance.pick(words.english)}, ${chance.pick(words.english)}`,
      }),
    },
    dialect: { separator: '\t', header: false, quote: /** @type {'"'} */ ('\u0000') },
  },
  {
    name: 'electricity-us',
    like: 'monthly figures with names of months',
    rows: 96,
    columns: {
      month: someDay(2001, 2020),
      source: oneOf(['Wind', 'Coal', 'Gas']),
      net_generation: whole(1_000, 40_000),
    },
    dialect: { dates: 'words' },
  },
  {
    name: 'uk-crimes',
    like: 'British dates, a column that is always the same, one that is empty',
    rows: 210,
    columns: {
      Date: someDay(2015, 2018),
      Force: always('Kent'),
      Type: oneOf(['Theft', 'Drugs', 'Arson']),
      Context: always(''),
      Lat: normal(51.2, 0.2, 6),
      Long: normal(0.7, 0.3, 6),
    },
    dialect: { dates: 'dmy/' },
  },
  {
    name: 'macos-lines',
    like: 'an old program that ends lines with carriage returns',
    rows: 80,
    columns: { plot: oneOf(['a', 'b', 'c']), yield: normal(4, 1, 2), rain: whole(10, 90) },
    dialect: { eol: '\r' },
  },
  {
    name: 'tiny',
    like: 'seven rows typed by hand',
    rows: 7,
    columns: { hours: whole(1, 9), mark: whole(10, 99) },
  },
  {
    name: 'totals-below',
    like: 'a report with a line of notes behind its rows',
    rows: 75,
    columns: { branch: oneOf(['North', 'South', 'East']), staff: whole(3, 60), turnover: amount(9_000, 2) },
    dialect: { below: ['', 'Source: annual report, unaudited figures'] },
  },
];
