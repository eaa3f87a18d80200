/**
 * Which rows are trained on and which judge the model: stratified, and the same for the same seed everywhere. Rows of one
 * group (copies of each other) go to the same side; without groups of several rows the split is what it is without any.
 */
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

/** What is split: the target, and `[rows]` the group of each row, named by its first row, where some belong together. */
type Splitting = TargetColumn & { readonly groups?: Uint32Array | undefined; readonly seed: number };

/**
 * `[rows]` of `Part`, e.g. `splitRows({ ...readTarget(table, 'species', 'classification'), validation: 0.2, seed: 1 })`.
 * Every class keeps its share in both parts to within a row (or a group); a class with a single row goes to training.
 * LabError('dataset') when there are too few rows.
 */
export function splitRows(request: Splitting & { readonly validation: number }): Uint8Array {
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
  const members = membersOf(request);
  strata.forEach((stratum, index) => {
    const rowsHere = countIn(stratum, rowCount(request));
    let left = (shares[index] as number) - stratum.filter((row) => parts[row] === Part.validation).length;
    let spare = stratum.filter((row) => parts[row] !== Part.validation).length - 1;
    for (const row of shuffle(stratum, seed, index)) {
      if (parts[row] !== Part.leftOut) continue;
      const group = members(row);
      const size = group.reduce((sum, each) => sum + (rowsHere[each] as number), 0);
      // A group goes where it leaves the count nearer to what is wanted, and never takes a class's last row.
      const held = left > 0 && size <= spare && 2 * left >= size;
      for (const each of group) parts[each] = held ? Part.validation : Part.training;
      if (held) left -= size;
      if (held) spare -= size;
    }
  });
  return parts;
}

/**
 * `[rows]`: fold 0 … folds - 1 of each row, `NO_FOLD` for rows left out. Folds differ by at most a row in size,
 * and in their share of each class by at most a row (or by a group). A class with a single row, or copies of one, is `EVERY_TRAINING`: held out, it
 * would be a class that the model of that fold does not know. LabError('dataset') when there are too few rows.
 */
export function foldRows(request: Splitting & { readonly folds: number }): Uint8Array {
  const { folds, seed } = request;
  if (!Number.isInteger(folds) || folds < 2 || folds > 100) {
    throw new LabError('invalid', `The number of folds must be a whole number from 2 to 100, not ${folds}.`);
  }
  const strata = strataOf(request);
  requireRows(request, strata, folds);
  const result = new Uint8Array(rowCount(request)).fill(NO_FOLD);
  const members = membersOf(request);
  const sizes = new Array<number>(folds).fill(0);
  strata.forEach((stratum, index) => {
    const here = new Array<number>(folds).fill(0);
    const rowsHere = countIn(stratum, rowCount(request));
    for (const row of stratum) if ((result[row] as number) < folds) increase(here, result[row] as number, 1);
    for (const row of shuffle(stratum, seed, index)) {
      if (result[row] !== NO_FOLD) continue;
      const group = members(row);
      const size = group.reduce((sum, each) => sum + (rowsHere[each] as number), 0);
      const fold = size === stratum.length ? EVERY_TRAINING : emptiest(here, sizes);
      for (const each of group) result[each] = fold;
      if (fold === EVERY_TRAINING) continue;
      increase(here, fold, size);
      increase(sizes, fold, group.length);
    }
  });
  return result;
}

/** The fold with the fewest rows of the class; of several the one with the fewest rows at all, then the first. */
function emptiest(here: readonly number[], sizes: readonly number[]): number {
  let best = 0;
  for (let fold = 1; fold < here.length; fold++) {
    const difference = (here[fold] as number) - (here[best] as number);
    if (difference < 0 || (difference === 0 && (sizes[fold] as number) < (sizes[best] as number)))
      best = fold;
  }
  return best;
}

function increase(counts: number[], index: number, by: number): void {
  counts[index] = (counts[index] as number) + by;
}

/** Tells the usable rows of the group that a row belongs to, itself included. */
function membersOf(request: Splitting): (row: number) => readonly number[] {
  const { groups } = request;
  if (groups === undefined) return (row) => [row];
  const members = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const usable =
      request.task === 'classification'
        ? (request.labels[row] as number) >= 0
        : !Number.isNaN(request.values[row]);
    if (!usable) return;
    const known = members.get(group);
    if (known === undefined) members.set(group, [row]);
    else known.push(row);
  });
  return (row) => members.get(groups[row] as number) ?? [row];
}

/** `[rows]`: 1 for the given rows, 0 for the others. */
function countIn(rows: Uint32Array, length: number): Uint8Array {
  const counts = new Uint8Array(length);
  for (const row of rows) counts[row] = 1;
  return counts;
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
