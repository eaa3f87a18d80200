/** Example datasets with their drafts: what the form starts from in the example states. */
import {
  type ColumnSummary,
  plainFormat,
  type TableSummary,
  type TextSummary,
} from '../../src/protocol/dataset';
import '../../src/catalogue';
import { ModelChoice } from '../../src/protocol/families';
import type { Draft } from '../../src/protocol/webview';

const sha256 = '0'.repeat(64);

/** A family with the settings of its schema. */
function usual(family: string): ModelChoice {
  return ModelChoice.parse({ family, hyperparameters: {} });
}

export function column(
  name: string,
  index: number,
  kind: ColumnSummary['kind'],
  more: Partial<ColumnSummary> = {},
): ColumnSummary {
  return { name, index, kind, distinct: 30, missing: 0, values: [], ...more };
}

export const penguins: TableSummary = {
  kind: 'table',
  path: '/data/penguins.csv',
  format: plainFormat,
  reading: [
    {
      field: 'encoding',
      title: 'Encoding',
      value: 'utf-8',
      text: 'UTF-8',
      told: true,
      asked: false,
      choices: [
        { value: 'utf-8', label: 'UTF-8' },
        { value: 'windows-1252', label: 'windows-1252' },
      ],
    },
    {
      field: 'separator',
      title: 'Separator',
      value: ';',
      text: '; (semicolon)',
      told: true,
      asked: true,
      choices: [
        { value: ',', label: ', (comma)' },
        { value: ';', label: '; (semicolon)' },
      ],
    },
  ],
  rows: 344,
  columns: [
    column('studyName', 0, 'identifier', { note: 'A different value in nearly every row.' }),
    column('species', 1, 'category'),
    column('island', 2, 'category'),
    column('bill_length_mm', 3, 'number', { missing: 2 }),
    column('bill_depth_mm', 4, 'number', { missing: 2 }),
    column('flipper_length_mm', 5, 'number', { missing: 2 }),
    column('body_mass_g', 6, 'number', { missing: 2 }),
    column('sex', 7, 'category', { missing: 11 }),
    column('date_of_the_first_observation_egg', 8, 'date', { note: 'Dates are left out.' }),
  ],
  targets: [
    {
      column: 'species',
      task: 'classification',
      preview: '3 classes: Adelie 152, Gentoo 124, Chinstrap 68',
      reason: 'named first',
    },
    {
      column: 'island',
      task: 'classification',
      preview: '3 classes: Biscoe 168, Dream 124, Torgersen 52',
      reason: '',
    },
    {
      column: 'body_mass_g',
      task: 'regression',
      preview: 'numbers from 2,700 to 6,300, mean 4,202',
      reason: '',
    },
  ],
  issues: [],
  sha256,
  bytes: 15_000,
};

export const text: TextSummary = {
  kind: 'text',
  path: '/data/tinyshakespeare.txt',
  characters: 1_115_394,
  vocabulary: 65,
  lines: 40_000,
  issues: [],
  sha256,
  bytes: 1_115_394,
};

export const tableDraft: Draft = {
  dataset: penguins,
  fileName: 'penguins.csv',
  target: 'species',
  task: 'classification',
  models: [usual('mlp'), usual('linear')],
  seed: 1337,
  validation: 0.2,
};

export const textDraft: Draft = {
  dataset: text,
  fileName: 'tinyshakespeare.txt',
  task: 'language-model',
  models: [usual('transformer')],
  seed: 1337,
  validation: 0.1,
};
