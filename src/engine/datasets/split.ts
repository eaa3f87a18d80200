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
 * `[rows]` of `Part`, e.g. `splitRows({ ...readTarget(table, 'species', 'name'), validation: 0.2, seed: 1 })`.
 * Every class keeps its share in both parts to within a row (or a group); a class with a single row, or copies of one
 * alone, goes to training.
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
  const stratumOf = placesIn(strata, rowCount(request));
  /** Rows of each stratum that are not held out. */
  const remaining = strata.map(({ length }) => length);
  strata.forEach((stratum, index) => {
    let left = (shares[index] as number) - (stratum.length - (remaining[index] as number));
    for (const row of shuffle(stratum, seed, index)) {
      if (parts[row] !== Part.leftOut) continue;
      const group = members(row);
      const sizes = sizesIn(group, stratumOf);
      const size = sizes.get(index) as number;
      // A group goes where it leaves the count nearer to what is wanted, and never takes the last rows of any class.
      const spared = [...sizes].every(([place, count]) => (remaining[place] as number) > count);
      const held = left > 0 && spared && 2 * left >= size;
      for (const each of group) parts[each] = held ? Part.validation : Part.training;
      if (!held) continue;
      left -= size;
      for (const [place, count] of sizes) increase(remaining, place, -count);
    }
  });
  return parts;
}

/**
 * `[rows]`: fold 0 … folds - 1 of each row, `NO_FOLD` for rows left out. Folds differ by at most a row in size,
 * and in their share of each class by at most a row (or by a group). A group without which a fold would train on no row
 * of a class is `EVERY_TRAINING`: held out, it would be a class that the model of that fold does not know.
 * LabError('dataset') when there are too few rows.
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
  const stratumOf = placesIn(strata, rowCount(request));
  const total = new Array<number>(folds).fill(0);
  /** Rows of each stratum by fold. */
  const inFold = strata.map(() => new Array<number>(folds).fill(0));
  strata.forEach((stratum, index) => {
    for (const row of shuffle(stratum, seed, index)) {
      if (result[row] !== NO_FOLD) continue;
      const group = members(row);
      const sizes = [...sizesIn(group, stratumOf)];
      // A fold must not hold out all rows of a class.
      const open = [...total.keys()].filter((fold) =>
        sizes.every(
          ([place, count]) => (inFold[place]?.[fold] as number) + count < (strata[place]?.length as number),
        ),
      );
      const fold = emptiest(open, inFold[index] as number[], total);
      for (const each of group) result[each] = fold;
      if (fold === EVERY_TRAINING) continue;
      for (const [place, count] of sizes) increase(inFold[place] as number[], fold, count);
      increase(total, fold, group.length);
    }
  });
  return result;
}

/** The open fold with the fewest rows of the class; of several the one with the fewest rows at all, then the first. */
function emptiest(open: readonly number[], here: readonly number[], total: readonly number[]): number {
  const order = [...open].sort(
    (a, b) =>
      (here[a] as number) - (here[b] as number) || (total[a] as number) - (total[b] as number) || a - b,
  );
  return order[0] ?? EVERY_TRAINING;
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
      request.answer === 'name' ? (request.labels[row] as number) >= 0 : !Number.isNaN(request.values[row]);
    if (!usable) return;
    const known = members.get(group);
    if (known === undefined) members.set(group, [row]);
    else known.push(row);
  });
  return (row) => members.get(groups[row] as number) ?? [row];
}

/** `[rows]`: the stratum of each row; -1 for rows that cannot be used. */
function placesIn(strata: readonly Uint32Array[], length: number): Int32Array {
  const places = new Int32Array(length).fill(-1);
  strata.forEach((stratum, place) => {
    for (const row of stratum) places[row] = place;
  });
  return places;
}

/** How many of the rows each stratum has. */
function sizesIn(rows: readonly number[], stratumOf: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const row of rows) {
    const place = stratumOf[row] as number;
    sizes.set(place, (sizes.get(place) ?? 0) + 1);
  }
  return sizes;
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
  return target.answer === 'name' ? target.labels.length : target.values.length;
}

/** The usable rows by class, or by quantile of the target. */
function strataOf(target: TargetColumn): Uint32Array[] {
  if (target.answer === 'name') {
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
  if (target.answer !== 'name') return;
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
