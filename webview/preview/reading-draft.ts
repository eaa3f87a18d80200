/** A draft of a file whose reading has much to tell: another encoding, a title line, a question, and two wishes. */
import { type ColumnSummary, plainFormat, type TableSummary } from '../../src/protocol/dataset';
import { Encoding, type ReadingChoice, type ReadingPart } from '../../src/protocol/reading';
import type { Draft } from '../../src/protocol/webview';
import { column, tableDraft } from './drafts';

const yesOrNo: readonly ReadingChoice[] = [
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

function part(
  field: ReadingPart['field'],
  title: string,
  value: string,
  text: string,
  more: Partial<ReadingPart> = {},
): ReadingPart {
  return { field, title, value, text, told: true, asked: false, choices: yesOrNo, ...more };
}

const reading: readonly ReadingPart[] = [
  part('encoding', 'Encoding', 'windows-1252', 'windows-1252', {
    choices: Encoding.options.map((value) => ({ value, label: value })),
  }),
  part('separator', 'Separator', ';', ';', {
    choices: [
      { value: ',', label: ', (comma)' },
      { value: ';', label: '; (semicolon)' },
      { value: '\t', label: 'tab' },
      { value: 'fixed', label: 'columns of fixed width' },
    ],
  }),
  part('header', 'Header', 'true', 'header in line 2', {
    asked: true,
    choices: [
      { value: 'true', label: 'the first row names the columns' },
      { value: 'false', label: 'no header: the first row is data' },
    ],
  }),
  part('firstLine', 'First line', '2', 'from line 2 on', {
    told: false,
    choices: ['1', '2', '3'].map((value) => ({ value, label: `line ${value}` })),
  }),
  part('units', 'Line of units', 'false', 'no line of units', { told: false }),
  part('decimal', 'Decimal sign', ',', 'decimal comma', {
    choices: [
      { value: '.', label: '1.5 (point)' },
      { value: ',', label: '1,5 (comma)' },
    ],
  }),
];

const columns: readonly ColumnSummary[] = [
  column('Menge', 0, 'number'),
  column('Preis', 1, 'number', { missing: 2 }),
  column('Umsatz_im_letzten_Jahr_ohne_Steuer', 2, 'number', {
    readAs: '2.470 is 2470',
    question: {
      text: '"2.470" is read as 2470. Is it 2.47?',
      answers: [{ label: 'It is 2.47', wish: { decimal: '.', thousands: 'none' } }],
    },
  }),
  column('Straße', 3, 'category'),
  column('Datum', 4, 'date', { readAs: 'day first' }),
  column('Messwert', 5, 'number', {
    question: {
      text: '-999 stands in 12 rows, far from all others. Does it stand for no value?',
      answers: [
        { label: 'It is missing', wish: { missing: ['-999'] } },
        { label: 'It is a value', wish: { values: ['-999'] } },
      ],
    },
  }),
  column('Filiale', 6, 'category'),
  column('gekauft', 7, 'category'),
];

const table: TableSummary = {
  kind: 'table',
  path: '/data/bakery.csv',
  format: { ...plainFormat, separator: ';', encoding: 'windows-1252', firstLine: 2, decimal: ',' },
  reading,
  rows: 160,
  columns,
  targets: [
    {
      column: 'gekauft',
      task: 'classification',
      preview: '2 classes: ja 90, nein 70',
      reason: 'last column',
    },
  ],
  issues: [
    {
      severity: 'information',
      code: 'lines-above',
      message: 'One line above the header, which is in line 2, is no row.',
      line: 1,
      advice: 'Choose another first line if the table begins there.',
    },
  ],
  sha256: '0'.repeat(64),
  bytes: 8000,
};

export const readingDraft: Draft = {
  ...tableDraft,
  dataset: table,
  fileName: 'bakery.csv',
  target: 'gekauft',
  asked: { header: true, columns: { Filiale: { kind: 'category' } } },
};

/** The same as a workbook of several sheets, one of them with a name that is long. */
const workbook: TableSummary = {
  ...table,
  source: 'excel',
  path: '/data/bakery.xlsx',
  format: { ...plainFormat, part: 'Verkauf' },
  reading: [
    part('part', 'Sheet', 'Verkauf', 'sheet "Verkauf"', {
      choices: [
        { value: 'Lies mich', label: 'Lies mich (3 rows, 2 columns)' },
        { value: 'Verkauf', label: 'Verkauf (161 rows, 8 columns)' },
        {
          value: 'Filialen und ihre Öffnungszeiten',
          label: 'Filialen und ihre Öffnungszeiten (31 rows, 3 columns, hidden)',
        },
      ],
    }),
    ...reading.filter(({ field }) => field === 'header'),
  ],
  issues: [
    {
      severity: 'information',
      code: 'guessed-part',
      message: 'The file has 2 sheets that could be meant: "Verkauf" is read.',
      advice: 'Choose another sheet where it says how the file is read.',
    },
  ],
};

export const workbookDraft: Draft = {
  ...readingDraft,
  dataset: workbook,
  fileName: 'bakery.xlsx',
  asked: {},
};
