/** Which rows are trained on and which judge the model: stratified, and the same for the same seed everywhere. */
import { LabError } from '../../protocol/errors';
import { shuffle } from './random';
import { Part } from './types';
import type { TargetColumn } from './types';

/** `foldRows` says this of rows that cannot be used. */
export const NO_FOLD = 255;
/** `foldRows` says this of rows that every fold trains on and none holds out. */
export const EVERY_TRAINING = 254;
const FEWEST_ROWS = 4;
/** Regression is stratified by at most so many quantile bins of at least so many rows. */
const BINS = 10;
const ROWS_PER_BIN = 10;

/**
 * `[rows]` of `Part`, e.g. `splitRows({ ...readTarget(table, 'species', 'classification'), validation: 0.2, seed: 1 })`.
 * Every class keeps its share in both parts to within a row; a class with a single row goes to training.
 * LabError('dataset') when there are too few rows.
 */
export function splitRows(request: TargetColumn & { validation: number; seed: number }): Uint8Array {
  const { validation, seed } = request;
  if (!(validation >= 0 && validation < 1)) {
    throw new LabError('invalid', `The validation share must be at least 0 and below 1, not ${validation}.`);
  }
  const strata = strataOf(request);
  requireRows(request, strata, 2);
  const rows = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  const wanted = validation === 0 ? 0 : Math.min(rows - 1, Math.max(1, Math.round(validation * rows)));
  const shares = apportion(strata, wanted);
  const parts = new Uint8Array(rowCount(request));
  strata.forEach((stratum, index) => {
    const held = shares[index] as number;
    shuffle(stratum, seed, index).forEach((row, position) => {
      parts[row] = position < held ? Part.validation : Part.training;
    });
  });
  return parts;
}

/**
 * `[rows]`: fold 0 … folds - 1 of each row, `NO_FOLD` for rows left out. Folds differ by at most a row in size,
 * and in their share of each class by at most a row. A class with a single row is `EVERY_TRAINING`: held out, it
 * would be a class that the model of that fold does not know. LabError('dataset') when there are too few rows.
 */
export function foldRows(request: TargetColumn & { folds: number; seed: number }): Uint8Array {
  const { folds, seed } = request;
  if (!Number.isInteger(folds) || folds < 2 || folds > 100) {
    throw new LabError('invalid', `The number of folds must be a whole number from 2 to 100, not ${folds}.`);
  }
  const strata = strataOf(request);
  requireRows(request, strata, folds);
  const result = new Uint8Array(rowCount(request)).fill(NO_FOLD);
  let dealt = 0;
  strata.forEach((stratum, index) => {
    const lone = stratum.length === 1;
    for (const row of shuffle(stratum, seed, index)) result[row] = lone ? EVERY_TRAINING : dealt++ % folds;
  });
  return result;
}

/** Row numbers whose entry in `parts` is `part`. */
export function rowsOf(parts: Uint8Array, part: number): Uint32Array {
  let count = 0;
  for (const each of parts) if (each === part) count++;
  const rows = new Uint32Array(count);
  let at = 0;
  parts.forEach((each, row) => {
    if (each === part) rows[at++] = row;
  });
  return rows;
}

function rowCount(target: TargetColumn): number {
  return target.task === 'classification' ? target.labels.length : target.values.length;
}

/** The usable rows by class, or by quantile of the target. */
function strataOf(target: TargetColumn): Uint32Array[] {
  if (target.task === 'classification') {
    const strata = target.classes.map((): number[] => []);
    target.labels.forEach((label, row) => strata[label]?.push(row));
    return strata.map((rows) => Uint32Array.from(rows));
  }
  const { values } = target;
  const usable = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  usable.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const bins = Math.max(1, Math.min(BINS, Math.floor(usable.length / ROWS_PER_BIN)));
  return Array.from({ length: bins }, (_, bin) =>
    usable.slice(Math.round((bin * usable.length) / bins), Math.round(((bin + 1) * usable.length) / bins)),
  );
}

function requireRows(target: TargetColumn, strata: readonly Uint32Array[], atLeast: number): void {
  const rows = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  if (rows < Math.max(FEWEST_ROWS, atLeast)) {
    throw new LabError(
      'dataset',
      `Only ${rows} ${rows === 1 ? 'row has' : 'rows have'} a value in "${target.column}"; at least ${Math.max(FEWEST_ROWS, atLeast)} are needed.`,
      { advice: 'Add rows. A model starts to be of use with some dozens of them.' },
    );
  }
  if (target.task !== 'classification') return;
  const large = strata.filter((stratum) => stratum.length >= atLeast).length;
  if (large < 2) {
    throw new LabError(
      'dataset',
      `Too few rows per class in "${target.column}": at least two classes need ${atLeast} rows or more.`,
      { advice: 'Add rows of the rare classes, or choose another column to predict.' },
    );
  }
}

/** `wanted` rows shared out in proportion (largest remainders first); a stratum keeps at least one row back. */
function apportion(strata: readonly Uint32Array[], wanted: number): number[] {
  const rows = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  const shares = strata.map((stratum, index) => {
    const exact = (stratum.length * wanted) / rows;
    const limit = Math.max(0, stratum.length - 1);
    return { index, limit, count: Math.min(limit, Math.floor(exact)), remainder: exact - Math.floor(exact) };
  });
  let left = wanted - shares.reduce((sum, { count }) => sum + count, 0);
  const byRemainder = [...shares].sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let pass = 0; left > 0 && pass < 2; pass++) {
    for (const share of byRemainder) {
      if (left === 0 || share.count >= share.limit) continue;
      share.count++;
      left--;
    }
  }
  return shares.map(({ count }) => count);
}
