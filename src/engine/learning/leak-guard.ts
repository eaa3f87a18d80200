/**
 * Columns that give the answer away. A model that is nearly always right because of one column is either about an easy
 * question, or about a column that is written down together with the answer (or after it): only people can tell, so
 * they are asked. Asked is where the column alone nearly does it and the others without it do not.
 */
import { type Alert, type Headline, writeShare } from '../../protocol';
import type { Table } from '../datasets';
import { fitRidge, predictRidge, quickDesign, rSquared, sampled } from '../looks';
import { isLopsided } from '../tasks/lopsided';
import { type Answers, classesByColumn, numbersByColumn, sumOfColumns } from './single-column';
import type { TableData, TablePart } from './table-data';

/** What a model must reach before anything is asked. */
const NEAR_PERFECT = 0.9;
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
const SAMPLED_ROWS = 3_000;
const SAMPLED_COLUMNS = 200;

interface Finding {
  readonly columns: readonly string[];
  readonly score: number;
}

/** The question to ask about a trained model, with what can be done; undefined where there is none. */
export function leakAlert(table: Table, data: TableData, headline: Headline | undefined): Alert | undefined {
  if (headline === undefined || headline.value < NEAR_PERFECT) return undefined;
  if (1 - headline.value > 0.5 * (1 - headline.baseline)) return undefined;
  if (data.encoder.features.length < FEWEST_COLUMNS) return undefined;
  const look = new Look(table, data);
  const alone = look.alone();
  if (alone.length > MOST_ALONE) return undefined;
  const together = alone.length === 0 ? look.together() : undefined;
  const found = together === undefined ? alone : [together];
  const columns = found.flatMap((finding) => finding.columns);
  if (columns.length === 0 || columns.length === data.encoder.features.length) return undefined;
  const best = Math.max(...found.map(({ score }) => score));
  if (look.without(new Set(columns)) > best - LOST_WITHOUT) return undefined;
  return alertOf(found, together !== undefined, data);
}

class Look {
  readonly #training: Answers;
  readonly #validation: Answers;
  readonly #counts: readonly number[];

  constructor(
    private readonly table: Table,
    private readonly data: TableData,
  ) {
    this.#training = answersOf(data.training);
    this.#validation = answersOf(data.validation);
    this.#counts = data.target.answer === 'name' ? data.target.counts : [];
  }

  /** Columns that nearly do it by themselves. */
  alone(): Finding[] {
    const { table, data } = this;
    return data.encoder.features.slice(0, SAMPLED_COLUMNS).flatMap(({ column, kind }) => {
      if (kind === 'text') return [];
      const index = table.find(column);
      const isNumber = kind === 'number';
      const score =
        data.target.answer === 'name'
          ? classesByColumn(table, index, isNumber, this.#training, this.#validation, this.#counts)
          : numbersByColumn(table, index, isNumber, this.#training, this.#validation);
      return score >= GIVES_AWAY ? [{ columns: [column], score }] : [];
    });
  }

  /** Two or three columns of numbers whose sum is the target, by forward selection. */
  together(): Finding | undefined {
    const { table, data } = this;
    if (data.target.answer === 'name') return undefined;
    const numbers = data.encoder.features
      .filter(({ kind }) => kind === 'number')
      .slice(0, SAMPLED_COLUMNS / 4);
    let chosen: string[] = [];
    for (let size = 1; size <= LARGEST_SUM && size < data.encoder.features.length; size++) {
      const scored = numbers
        .filter(({ column }) => !chosen.includes(column))
        .map(({ column }) => {
          const columns = [...chosen, column];
          const indices = columns.map((name) => table.find(name));
          return { columns, score: sumOfColumns(table, indices, this.#training, this.#validation) };
        });
      const best = scored.reduce<Finding | undefined>(
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
  without(columns: ReadonlySet<string>): number {
    const { encoder, target, training, validation } = this.data;
    const hidden = new Uint8Array(encoder.width);
    for (const { column, offset, width } of encoder.features) {
      if (columns.has(column)) hidden.fill(1, offset, offset + width);
    }
    const used = (feature: number) => hidden[feature] === 0;
    const seen = quickDesign(training.x, sampled(training.rows.length, SAMPLED_ROWS), used);
    const judged = quickDesign(validation.x, sampled(validation.rows.length, SAMPLED_ROWS), used);
    if (target.answer === 'number') {
      return rSquared(predictRidge(judged, fitRidge(seen, this.#training.values)), this.#validation.values);
    }
    const scores = target.classes.map((_, k) => {
      const isClass = Array.from(this.#training.values, (label) => (label === k ? 1 : 0));
      return predictRidge(judged, fitRidge(seen, isClass));
    });
    const right = this.#counts.map(() => 0);
    const actual = this.#counts.map(() => 0);
    Array.from(this.#validation.values).forEach((label, row) => {
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
    return isLopsided(this.#counts) ? sum(recalls) / recalls.length : sum(right) / Math.max(1, sum(actual));
  }
}

function answersOf({ rows, y }: TablePart): Answers {
  const positions = sampled(rows.length, SAMPLED_ROWS);
  const values = y.answer === 'name' ? y.labels : y.original;
  return {
    rows: positions.map((position) => rows[position] as number),
    values: Float64Array.from(positions, (position) => values[position] as number),
  };
}

function alertOf(found: readonly Finding[], together: boolean, { target }: TableData): Alert {
  const columns = found.flatMap((finding) => finding.columns);
  const names = columns.map((name) => `"${name}"`);
  const listed =
    names.length === 1
      ? (names[0] as string)
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1) as string}`;
  const score = Math.min(1, Math.max(...found.map((finding) => finding.score)));
  const figure =
    target.answer === 'number'
      ? `R² ${(Math.floor(score * 1000) / 1000).toFixed(score > 0.9995 ? 2 : 3)}`
      : `${isLopsided(target.counts) ? 'a balanced accuracy' : 'an accuracy'} of ${writeShare(score)}`;
  const one = names.length === 1;
  const how = together
    ? `${listed} together give`
    : one
      ? `${listed} alone gives`
      : `Each of ${listed} alone gives`;
  return {
    severity: 'warning',
    code: 'leak',
    message: `${how} ${figure}. ${one ? 'Is it' : 'Are they'} known beforehand?`,
    advice: `A value that is written down together with "${target.column}", or after it, is not there when a new row is judged.`,
    actions: [
      { kind: 'train-without', label: `Train without ${one ? listed : 'them'}`, columns },
      { kind: 'keep', label: 'Keep' },
    ],
  };
}
