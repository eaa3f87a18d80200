import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { columnWishes, writeColumnOptions } from '../../../src/cli/column-options';
import { questionLines, summarizeDataset } from '../../../src/cli/dataset-summary';
import { flagOf } from '../../../src/cli/flags';
import { addTableOptions, fileWishes, type TableOptions } from '../../../src/cli/reading-options';
import { buildProgram } from '../../../src/cli/program';
import {
  type ColumnSummary,
  ColumnWish,
  describeError,
  LabError,
  plainFormat,
  ReadingField,
  type ReadingPart,
  type TableSummary,
} from '../../../src/protocol';

function parse(...given: string[]): TableOptions {
  const command = addTableOptions(new Command('inspect'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .allowExcessArguments();
  return command.parse(given, { from: 'user' }).opts<TableOptions>();
}

/** What a person reads of a command line that is refused. */
function refusalOf(...given: string[]): string {
  try {
    parse(...given);
  } catch (thrown) {
    return describeError(LabError.from(thrown));
  }
  return '';
}

const column = (name: string, index: number, more: Partial<ColumnSummary> = {}): ColumnSummary => ({
  name,
  index,
  kind: 'number',
  distinct: 3,
  missing: 0,
  values: [],
  ...more,
});
function tableOf(columns: readonly ColumnSummary[], reading: readonly ReadingPart[] = []): TableSummary {
  return {
    kind: 'table',
    path: '/data/a.csv',
    format: plainFormat,
    reading,
    rows: 3,
    columns,
    targets: [],
    issues: [],
    sha256: '',
    bytes: 1,
  };
}
const table = tableOf([column('zip', 0), column('a=b', 1), column('Dose mg', 2)]);

describe('options that say how a file is read', () => {
  it.each(['inspect', 'train', 'predict'])('%s has one for every part, and for columns', (name) => {
    const command = buildProgram(() => Promise.resolve()).commands.find((found) => found.name() === name);
    const help = command?.helpInformation() ?? '';
    const parts = [...ReadingField.options, ...Object.keys(ColumnWish.shape)].map(flagOf);
    for (const flag of [...parts, '--no-header', '--no-units', '--no-row-names']) {
      expect(help).toContain(`  ${flag} `);
    }
  });

  it('that are not given ask for nothing', () => {
    expect(fileWishes(parse())).toEqual({});
    expect(columnWishes(table, parse())).toBeUndefined();
  });

  it('become the wishes of the whole file', () => {
    const given = '--encoding latin1 --separator semicolon --quote single --escape backslash --no-header';
    const more = '--first-line 3 --comment # --units --no-row-names --decimal comma';
    expect(fileWishes(parse(...given.split(' '), ...more.split(' ')))).toEqual({
      encoding: 'windows-1252',
      separator: ';',
      quote: "'",
      escape: 'backslash',
      header: false,
      firstLine: 3,
      comment: '#',
      units: true,
      rowNames: false,
      decimal: ',',
    });
  });

  it.each([
    [',', ','],
    ['Pipe', '|'],
    ['\\t', '\t'],
    ['tab', '\t'],
    ['colon', ':'],
    ['^', '^'],
    ['tilde', '~'],
    ['::', '::'],
    ['ctrl-a', '\u0001'],
    ['blanks', 'blanks'],
    [' ', 'blanks'],
    [' comma ', ','],
    ['fixed', 'fixed'],
  ])('take the separator %s as a word or as the character', (given, separator) => {
    expect(fileWishes(parse('--separator', given))).toEqual({ separator });
  });

  it.each([
    ['UTF-8', 'utf-8'],
    ['cp1251', 'windows-1251'],
    ['gbk', 'gb18030'],
    ['sjis', 'shift_jis'],
    ['utf-16', 'utf-16le'],
  ])('take the encoding %s by its other names', (given, encoding) => {
    expect(fileWishes(parse('--encoding', given))).toEqual({ encoding });
  });

  it.each([
    [
      '--separator',
      'x',
      'one of comma, semicolon, tab, pipe, colon, caret, tilde, ctrl-a, ::, ||, blank or fixed.',
    ],
    ['--separator', 'constructor', /^--separator is "constructor", but it must be one of comma,/],
    ['--separator', 'semicolo', /fixed\. Did you mean "semicolon"\?$/],
    ['--quote', 'doubel', 'one of double, single or none. Did you mean "double"?'],
    ['--escape', 'slash', /^--escape is "slash", but it must be doubled or backslash\./],
    ['--encoding', 'morse', /one of utf-8, .* or euc-kr\.$/],
    ['--encoding', 'ibm855', /one of utf-8/],
    ['--encoding', 'windows-125', /Did you mean "windows-125\d"\?$/],
    ['--first-line', '0', '--first-line is 0, but it must be a whole number from 1 on.'],
    ['--first-line', 'two', '--first-line is "two", but it must be a whole number from 1 on.'],
    ['--comment', 'longer', '--comment is "longer", but it must be at most four characters, or none.'],
    ['--kind', 'zip=letters', /^--kind is "zip=letters", but it must be one of number, boolean, category,/],
    ['--kind', 'zip=categry', /written column=number\. Did you mean "zip=category"\?$/],
    ['--kind', 'category', /written column=number\.$/],
    ['--encode', 'zip=rank', /^--encode is "zip=rank", .*Did you mean "zip=ranks"\?$/],
    ['--decimal', 'coma', 'point or comma, alone or written column=point. Did you mean "comma"?'],
    ['--dates', 'when=day-frist', /Did you mean "when=day-first"\?$/],
    ['--thousands', '=.', /one of none, comma, point, blank or apostrophe, written column=none\.$/],
    [
      '--missing',
      '-999',
      /^--missing is "-999", but it must be a column and a value, written column=value\.$/,
    ],
    [
      '--same',
      'fat=LF',
      /^--same is "fat=LF", but it must be a column and two of its values, written column=value=other\.$/,
    ],
  ])('refuse %s %s in one voice and say what they take', (flag, value, refusal) => {
    expect(refusalOf(flag, value)).toMatch(refusal);
  });
});

describe('options for single columns', () => {
  it('become wishes by the names in the file, several of one column together', () => {
    const options = parse(
      ...['--kind', 'ZIP=category', '--kind', '2=left-out', '--missing', 'dose_mg=-999'],
      ...['--missing', 'Dose mg=0', '--thousands', 'Dose mg=point', '--decimal', 'Dose mg=,'],
      ...['--dates', 'zip=day-first', '--encode', 'Dose mg=ranks'],
    );
    expect(columnWishes(table, options)).toEqual({
      zip: { kind: 'category', dates: 'day-first' },
      'a=b': { kind: 'left-out' },
      'Dose mg': { encode: 'ranks', decimal: ',', thousands: '.', missing: ['-999', '0'] },
    });
    expect(fileWishes(options)).toEqual({});
  });

  it('may have "=" in names and values', () => {
    const options = parse('--kind', 'a=b=text', '--missing', 'a=b==', '--missing', 'zip=a=b');
    expect(columnWishes(table, options)).toEqual({
      'a=b': { kind: 'text', missing: ['='] },
      zip: { missing: ['a=b'] },
    });
  });

  it('tell the decimal sign of the file from that of a column', () => {
    const options = parse('--decimal', 'comma', '--decimal', 'zip=point');
    expect(fileWishes(options)).toEqual({ decimal: ',' });
    expect(columnWishes(table, options)).toEqual({ zip: { decimal: '.' } });
  });

  it('of a column that is not there are refused', () => {
    expect(() => columnWishes(table, parse('--kind', 'zap=text'))).toThrow('There is no column "zap".');
  });

  const wishes: readonly ColumnWish[] = [
    { kind: 'left-out' },
    { decimal: ',', thousands: '.' },
    { thousands: ' ' },
    { dates: 'day-first', missing: ['-999', 'a=b'], values: ['NA'] },
    { same: { LF: 'Low Fat', reg: 'Regular' } },
  ];
  it.each(wishes)('are written so that they ask for the same: %j', (wish) => {
    const written = writeColumnOptions('Dose mg', wish);
    const given = [...written.matchAll(/(--\w+) ("[^"]*")/g)].flatMap(([, flag, value]) => [
      flag ?? '',
      JSON.parse(value ?? '') as string,
    ]);
    expect(columnWishes(table, parse(...given))).toEqual({ 'Dose mg': wish });
  });
});

describe('the summary of a table', () => {
  const part = (field: ReadingField, text: string, more: Partial<ReadingPart> = {}): ReadingPart => ({
    field,
    title: field,
    value: text,
    text,
    told: false,
    asked: false,
    choices: [],
    ...more,
  });

  it('says in one line how the file is read, and of each part whether it was asked for', () => {
    const reading = [
      part('encoding', 'windows-1252', { told: true }),
      part('separator', ';', { told: true, asked: true }),
      part('quote', 'double quotes'),
      part('units', 'no units', { asked: true }),
    ];
    const lines = summarizeDataset(tableOf([], reading));
    expect(lines[1]).toBe('How this file is read: windows-1252 · ; · no units');
    const words = lines.map((line) => line.trim().split(/ {2,}/));
    expect(words).toContainEqual(['encoding', 'windows-1252', 'found out', '--encoding']);
    expect(words).toContainEqual(['separator', ';', 'asked for', '--separator']);
    expect(words).toContainEqual(['Also to be asked for: --quote']);
  });

  it('shows how a column is read, its note, and the question with the option that answers it', () => {
    const price = column('price', 0, {
      readAs: '1.250 is 1250',
      note: 'euros',
      range: { min: 1, max: 9, mean: 5 },
      question: {
        text: '"1.250" is read as 1250. Is it 1.25?',
        answers: [{ label: 'It is 1.25', wish: { decimal: '.', thousands: 'none' } }],
      },
    });
    const lines = summarizeDataset(tableOf([price]));
    expect(lines.join('\n')).toMatch(/price +number +1\.250 is 1250 +3 +0 +1 … 9, mean 5 \(euros\)/);
    expect(questionLines(tableOf([price]))).toEqual([
      '',
      'Worth a look:',
      '  price: "1.250" is read as 1250. Is it 1.25?',
      '    It is 1.25: --thousands "price=none" --decimal "price=point"',
    ]);
  });
});
