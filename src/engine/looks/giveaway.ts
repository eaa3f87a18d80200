/**
 * Columns that give the answer away: one or two that nearly do it alone, or, for a number, two or three whose weighted sum
 * is it; and only where the others without them do not. Either the question is easy, or a column is written down together
 * with the answer (or after it): only people can tell.
 */
import type { Answer, Table } from '../datasets';
import { isLopsided } from './lopsided';
import { type Design, fitRidge, predictRidge, rSquared } from './ridge';
import { type Answers, classesByColumn, numbersByColumn, sumOfColumns } from './single-column';

/** What a column must reach alone, and some columns in a sum. */
const GIVES_AWAY = 0.985;
const GIVES_AWAY_TOGETHER = 0.995;
/** How much worse the other columns must be without it. */
const LOST_WITHOUT = 0.03;
/** With fewer columns one must be the one that tells. */
const FEWEST_COLUMNS = 3;
/** More columns that each do it alone make an easy question, not a leak. */
const MOST_ALONE = 2;
const LARGEST_SUM = 3;
const SAMPLED_COLUMNS = 200;

export interface GiveawayQuestion {
  readonly table: Table;
  readonly answer: Answer;
  /** `[classes]`, rows of each in training; empty for a number. */
  readonly counts: readonly number[];
  /** The columns as they are encoded, and the width of them all. */
  readonly features: readonly {
    readonly column: string;
    readonly kind: string;
    readonly offset: number;
    readonly width: number;
  }[];
  readonly width: number;
  readonly training: Answers;
  readonly validation: Answers;
  /** The encoded rows of a part, features that are not used left out. */
  readonly design: (part: 'training' | 'validation', used: (feature: number) => boolean) => Design;
}

export interface Giveaway {
  readonly columns: readonly string[];
  /** Whether they do it only in a sum. */
  readonly together: boolean;
  /** Accuracy (balanced where the classes are lopsided) or R² of the best. */
  readonly score: number;
}

interface Scored {
  readonly columns: readonly string[];
  readonly score: number;
}

export function findGiveaway(question: GiveawayQuestion): Giveaway | undefined {
  const { features } = question;
  if (features.length < FEWEST_COLUMNS) return undefined;
  const alone = eachAlone(question);
  if (alone.length > MOST_ALONE) return undefined;
  const together = alone.length === 0 ? bestSum(question) : undefined;
  const found = together === undefined ? alone : [together];
  const columns = found.flatMap((each) => each.columns);
  if (columns.length === 0 || columns.length === features.length) return undefined;
  const score = Math.max(...found.map((each) => each.score));
  if (withoutColumns(question, new Set(columns)) > score - LOST_WITHOUT) return undefined;
  return { columns, together: together !== undefined, score };
}

/** Columns that nearly do it by themselves. */
function eachAlone({ table, answer, counts, features, training, validation }: GiveawayQuestion): Scored[] {
  return features.slice(0, SAMPLED_COLUMNS).flatMap(({ column, kind }) => {
    if (kind === 'text') return [];
    const index = table.find(column);
    const isNumber = kind === 'number';
    const score =
      answer === 'name'
        ? classesByColumn(table, index, isNumber, training, validation, counts)
        : numbersByColumn(table, index, isNumber, training, validation);
    return score >= GIVES_AWAY ? [{ columns: [column], score }] : [];
  });
}

/** Two or three columns of numbers whose sum is the target, by forward selection. */
function bestSum({ table, answer, features, training, validation }: GiveawayQuestion): Scored | undefined {
  if (answer === 'name') return undefined;
  const numbers = features.filter(({ kind }) => kind === 'number').slice(0, SAMPLED_COLUMNS / 4);
  let chosen: string[] = [];
  for (let size = 1; size <= LARGEST_SUM && size < features.length; size++) {
    const scored = numbers
      .filter(({ column }) => !chosen.includes(column))
      .map(({ column }) => {
        const columns = [...chosen, column];
        const indices = columns.map((name) => table.find(name));
        return { columns, score: sumOfColumns(table, indices, training, validation) };
      });
    const best = scored.reduce<Scored | undefined>(
      (a, b) => (a !== undefined && a.score >= b.score ? a : b),
      undefined,
    );
    if (best === undefined) return undefined;
    if (size > 1 && best.score >= GIVES_AWAY_TOGETHER) return best;
    chosen = [...best.columns];
  }
  return undefined;
}

/** What a linear model reaches without these columns. */
function withoutColumns(question: GiveawayQuestion, columns: ReadonlySet<string>): number {
  const { answer, counts, features, width, training, validation } = question;
  const hidden = new Uint8Array(width);
  for (const feature of features) {
    if (columns.has(feature.column)) hidden.fill(1, feature.offset, feature.offset + feature.width);
  }
  const used = (feature: number) => hidden[feature] === 0;
  const seen = question.design('training', used);
  const judged = question.design('validation', used);
  if (answer === 'number')
    return rSquared(predictRidge(judged, fitRidge(seen, training.values)), validation.values);
  const scores = counts.map((_, k) => {
    const isClass = Array.from(training.values, (label) => (label === k ? 1 : 0));
    return predictRidge(judged, fitRidge(seen, isClass));
  });
  const right = counts.map(() => 0);
  const actual = counts.map(() => 0);
  Array.from(validation.values).forEach((label, row) => {
    if (label < 0) return;
    let best = 0;
    scores.forEach((score, k) => {
      if ((score[row] as number) > (scores[best]?.[row] as number)) best = k;
    });
    actual[label] = (actual[label] as number) + 1;
    if (best === label) right[label] = (right[label] as number) + 1;
  });
  const recalls = actual.flatMap((rows, k) => (rows === 0 ? [] : [(right[k] as number) / rows]));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return isLopsided(counts) ? sum(recalls) / recalls.length : sum(right) / Math.max(1, sum(actual));
}
