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
];
for (const check of described) checks.add(check);

/** What a setting of a check may say. */
export const checkLevels = ['error', 'warning', 'information', 'off'] as const;
export type CheckLevel = (typeof checkLevels)[number];

/** Whether a check says what an issue of the reading says. */
export function isCovered(code: string): boolean {
  return checks.all.some(({ covers = [] }) => covers.includes(code));
}
