import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/protocol/errors';
import { columnsNamedIn, compileExpression } from '../../../../src/engine/datasets/preparation/expression';
import type {
  Compiled,
  Scope,
  Value,
  ValueType,
} from '../../../../src/engine/datasets/preparation/expression';

const columns: Readonly<Record<string, readonly [ValueType, Value]>> = {
  price: ['number', 12.5],
  count: ['number', 4],
  nothing: ['number', undefined],
  species: ['text', 'Adelie'],
  blank: ['text', undefined],
  'Culmen Length (mm)': ['number', 39.1],
  sold: ['date', 19_782.75],
};

const scope: Scope = {
  names: Object.keys(columns),
  find: (name): Compiled | undefined => {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    return column && { type: column[0], at: () => column[1] };
  },
};

const value = (text: string): Value => compileExpression(text, scope).at(0);

function refusal(text: string): LabError {
  try {
    compileExpression(text, scope);
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error(`"${text}" was not refused.`);
}

describe('expressions over the columns of a row', () => {
  it.each<[string, Value]>([
    ['price * count', 50],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['2 ** 3 ** 2', 512],
    ['-price', -12.5],
    ['7 % 4', 3],
    ['column("Culmen Length (mm)") / 10', 3.91],
    ['species + "!"', 'Adelie!'],
    ['price > 10 and count < 5', true],
    ['price > 10 && !(count >= 5)', true],
    ['not (count = 4) or price <> 12.5', false],
    ['species == "Adelie" ? 1 : 0', 1],
    ['if(price > 100, "dear", "cheap")', 'cheap'],
    ['species in ["Adelie", "Gentoo"]', true],
    ['count in [1, 2]', false],
    ['round(price / 3, 2)', 4.17],
    ['max(price, count, 20)', 20],
    ['log10(1000)', 3],
    ['lower(species)', 'adelie'],
    ['length(species) + words("a b  c")', 9],
    ['contains(species, "del")', true],
    ['replace(species, "e", "E")', 'AdEliE'],
    ['slice(species, 1, 3)', 'Ade'],
    ['number("1.5e2")', 150],
    ['text(count)', '4'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('reads the parts of dates, and a text beside a date as one', () => {
    expect(value('year(sold)')).toBe(2024);
    expect([value('month(sold)'), value('day(sold)'), value('weekday(sold)'), value('hour(sold)')]).toEqual([
      2, 29, 4, 18,
    ]);
    expect(value('sold > "2024-02-28"')).toBe(true);
    expect(value('sold - "2024-02-28"')).toBe(1.75);
    expect(refusal('sold > "soon"').message).toBe('"soon" is no date.');
  });

  it('is missing where a value is, and decides and / or as SQL does', () => {
    expect(value('nothing + 1')).toBeUndefined();
    expect(value('nothing > 1')).toBeUndefined();
    expect(value('nothing > 1 or price > 1')).toBe(true);
    expect(value('nothing > 1 and price > 100')).toBe(false);
    expect(value('nothing > 1 and price > 1')).toBeUndefined();
    expect(value('isMissing(nothing)')).toBe(true);
    expect(value('coalesce(nothing, price)')).toBe(12.5);
    expect(value('blank in ["x"]')).toBeUndefined();
  });

  it('counts what is no finite number as missing', () => {
    expect(value('1 / 0')).toBeUndefined();
    expect(value('log(0 - 1)')).toBeUndefined();
    expect(value('10 ** 400')).toBeUndefined();
  });

  it('says which column or function was meant', () => {
    expect(refusal('pric * 2')).toMatchObject({
      message: 'There is no column "pric".',
      advice: expect.stringContaining('Did you mean "price"?') as string,
    });
    expect(refusal('rond(price)').advice).toBe('Did you mean "round"?');
  });

  it('refuses types that do not fit before any row is read', () => {
    expect(refusal('species * 2').message).toBe('"species * 2" needs a number, and got a text.');
    expect(refusal('species == 1').message).toBe('"species == 1" joins a text and a number.');
    expect(refusal('price and true').message).toContain('needs true or false');
    expect(refusal('year(price)').message).toContain('year() needs a date, and got a number.');
    expect(refusal('round()').message).toBe('round() takes 1 to 2 values, and got 0.');
  });

  it.each([
    'constructor',
    '__proto__',
    'toString()',
    'price.constructor',
    'price["constructor"]',
    'this',
    '[1, 2]',
    'null',
    'column(price)',
    'constructor.constructor("return 1")()',
    'price = count = 1; 2',
    'a b',
    'price +',
    '"open',
    '',
    `${'('.repeat(5000)}1`,
    `${'!'.repeat(1500)}true`,
    `${'true ? '.repeat(250)}1`,
    `1${' + 1'.repeat(600)}`,
  ])('is never code, and never too deep: %.40s', (text) => {
    expect(refusal(text).code).toBe('invalid');
  });

  it('tells the columns that it names', () => {
    expect(columnsNamedIn('max(price, column("Culmen Length (mm)")) + round(price)')).toEqual([
      'price',
      'Culmen Length (mm)',
    ]);
  });
});
