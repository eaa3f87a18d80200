import { describe, expect, it } from 'vitest';
import { describeColumns, readTable, type ReadTableOptions } from '../../../src/engine/datasets';

/** A table of one named column and one that means nothing, tabs between them. */
function column(cells: readonly string[], options: ReadTableOptions = {}) {
  const text = ['v\tother', ...cells.map((cell, row) => `${cell}\tw${row % 3}`)].join('\n');
  return readTable(text, { separator: '\t', ...options });
}

const numbersOf = (cells: readonly string[], options: ReadTableOptions = {}): number[] => [
  ...column(cells, options).numbers(0),
];

describe('numbers as people write them', () => {
  it.each([
    ['commas for thousands', ['1,250', '12,000', '950', '1,234,567.5'], [1250, 12000, 950, 1234567.5]],
    ['points for thousands', ['1.250', '12.000', '950', '1.234.567,5'], [1250, 12000, 950, 1234567.5]],
    ['blanks', ['1 250', '12 000', '950', '1 234 567,5'], [1250, 12000, 950, 1234567.5]],
    ['no-break blanks', ['1\u00a0250,5', '12\u202f000', '950'], [1250.5, 12000, 950]],
    ['apostrophes', ["1'250.50", '12’000', '950'], [1250.5, 12000, 950]],
    ['groups of two as in India', ['1,00,000', '12,34,567', '99,999'], [100000, 1234567, 99999]],
    ['decimal commas', ['0,5', '12,75', '3'], [0.5, 12.75, 3]],
    ['decimal points and commas in turns', ['0,5', '12.75', '3', '1,25', '7.5'], [0.5, 12.75, 3, 1.25, 7.5]],
    ['currency before', ['€ 90', '$1,099.00', '$5'].slice(1), [1099, 5]],
    ['a code of a currency', ['CHF 90', 'CHF 1’250.00', '12 CHF'], [90, 1250, 12]],
    ['currency behind', ['90 €', '1.099,00 €', '5 €'], [90, 1099, 5]],
    ['per cent', ['12%', '7.5 %', '100%'], [12, 7.5, 100]],
    ['units', ['21000 km', '900 km', '5km'], [21000, 900, 5]],
    ['units of an area', ['55 m²', '60 m²', '120 m²'], [55, 60, 120]],
    ['magnitudes', ['1.5k', '2M', '300', '1.2B'], [1500, 2e6, 300, 1.2e9]],
    ['magnitudes with money', ['$1.5m', '$20k', '$3bn'], [1.5e6, 20000, 3e9]],
    ['millions in German', ['1,5 Mio €', '20 Mio €', '3 Mrd €'], [1.5e6, 2e7, 3e9]],
    ['accounting brackets', ['(1,234)', '500', '1,000'], [-1234, 500, 1000]],
    ['a Unicode minus', ['−5', '3', '−2.5'], [-5, 3, -2.5]],
    ['a minus behind', ['5-', '3', '2.5-'], [-5, 3, -2.5]],
    ['a sign before the currency', ['-$5', '$3', '$-2.50'], [-5, 3, -2.5]],
    ['a plus on either side', ['+5', '1,000+', '10+'], [5, 1000, 10]],
    ['Indian magnitudes', ['65 Lac', '1.2 Cr', '80 lakh'], [6.5e6, 1.2e7, 8e6]],
    ['wide digits', ['１２，５００', '９８０', '３．５'], [12500, 980, 3.5]],
    ['digits of Arabic and Persian', ['٣٧٧٦', '۲۰۶۸', '١٠٫٥'], [3776, 2068, 10.5]],
    ['a wide per cent sign', ['12％', '7.5％', '100％'], [12, 7.5, 100]],
    ['Chinese magnitudes and counters', ['128万', '3千', '1.2億'], [1.28e6, 3000, 1.2e8]],
    ['counters without a blank', ['20年', '3年', '41年'], [20, 3, 41]],
    ['yen behind', ['1,967円', '101,731円', '3万円'], [1967, 101731, 30000]],
    ['about', ['~27', 'ca. 31', '≈5'], [27, 31, 5]],
    ['times ten to the power', ['1.6×10^5', '2.5x10^-3', '7*10**2'], [1.6e5, 0.0025, 700]],
    ['exponents of Fortran', ['1.04D+03', '2.50D-01', '7.00D+00'], [1040, 0.25, 7]],
    ['quotes inside the cell', ["'61", "'7", "'180"], [61, 7, 180]],
    ['marks without room', ['\u200b24', '\ufeff51', '7'], [24, 51, 7]],
    ['footnotes', ['1,234[a]', '950*', '12,000'], [1234, 950, 12000]],
    ['money by the month', ['£1,200 pcm', '£950 pcm', '£1,050 pcm'], [1200, 950, 1050]],
    [
      'units of one kind',
      ['5 km', '800 m', '3 km', '250 m', '7 km', '90 m', '1 km'],
      [5, 0.8, 3, 0.25, 7, 0.09, 1],
    ],
    ['one and more', ['1 month', '3 months', '12 months'], [1, 3, 12]],
    ['feet and inches', ['5\'11"', '6\' 2"', "6'"], [71, 74, 72]],
    ['durations', ['1h 20m', '2h', '45m', '2 h 05 min', '1h05', 'PT1H30M'], [80, 120, 45, 125, 65, 90]],
    [
      'runs of minutes',
      Array.from({ length: 40 }, (_, row) => `${25 + row}:0${row % 10}`),
      Array.from({ length: 40 }, (_, row) => 25 + row + (row % 10) / 60),
    ],
    ['days and hours', ['2 days 01:30:00', '0 days 00:10:00'], [2970, 10]],
    ['lap times', ['1:02.345', '0:59.100'], [62.345 / 60, 59.1 / 60]],
    ['minutes and seconds beyond a day', ['31:15', '28:30', '1:02:10'], [31.25, 28.5, 62 + 10 / 60]],
    ['degrees and minutes', ["48°51'N", '52°30\'36"N', "33°30'S"], [48.85, 52.51, -33.5]],
    ['degrees with a hemisphere', ['94.8W', '12.3E', '80.1W'], [94.8, -12.3, 80.1]],
    ['years in brackets', ['(1994)', '(2003)', '(1978)'], [1994, 2003, 1978]],
    ['brackets beside other numbers', ['(1994)', '2003', '500'], [-1994, 2003, 500]],
    ['points of those to be had', ['4.5/5', '3/5', '5/5'], [4.5, 3, 5]],
    ['places', ['1st', '22nd', '103rd', '4th'], [1, 22, 103, 4]],
    ['numbers in a list', ['#448', '#7', '#23'], [448, 7, 23]],
    ['money by the square metre', ['10747元/平米', '9820元/平米'], [10747, 9820]],
    ['powers of ten', ['1e3', '2.5E-3', '+7'], [1000, 0.0025, 7]],
  ])('%s', (_, written, values) => {
    const read = numbersOf(written);
    expect(read).toHaveLength(values.length);
    read.forEach((value, row) => {
      expect(value).toBeCloseTo(values[row] as number, 9);
    });
  });

  it.each([
    ['ZIP codes', ['01234', '80331', '00501', '10115']],
    ['mixed units', ['5 km', '800 g', '3 km', '250 g', '7 km', '90 g']],
    ['dates without a year', ['3/4', '12/10', '5/7']],
    ['ratios', ['1:2', '4:3', '16:9']],
    ['sizes', ['10x20x30', '5x8x13', '4x4x2']],
    ['versions', ['4.0.10', '5.1.12', '4.1.11']],
    ['house numbers with streets', ['12 Main Street', '7 High Road', '9 Low Lane']],
    ['ordinary words', ['red', 'green', '3 blue mice']],
    ['ranges', ['10-20', '20-30', '30-40']],
    ['flats', Array.from({ length: 40 }, (_, row) => `${(row % 19) + 1}${'AB'.charAt((row * 7) % 2)}`)],
    ['dice', ['1d6', '2d8', '1d10', '3d4']],
    [
      'scores of handball',
      Array.from({ length: 40 }, (_, row) => `${25 + (row % 9)}:${20 + ((row * 7) % 15)}`),
    ],
    ['phone numbers', ['555-1234', '555-9876', '555-4444']],
  ])('takes %s for no numbers', (_, written) => {
    expect(numbersOf(written).every(Number.isNaN)).toBe(true);
  });

  it('takes 1.250 for 1250 where whole numbers below a thousand stand beside', () => {
    expect(numbersOf(['1.250', '950', '12.300', '3.475', '87'])).toEqual([1250, 950, 12300, 3475, 87]);
  });

  it('say what is converted and how', () => {
    const lengths = Array.from({ length: 40 }, (_, row) => (row % 4 === 3 ? `${row * 10} m` : `${row} km`));
    expect(describeColumns(column(lengths))[0]?.readAs).toBe('30 m is 0.03, in km');
    expect(describeColumns(column(['1h 20m', '2h', '3h 05m']))[0]?.readAs).toBe('1h 20m is 80, in min');
  });

  it('miss a few with a unit of another kind, and are words where there are many', () => {
    const mileage = (others: number) =>
      Array.from(
        { length: 100 },
        (_, row) => `${10 + ((row * 7) % 90) / 4} ${row < others ? 'km/kg' : 'kmpl'}`,
      );
    const read = numbersOf(mileage(10));
    expect(describeColumns(column(mileage(10)))[0]?.readAs).not.toContain('km/kg');
    expect(read.filter(Number.isNaN)).toHaveLength(10);
    expect(numbersOf(mileage(40)).every(Number.isNaN)).toBe(true);
  });

  it('takes 67,656 for thousands in money, and 1.459 for a price of fuel', () => {
    const usual = { separator: ';' as const };
    const won = ['₩67,656', '₩12,410', '₩5,125'];
    expect([...readTable(['v;w', ...won.map((cell) => `${cell};1,5`)].join('\n'), usual).numbers(0)]).toEqual(
      [67656, 12410, 5125],
    );
    expect(numbersOf(['$1.459', '$2.617', '$1.938'])).toEqual([1.459, 2.617, 1.938]);
  });

  it('takes 1.250 as the decimal sign of the file says that a person asks for, whatever other columns suggest', () => {
    const text = ['a;b', '1.250;0,5', '3.125;0,75', '2.480;1,5', '4.100;2,25'].join('\n');
    const first = (options: ReadTableOptions) => [...readTable(text, options).numbers(0)];
    expect(first({})).toEqual([1250, 3125, 2480, 4100]);
    expect(first({ decimal: '.' })).toEqual([1.25, 3.125, 2.48, 4.1]);
    // What was found out and is kept in an experiment changes nothing.
    expect(first({ decimal: ',' })).toEqual([1250, 3125, 2480, 4100]);
  });

  it('takes 1.250 for 1.25 where nothing says otherwise, and for what is wished', () => {
    const written = ['1.257', '3.125', '7.391', '2.004', '8.666'];
    expect(numbersOf(written)).toEqual(written.map(Number));
    expect(numbersOf(written, { columns: { v: { thousands: '.' } } })).toEqual([
      1257, 3125, 7391, 2004, 8666,
    ]);
    const question = describeColumns(column(written))[0]?.question;
    expect(question?.answers[0]?.wish).toEqual({ thousands: '.' });
    expect(question?.text).toContain('1.257');
  });

  it('takes three decimals for decimals where other numbers of the column have fewer or begin with zero', () => {
    expect(numbersOf(['0.125', '3.125', '12.375'])).toEqual([0.125, 3.125, 12.375]);
    expect(numbersOf(['1.25', '3.125', '12.5', '7'])).toEqual([1.25, 3.125, 12.5, 7]);
    expect(numbersOf(['1.250', '1200', '3.125', '7'])).toEqual([1.25, 1200, 3.125, 7]);
  });

  it('lets the other columns of the file decide between thousands and decimals', () => {
    const rows = ['191.520;0,5', '262.710;1,25', '765.450;2,75', '867.300;3,5'];
    const table = readTable(['price;share', ...rows].join('\n'));
    expect([...table.numbers(0)]).toEqual([191520, 262710, 765450, 867300]);
    expect([...table.numbers(1)]).toEqual([0.5, 1.25, 2.75, 3.5]);
  });

  it('learns from numbers with both signs which of them groups', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i < 4 ? '1,' : ''}${100 + i * 7}.3${i % 10}\t${i + 1},${100 + i * 3}`,
    );
    const table = readTable(`a\tb\n${rows.join('\n')}\n`);
    expect(table.numbers(1)[0]).toBe(1100);
    expect(table.numbers(0)[0]).toBeCloseTo(1100.3);
  });

  it('counts infinities as missing and says so once', () => {
    const cells = Array.from({ length: 40 }, (_, row) =>
      row % 10 === 3 ? 'Infinity' : row % 10 === 4 ? '-inf' : `${row * 1.5}`,
    );
    const table = column([...cells, '1e400', '∞']);
    expect(table.numbers(0).filter(Number.isNaN)).toHaveLength(10);
    const [summary] = describeColumns(table);
    expect(summary).toMatchObject({ kind: 'number', missing: 10 });
    expect(summary?.note).toBe('10 values are infinite ("Infinity", first in line 5) and count as missing.');
  });

  it.each([
    '-',
    '.',
    '--',
    '—',
    '?',
    '#N/A',
    '#DIV/0!',
    'n/a',
    'NULL',
    '\\N',
    'nil',
    'NaT',
    '<NA>',
    'missing',
    'unknown',
    'n.d.',
    'TBD',
    'on request',
    '<5',
  ])('counts a frequent "%s" in a column of numbers as missing', (word) => {
    const table = column(Array.from({ length: 60 }, (_, row) => (row % 8 === 0 ? word : `${row}.5`)));
    const [summary] = describeColumns(table);
    expect(summary).toMatchObject({ kind: 'number', missing: 8 });
    expect(table.isMissing(8, 0)).toBe(true);
    expect(table.numbers(0)[9]).toBe(9.5);
  });

  it('reads another file as the model was told to, and in its own way where that does not fit', () => {
    const { reading } = column(['1.250', '950', '12.300', '3.475']).reader.found(0);
    const readings = { v: reading };
    expect(numbersOf(['1.250'], { readings })).toEqual([1250]);
    expect(numbersOf(['1,250', '12,400', '990', '1,000,000'], { readings })).toEqual([1250, 12400, 990, 1e6]);
  });

  it('keeps a column of words with a number here and there as words', () => {
    const [summary] = describeColumns(
      column(
        Array.from({ length: 60 }, (_, row) => (row % 4 === 0 ? '7' : ['red', 'blue', 'green'][row % 3]!)),
      ),
    );
    expect(summary?.kind).toBe('category');
  });
});

describe('a model of before units were converted', () => {
  const old: NonNullable<ReadTableOptions['readings']> = {
    v: {
      holds: 'numbers',
      numbers: { decimal: '.', thousands: 'none', unit: 'km' },
      missing: [],
      values: [],
    },
  };

  it('takes other units for missing, as in its training, however the file writes its numbers', () => {
    const cells = ['5 km', '3 mi', '7.5 km', '900 m', '12 km', '8 km'];
    expect(numbersOf(cells, { readings: old })).toEqual([5, NaN, 7.5, NaN, 12, 8]);
    const commas = ['5,5 km', '3,5 mi', '7,25 km', '12,75 km', '8,5 km'];
    expect(numbersOf(commas, { readings: old })).toEqual([5.5, NaN, 7.25, 12.75, 8.5]);
  });

  it('is no model of now, which converts the single cell of another file, too', () => {
    const { reading } = column(['5 km', '3 km', '7.5 km', '900 m']).reader.found(0);
    expect(numbersOf(['250 m'], { readings: { v: reading } })).toEqual([0.25]);
    expect(numbersOf(['250 m', '2 km'], { readings: { v: reading } })).toEqual([0.25, 2]);
  });
});

describe('placeholders that are classes', () => {
  const share = (word: string, rows: number, others: readonly string[]) =>
    column(Array.from({ length: 100 }, (_, row) => (row < rows ? word : others[row % others.length]!)));

  it.each([
    ['NA', 30, ['EU', 'AS']],
    ['NA', 2, ['EU', 'AS']],
    ['None', 40, ['Nut', 'Milk']],
    ['unknown', 20, ['left', 'right']],
    ['-', 40, ['+']],
    ['nil', 40, ['mild', 'severe']],
    ['null', 40, ['swipe', 'double tap']],
  ])('keeps %s of %i rows among %s as a value', (word, rows, others) => {
    const table = share(word, rows, others);
    expect(table.isMissing(0, 0)).toBe(false);
  });

  it.each([
    ['NA', 3, ['male', 'female']],
    ['None', 2, ['Nut', 'Milk']],
    ['-', 40, ['left', 'right']],
    ['', 40, ['left', 'right']],
    ['NULL', 40, ['left', 'right']],
    ['null', 3, ['left', 'right']],
    ['null', 40, ['Left', '7 m']],
    ['NaN', 40, ['left', 'right']],
    ['nil', 2, ['left', 'right']],
  ])('takes "%s" of %i rows among %s for missing', (word, rows, others) => {
    const table = share(word, rows, others);
    expect(table.isMissing(0, 0)).toBe(true);
  });

  it('does as it is wished', () => {
    const cells = Array.from({ length: 50 }, (_, row) => (row % 2 ? 'None' : 'Nut'));
    expect(column(cells, { columns: { v: { missing: ['None'] } } }).isMissing(1, 0)).toBe(true);
    expect(
      column(['a', 'NA', 'b', ...Array.from({ length: 60 }, () => 'a')], {
        columns: { v: { values: ['NA'] } },
      }).isMissing(1, 0),
    ).toBe(false);
  });
});

describe('decimal points and decimal commas in one column', () => {
  const mixed = Array.from({ length: 40 }, (_, row) => `${row}${row % 2 ? '.' : ','}${(row % 9) + 1}`);

  it('are both read, and it is said', () => {
    const [described] = describeColumns(column(mixed));
    expect(numbersOf(mixed)).toEqual(mixed.map((cell) => Number(cell.replace(',', '.'))));
    expect(described).toMatchObject({ kind: 'number', missing: 0 });
    expect(described?.readAs).toMatch(/points and commas are decimal signs/u);
  });

  it('are not where one of them could group thousands', () => {
    const cells = [...mixed, '1,250'];
    expect(numbersOf(cells).at(-1)).not.toBe(1.25);
    expect(numbersOf([...mixed, '1,250.5']).at(-1)).toBe(1250.5);
  });

  it('are read so by the model that learnt from them, also in a file with one of them', () => {
    const table = column(mixed);
    const readings = { v: table.reader.found(0).reading };
    expect(numbersOf(['1,5', '2,5'], { readings })).toEqual([1.5, 2.5]);
    expect(numbersOf(['1.5', '2,5'], { readings, settled: true })).toEqual([1.5, 2.5]);
  });
});
