// @ts-check
/**
 * Forty files as programs and people write them, each after a kind that is met in public: the shape is theirs, every
 * value is made up here.
 */
import { makeChance } from '../../scripts/samples/random.mjs';
import {
  always,
  amount,
  counter,
  days,
  either,
  normal,
  oneOf,
  prose,
  someDay,
  sparse,
  whole,
} from './columns.mjs';
import * as words from './words.mjs';
import { writeTable } from './write.mjs';

/** @typedef {import('./columns.mjs').ColumnOf} ColumnOf */
/** @typedef {import('./write.mjs').BenchFile} BenchFile */
/** @typedef {import('./write.mjs').Dialect} Dialect */

/** @type {{ name: string, like: string, ending?: string, rows: number, columns: Readonly<Record<string, ColumnOf>> | readonly (readonly [string, ColumnOf])[], dialect?: Partial<Dialect> }[]} */
const made = [
  {
    name: 'passengers',
    like: 'a passenger list with quoted names that hold commas',
    rows: 300,
    columns: {
      PassengerId: counter(1),
      Survived: oneOf(['0', '1'], 'number|category|boolean'),
      Pclass: whole(1, 3),
      Name: (name) => ({
        name,
        kind: 'text|identifier|category',
        value: (chance) =>
          `${chance.pick(words.lastNames)}, ${chance.pick(['Mr.', 'Mrs.', 'Miss.'])} ${chance.pick(words.firstNames)} (${chance.pick(words.firstNames)} ${chance.pick(words.lastNames)})`,
      }),
      Sex: oneOf(['male', 'female']),
      Age: sparse(0.8, normal(30, 12, 1)),
      Fare: amount(20, 4),
      Embarked: oneOf(['S', 'C', 'Q']),
    },
  },
  {
    name: 'wine',
    like: 'physical measurements with semicolons and decimal points, names of two words',
    rows: 400,
    columns: {
      'fixed acidity': normal(8, 1.5, 1),
      'volatile acidity': amount(0.5, 3),
      'residual sugar': amount(2, 2),
      pH: normal(3.3, 0.15, 2),
      quality: whole(3, 8),
    },
    dialect: { separator: ';' },
  },
  {
    name: 'bank-statement-de',
    like: "a German bank's export: preamble, semicolons, windows-1252, decimal commas",
    rows: 120,
    columns: {
      Buchungstag: someDay(2021, 2023),
      'Auftraggeber/Empfänger': oneOf(['Bäckerei Müller', 'Stadtwerke Köln', 'Größe & Söhne', 'Drogerie']),
      Verwendungszweck: prose(words.german, 3, 7),
      Betrag: normal(-40, 200, 2),
      Währung: always('EUR'),
    },
    dialect: {
      separator: ';',
      quoteAll: true,
      encoding: 'windows-1252',
      expectedEncoding: 'windows-1252',
      above: [
        '"Kontonummer:";"DE00 1234 / Girokonto"',
        '',
        '"Von:";"01.01.2021"',
        '"Kontostand vom 31.12.2023:";"1.234,56 EUR"',
        '',
      ],
      decimal: ',',
      thousands: '.',
      dates: 'dmy.',
      eol: '\r\n',
    },
  },
  {
    name: 'adult-census',
    like: 'a census extract without a header, a blank after each comma, ? for missing',
    ending: '.data',
    rows: 300,
    columns: {
      age: whole(17, 90),
      workclass: oneOf(['Private', 'State-gov', 'Self-emp']),
      weight: whole(20_000, 400_000),
      education: oneOf(['HS-grad', 'Bachelors', 'Masters', '11th']),
      hours: whole(10, 80),
      country: oneOf(['United-States', 'Mexico', 'India']),
      income: oneOf(['<=50K', '>50K'], 'category|boolean'),
    },
    dialect: { header: false, spaced: true, missing: ['?'], missingShare: 0.03 },
  },
  {
    name: 'iris-plain',
    like: 'the classic flowers without a header',
    ending: '.data',
    rows: 150,
    columns: {
      a: normal(5.8, 0.8, 1),
      b: normal(3, 0.4, 1),
      c: normal(3.7, 1.7, 1),
      d: normal(1.2, 0.7, 1),
      e: oneOf(['Iris-setosa', 'Iris-versicolor', 'Iris-virginica']),
    },
    dialect: { header: false },
  },
  {
    name: 'auto-mpg',
    like: 'car data in padded columns separated by blanks, without a header',
    ending: '.data',
    rows: 200,
    columns: {
      mpg: normal(23, 7, 1),
      cylinders: oneOf(['4', '6', '8'], 'number|category'),
      displacement: normal(190, 60, 1),
      weight: normal(2900, 800, 0),
      year: whole(70, 82),
    },
    dialect: { header: false, separator: 'blanks' },
  },
  {
    name: 'sensor-log',
    like: 'a logger: comments above, tabs, a row of units',
    ending: '.tsv',
    rows: 500,
    columns: {
      time: days(2020),
      temperature: normal(21, 3, 2),
      humidity: normal(45, 8, 1),
      pressure: normal(1013, 6, 1),
      state: oneOf(['ok', 'warn', 'alarm']),
    },
    dialect: {
      separator: '\t',
      above: ['# logger 4.2', '# station: hall 3', '# interval 1 d'],
      units: ['', '°C', '%', 'hPa', ''],
    },
  },
  {
    name: 'r-frame',
    like: "R's write.table: blanks, quoted names, a row name before each row",
    ending: '.txt.csv',
    rows: 80,
    columns: { height: normal(170, 9, 1), weight: normal(70, 12, 1), group: oneOf(['ctrl', 'trt1', 'trt2']) },
    dialect: { separator: '\t', quoteAll: false, rowNames: true },
  },
  {
    name: 'excel-fr',
    like: "a French spreadsheet's export: semicolons, decimal commas, blanks between thousands",
    rows: 150,
    columns: {
      Ville: oneOf(['Besançon', 'Nîmes', 'Orléans', 'Épinal']),
      Population: whole(1_000, 400_000),
      'Revenu médian': normal(21_000, 3_000, 2),
      Département: oneOf(['Doubs', 'Gard', 'Loiret', 'Vosges']),
      Élu: either('non', 'oui'),
    },
    dialect: {
      separator: ';',
      encoding: 'windows-1252',
      expectedEncoding: 'windows-1252|iso-8859-15',
      decimal: ',',
      thousands: ' ',
      eol: '\r\n',
    },
  },
  {
    name: 'excel-utf16',
    like: 'a spreadsheet\'s "Unicode text": UTF-16 with tabs',
    ending: '.tsv',
    rows: 90,
    columns: { Produkt: oneOf(['Öl', 'Käse', 'Brötchen']), Menge: whole(1, 200), Preis: amount(5, 2) },
    dialect: {
      separator: '\t',
      encoding: 'utf-16le',
      expectedEncoding: 'utf-16le',
      decimal: ',',
      eol: '\r\n',
    },
  },
  {
    name: 'excel-sep',
    like: 'a spreadsheet that says sep=; first',
    rows: 60,
    columns: { region: oneOf(['north', 'south', 'east']), revenue: amount(900, 2), units: whole(1, 90) },
    dialect: { separator: ';', above: ['sep=;'], decimal: ',', eol: '\r\n' },
  },
  {
    name: 'shop-orders',
    like: 'a shop: dollar amounts with thousands, per cent, yes and no',
    rows: 250,
    columns: {
      order_id: counter(10_001, 'SO-'),
      order_date: someDay(2019, 2022),
      total: amount(1_200, 2),
      category: oneOf(['toys', 'garden', 'office']),
      returned: either('No', 'Yes'),
    },
    dialect: { thousands: ',', before: '$', dates: 'mdy/' },
  },
  {
    name: 'flats',
    like: 'flats with areas in square feet, the unit behind each number',
    rows: 140,
    columns: {
      super_area: normal(1_200, 300, 0),
      carpet_area: normal(900, 200, 0),
      furnished: either('no', 'yes'),
    },
    dialect: { after: ' sqft' },
  },
  {
    name: 'survey',
    like: 'a form: whole questions above the columns, answers in words',
    rows: 110,
    columns: {
      Timestamp: someDay(2024, 2024),
      'How many cups of coffee, tea or other drinks with caffeine do you have on a usual working day?': whole(
        0,
        9,
      ),
      'Overall, how satisfied are you with the place where you work (1 = not at all, 5 = very)?': whole(1, 5),
      'Which of these describes best how you travel to work in winter?': oneOf([
        'Bus',
        'Bike',
        'Car',
        'On foot',
      ]),
      'Would you recommend it to a friend?': either('No', 'Yes'),
    },
    dialect: { quoteAll: true, dates: 'mdy/' },
  },
  {
    name: 'reviews-fr',
    like: 'reviews in Latin-1 with quoted texts',
    rows: 130,
    columns: { note: whole(1, 5), avis: prose(words.french, 6, 18), utile: whole(0, 40) },
    dialect: { encoding: 'iso-8859-1', expectedEncoding: 'windows-1252|iso-8859-15', quoteAll: true },
  },
  {
    name: 'reviews-ru',
    like: 'reviews in windows-1251',
    rows: 120,
    columns: {
      оценка: whole(1, 5),
      отзыв: prose(words.russian, 5, 14),
      город: oneOf(['Москва', 'Казань', 'Омск']),
    },
    dialect: { separator: ';', encoding: 'windows-1251', expectedEncoding: 'windows-1251' },
  },
  {
    name: 'reviews-jp',
    like: 'reviews in Shift-JIS',
    rows: 120,
    columns: { 評価: whole(1, 5), 感想: prose(words.japanese, 1, 3), 地域: oneOf(['東京', '大阪', '札幌']) },
    dialect: { encoding: 'shift_jis', expectedEncoding: 'shift_jis' },
  },
  {
    name: 'reviews-cn',
    like: 'reviews in GB18030',
    rows: 120,
    columns: { 评分: whole(1, 5), 评论: prose(words.chinese, 1, 3), 城市: oneOf(['北京', '上海', '广州']) },
    dialect: { encoding: 'gb18030', expectedEncoding: 'gb18030' },
  },
  {
    name: 'reviews-kr',
    like: 'reviews in EUC-KR',
    rows: 120,
    columns: { 평점: whole(1, 5), 후기: prose(words.korean, 1, 3), 지역: oneOf(['서울', '부산', '대구']) },
    dialect: { encoding: 'euc-kr', expectedEncoding: 'euc-kr' },
  },
  {
    name: 'reviews-pl',
    like: 'reviews in windows-1250',
    rows: 120,
    columns: {
      ocena: whole(1, 5),
      opinia: prose(words.polish, 5, 12),
      miasto: oneOf(['Łódź', 'Gdańsk', 'Poznań']),
    },
    dialect: { separator: ';', encoding: 'windows-1250', expectedEncoding: 'windows-1250|iso-8859-2' },
  },
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

/** @returns {BenchFile[]} */
export function madeFiles() {
  return made.map(({ name, like, ending = '.csv', rows, columns, dialect = {} }, index) => {
    const pairs = /** @type {readonly (readonly [string, ColumnOf])[]} */ (
      Array.isArray(columns) ? columns : Object.entries(columns)
    );
    const list = pairs.map(([title, column]) => column(title));
    return { name, like, ending, ...writeTable(list, rows, dialect, makeChance(5_000 + index)) };
  });
}
