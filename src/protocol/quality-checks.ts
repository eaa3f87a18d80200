/**
 * What is looked for in the data of a table, each check as data: settings, hovers, the command line and the documentation
 * are drawn from this list. What a check does is in the engine, `src/engine/quality/checks/<name>.ts`.
 */
import type { Severity } from './dataset';
import { Registry } from './registry';

export interface CheckDescription {
  readonly name: string;
  /** For a setting: `Rows that stand more than once`. */
  readonly title: string;
  /** One sentence: why somebody who trains a model should care. */
  readonly why: string;
  /** How its findings are shown where no setting says otherwise; a mild case of one may be shown as information. */
  readonly severity: Severity;
  /** Codes of issues that the reading of a file tells: not shown where this check says the same, and more of it. */
  readonly covers?: readonly string[] | undefined;
}

export const checks = new Registry<CheckDescription>('quality check');

const described: readonly CheckDescription[] = [
  {
    name: 'malformed-values',
    title: 'Values that do not fit their column',
    why: 'A word among numbers, or a date that is none, counts as missing: what was meant is not learnt.',
    severity: 'warning',
  },
  {
    name: 'duplicate-rows',
    title: 'Rows that stand more than once',
    why: 'A model learns copied rows by heart, and is judged too well where a copy is among the rows it is judged by.',
    severity: 'warning',
    covers: ['duplicate-rows'],
  },
  {
    name: 'spellings',
    title: 'Values that differ only in their spelling',
    why: 'Two spellings of one value are two values to most programs, each with too few rows to learn from.',
    severity: 'warning',
    covers: ['labels-together'],
  },
  {
    name: 'near-duplicates',
    title: 'Rows and texts that are nearly the same',
    why: 'Nearly equal rows on both sides of the split make a model look better than it is on new rows.',
    severity: 'information',
  },
  {
    name: 'similar-images',
    title: 'Images that look the same',
    why: 'A copy of an image that was saved anew is no new case: the model that has learnt the one knows the other.',
    severity: 'information',
  },
  {
    name: 'conflicting-labels',
    title: 'Rows that differ only in their label',
    why: 'No model can be right on both of two equal rows with different labels: one of the labels is wrong, or a column is missing.',
    severity: 'warning',
  },
  {
    name: 'outliers',
    title: 'Numbers far from all others of their column',
    why: 'A slip of the decimal point or another unit pulls the weights towards one row, and costs accuracy on all others.',
    severity: 'warning',
  },
  {
    name: 'leakage',
    title: 'Columns that give the answer away',
    why: 'A column that is written down together with the answer is not there when a new row is judged, and the model is worthless without it.',
    severity: 'warning',
  },
  {
    name: 'split-leakage',
    title: 'Groups and times that a random split tears apart',
    why: 'Rows of one person or of neighbouring days are alike: with some of them in training, the validation rows are no new cases.',
    severity: 'warning',
  },
  {
    name: 'constant-columns',
    title: 'Columns that hardly vary',
    why: 'What is the same in every row tells nothing, and what is nearly always the same tells something of a few rows only.',
    severity: 'information',
  },
  {
    name: 'mostly-missing',
    title: 'Columns that are mostly empty',
    why: 'A column that most rows lack adds guesses rather than knowledge, and often stands for something that was asked of a few only.',
    severity: 'information',
  },
  {
    name: 'missing-tells-target',
    title: 'Gaps that tell the answer',
    why: 'Where values are missing because of the answer, a model learns from the gap itself, which is filled differently for new rows.',
    severity: 'warning',
  },
  {
    name: 'rare-classes',
    title: 'Classes of very few rows',
    why: 'A class of a handful of rows can be neither learnt nor checked, since hardly one of them is in the validation part.',
    severity: 'warning',
    covers: ['lone-class'],
  },
  {
    name: 'imbalance',
    title: 'Nearly all rows of one class',
    why: 'A model that always names the commonest class looks good by accuracy and is of no use: look at balanced accuracy.',
    severity: 'information',
  },
];
for (const check of described) checks.add(check);

/** What a setting of a check may say. */
export const checkLevels = ['error', 'warning', 'information', 'off'] as const;
export type CheckLevel = (typeof checkLevels)[number];

/** Whether a check says what an issue of the reading says. */
export function isCovered(code: string): boolean {
  return checks.all.some(({ covers = [] }) => covers.includes(code));
}
