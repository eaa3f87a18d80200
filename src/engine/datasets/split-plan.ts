/**
 * Which rows a model learns from and which judge it, as an experiment asks for it: classes in equal shares (the usual way),
 * by chance alone, by groups that stay whole, or by time. The same for the same seed on every machine.
 */
import type { DatasetIssue } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { SplitWay } from '../../protocol/splits';
import { writeCounted } from '../../protocol/words';
import { shuffle } from './random';
import { foldRows, NO_FOLD, rowsOf, splitRows } from './split';
import { groupsBy } from './split-groups';
import { forwardFolds, newestApart, timesOf } from './time-order';
import { Part, type RowParts, type Table, type TargetColumn } from './types';

export interface SplitRequest {
  readonly way: SplitWay;
  /** The column of the groups, or of the times. */
  readonly column?: string | undefined;
  /** Share of the rows. */
  readonly validation: number;
  /** 0: no cross-validation. */
  readonly folds: number;
  readonly seed: number;
  /** `[rows]`: the first of the rows that are copies of each other, where there are some. */
  readonly copies?: Uint32Array | undefined;
}

export interface SplitPlan extends RowParts {
  readonly folds: readonly RowParts[];
  /** What is to be said of rows that are left out. */
  readonly issues: readonly DatasetIssue[];
  /** Columns that the model must not see: groups that judge it are none that it has met. */
  readonly exclude: readonly string[];
}

/** LabError('dataset' | 'invalid') where the rows cannot be split so. */
export function planSplit(table: Table, target: TargetColumn, request: SplitRequest): SplitPlan {
  const { way, validation, folds, seed, copies } = request;
  if (request.column !== undefined && (way === 'stratified' || way === 'random')) {
    throw new LabError(
      'invalid',
      `No column is needed to split rows ${way === 'random' ? 'by chance' : 'by classes'}.`,
      {
        advice: 'Leave the column of the split out, or split by "group" or "time".',
      },
    );
  }
  if (way === 'time') return byTime(table, target, request);
  const exclude = way === 'group' ? [columnOf(table, target, request).name] : [];
  const groups = way === 'group' ? groupsBy(table, columnOf(table, target, request).index, copies) : copies;
  const splitting = { ...target, groups, seed };
  if (way === 'random') {
    const drawn = drawAll(table, target, groups, seed);
    const cut = Math.max(1, Math.round(validation * drawn.rows.length));
    const issues: DatasetIssue[] = [];
    return {
      ...judgeable(target, drawn.from(0, cut), issues),
      folds: Array.from({ length: folds }, (_, fold) =>
        judgeable(
          target,
          drawn.from((fold * drawn.rows.length) / folds, ((fold + 1) * drawn.rows.length) / folds),
        ),
      ),
      issues,
      exclude,
    };
  }
  const parts = splitRows({ ...splitting, validation });
  const single = { training: rowsOf(parts, Part.training), validation: rowsOf(parts, Part.validation) };
  if (way === 'group' && single.validation.length === 0) throw tooFewGroups(table, target, request);
  const foldOf = folds >= 2 ? foldRows({ ...splitting, folds }) : undefined;
  const all = foldOf === undefined ? [] : Array.from({ length: folds }, (_, fold) => partsOf(foldOf, fold));
  if (way === 'group' && all.some((fold) => fold.validation.length === 0)) {
    throw tooFewGroups(table, target, request);
  }
  return { ...single, folds: all, issues: exclude.map(notSeen), exclude };
}

function notSeen(column: string): DatasetIssue {
  return {
    severity: 'warning',
    code: 'split-column',
    message: `"${column}" parts the rows and is not seen by the model.`,
    advice: 'The groups that judge it are none that it could have met.',
  };
}

function partsOf(folds: Uint8Array, fold: number): RowParts {
  const rows = Uint32Array.from(folds.keys()).filter((row) => folds[row] !== NO_FOLD);
  return {
    training: rows.filter((row) => folds[row] !== fold),
    validation: rows.filter((row) => folds[row] === fold),
  };
}

function byTime(table: Table, target: TargetColumn, request: SplitRequest): SplitPlan {
  const { index, name } = columnOf(table, target, request);
  const times = timesOf(table, index);
  const usable = usableRows(target);
  const rows = usable.filter((row) => !Number.isNaN(times[row]));
  const issues: DatasetIssue[] = [];
  if (rows.length < usable.length) {
    const first = usable.find((row) => Number.isNaN(times[row])) ?? 0;
    issues.push({
      severity: 'warning',
      code: 'no-time',
      message: `${writeCounted(usable.length - rows.length, 'row')} without a time in "${name}" ${usable.length - rows.length === 1 ? 'is' : 'are'} left out.`,
      advice: 'Fill the column in, or split the rows in another way.',
      line: table.startLine[first],
    });
  }
  const single = newestApart(rows, times, request.validation);
  if (single.training.length === 0 || single.validation.length === 0) {
    throw new LabError('dataset', `"${name}" does not tell older rows from newer ones.`, {
      advice: 'Split by a column with more different times, or in another way.',
      place: { path: table.path },
    });
  }
  return {
    ...judgeable(target, single, issues),
    folds:
      request.folds >= 2
        ? forwardFolds(rows, times, request.folds).map((fold) => judgeable(target, fold))
        : [],
    issues,
    exclude: [],
  };
}

/** Without rows to be judged whose class is none of those to learn from: no model could know it. */
function judgeable(target: TargetColumn, parts: RowParts, issues?: DatasetIssue[]): RowParts {
  if (target.answer !== 'name') return parts;
  const known = new Set(Array.from(parts.training, (row) => target.labels[row] as number));
  const validation = parts.validation.filter((row) => known.has(target.labels[row] as number));
  const lost = parts.validation.length - validation.length;
  if (lost > 0) {
    issues?.push({
      severity: 'warning',
      code: 'unknown-class',
      message: `${writeCounted(lost, 'validation row')} of classes that no training row has ${lost === 1 ? 'is' : 'are'} left out.`,
      advice: 'The model cannot know these classes. Split the rows in another way to learn them.',
    });
  }
  return { training: parts.training, validation };
}

/** All usable rows in an order drawn by the seed, groups together; stretches of it are parts. */
function drawAll(table: Table, target: TargetColumn, groups: Uint32Array | undefined, seed: number) {
  const usable = usableRows(target);
  if (usable.length < 4) {
    throw new LabError('dataset', `Only ${writeCounted(usable.length, 'row')} can be learnt from.`, {
      advice: 'Add rows. A model starts to be of use with some dozens of them.',
      place: { path: table.path },
    });
  }
  const members = new Map<number, number[]>();
  for (const row of usable) {
    const group = groups?.[row] ?? row;
    const known = members.get(group);
    if (known === undefined) members.set(group, [row]);
    else known.push(row);
  }
  const order = shuffle(Uint32Array.from(members.keys()), seed, 0);
  const rows: number[] = [];
  /** Where each row's group begins: a group lies in the part in which it begins. */
  const begins: number[] = [];
  for (const group of order) {
    const begin = rows.length;
    for (const row of members.get(group) ?? []) {
      rows.push(row);
      begins.push(begin);
    }
  }
  const from = (first: number, end: number): RowParts => {
    const isHeld = (_: number, at: number): boolean =>
      (begins[at] as number) >= Math.round(first) && (begins[at] as number) < Math.round(end);
    return {
      training: Uint32Array.from(rows.filter((row, at) => !isHeld(row, at))).sort(),
      validation: Uint32Array.from(rows.filter(isHeld)).sort(),
    };
  };
  return { rows, from };
}

function usableRows(target: TargetColumn): Uint32Array {
  return target.answer === 'name'
    ? Uint32Array.from(target.labels.keys()).filter((row) => (target.labels[row] as number) >= 0)
    : Uint32Array.from(target.values.keys()).filter((row) => !Number.isNaN(target.values[row]));
}

function columnOf(
  table: Table,
  target: TargetColumn,
  { way, column }: SplitRequest,
): { readonly index: number; readonly name: string } {
  const what = way === 'group' ? 'groups' : 'times';
  if (column === undefined) {
    throw new LabError('invalid', `A split by ${way} needs the column that holds the ${what}.`, {
      advice: 'Name it beside the split: "column" in an experiment file.',
    });
  }
  const index = table.find(column);
  if (index < 0 || column === target.column) {
    throw new LabError(
      'invalid',
      index < 0
        ? `There is no column "${column}" to split by.`
        : `"${column}" is what is to be predicted: rows cannot be split by it as well.`,
      { advice: `Choose another column for the ${what}.`, place: { path: table.path } },
    );
  }
  return { index, name: column };
}

function tooFewGroups(table: Table, target: TargetColumn, request: SplitRequest): LabError {
  const { name } = columnOf(table, target, request);
  return new LabError('dataset', `The groups of "${name}" are too large or too few to be split.`, {
    advice:
      request.folds >= 2
        ? 'Ask for fewer folds, or group by a column with more values.'
        : 'Keep a larger share for validation, or group by a column with more values.',
    place: { path: table.path },
  });
}
