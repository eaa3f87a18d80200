/**
 * Columns that give the answer away. A model that is nearly always right because of one column is either about an easy
 * question, or about a column that is written down together with the answer (or after it): only people can tell, so
 * they are asked. Asked is where the column alone nearly does it and the others without it do not.
 */
import { type Alert, type Headline, writeShare } from '../../protocol';
import type { Table } from '../datasets';
import { type Answers, findGiveaway, type Giveaway, isLopsided, quickDesign, sampled } from '../looks';
import type { TableData, TablePart } from './table-data';

/** What a model must reach before anything is asked. */
const NEAR_PERFECT = 0.9;
const SAMPLED_ROWS = 3_000;

/** The question to ask about a trained model, with what can be done; undefined where there is none. */
export function leakAlert(table: Table, data: TableData, headline: Headline | undefined): Alert | undefined {
  if (headline === undefined || headline.value < NEAR_PERFECT) return undefined;
  if (1 - headline.value > 0.5 * (1 - headline.baseline)) return undefined;
  const { encoder, target } = data;
  const found = findGiveaway({
    table,
    answer: target.answer,
    counts: target.answer === 'name' ? target.counts : [],
    features: encoder.features,
    width: encoder.width,
    training: answersOf(data.training),
    validation: answersOf(data.validation),
    design: (part, used) => {
      const { x, rows } = data[part];
      return quickDesign(x, sampled(rows.length, SAMPLED_ROWS), used);
    },
  });
  return found && alertOf(found, data);
}

function answersOf({ rows, y }: TablePart): Answers {
  const positions = sampled(rows.length, SAMPLED_ROWS);
  const values = y.answer === 'name' ? y.labels : y.original;
  return {
    rows: positions.map((position) => rows[position] as number),
    values: Float64Array.from(positions, (position) => values[position] as number),
  };
}

function alertOf({ columns, together, ...found }: Giveaway, { target }: TableData): Alert {
  const names = columns.map((name) => `"${name}"`);
  const listed =
    names.length === 1
      ? (names[0] as string)
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1) as string}`;
  const score = Math.min(1, found.score);
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
      { kind: 'train-without', label: `Train without ${one ? listed : 'them'}`, columns: [...columns] },
      { kind: 'keep', label: 'Keep' },
    ],
  };
}
