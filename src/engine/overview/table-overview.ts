/** A table in pictures, column by column. */
import { setImmediate } from 'node:timers/promises';
import type { ColumnSummary } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import {
  type ColumnOverview,
  mostColumns,
  type TableOverview,
  type TargetOverview,
} from '../../protocol/overview';
import { type Answer, readTarget, type Table, type TargetColumn } from '../datasets';
import { countsOf, readColumn } from '../plots';
import { relate, relatedTarget, type RelatedTarget, targetPlot, valuesOf } from '../relations';
import { textsOf } from './texts';

/** Who waits for the overview. */
export interface Listener {
  readonly progress: (value: TableOverview) => void;
  readonly signal: AbortSignal;
}

export interface TableQuestion {
  readonly path: string;
  readonly sha256: string;
  /** Of all columns, for the target. */
  readonly columns: readonly ColumnSummary[];
  readonly target?: { readonly column: string; readonly answer: Answer } | undefined;
}

/** Columns that are counted in a row before anybody else is heard, ms. */
const BREATH = 50;

/** Throws the signal's reason where the answer is no longer wanted. */
export async function tableOverview(
  table: Table,
  { path, sha256, columns, target: wish }: TableQuestion,
  { progress, signal }: Listener,
): Promise<TableOverview> {
  const { target, trouble } = wish === undefined ? {} : openTarget(table, wish.column, wish.answer);
  const head = {
    shape: 'rows' as const,
    path,
    sha256,
    rows: table.rows,
    allColumns: columns.length,
    target: target && describeTarget(target.column),
    trouble,
  };
  const counted: ColumnOverview[] = [];
  let told = 0;
  let since = performance.now();
  signal.throwIfAborted();
  for (const summary of columns.slice(0, mostColumns)) {
    counted.push(columnOverview(table, summary, target));
    if (performance.now() - since < BREATH) continue;
    progress({ ...head, columns: counted.slice(told) });
    told = counted.length;
    await setImmediate();
    signal.throwIfAborted();
    since = performance.now();
  }
  return { ...head, columns: counted };
}

function openTarget(
  table: Table,
  column: string,
  answer: Answer,
): { target?: RelatedTarget; trouble?: string } {
  try {
    return { target: relatedTarget(readTarget(table, column, answer)) };
  } catch (thrown) {
    const error = LabError.from(thrown);
    if (error.code !== 'dataset') throw thrown;
    return { trouble: error.message };
  }
}

function describeTarget(target: TargetColumn): TargetOverview {
  const { column, answer } = target;
  if (answer === 'number')
    return {
      column,
      answer,
      rows: target.values.reduce((rows, value) => rows + (Number.isNaN(value) ? 0 : 1), 0),
    };
  const rows = target.classes.map(() => 0);
  for (const label of target.labels) if (label >= 0) rows[label] = (rows[label] as number) + 1;
  return {
    column,
    answer,
    classes: target.classes.map((name, index) => ({ name, rows: rows[index] as number })),
    rows: rows.reduce((sum, count) => sum + count, 0),
  };
}

function columnOverview(
  table: Table,
  { name, index, kind }: ColumnSummary,
  target: RelatedTarget | undefined,
): ColumnOverview {
  const read = readColumn(table, index);
  const texts = kind === 'text' ? textsOf(table, index) : undefined;
  const figures = { index, ...countsOf(read).whole() };
  const overview = { name, kind, figures, ...(texts === undefined ? {} : { texts: texts.overview }) };
  // The names of images say nothing of what is on them.
  const namesImages = table.images?.has(name) === true;
  if (target === undefined || target.column.column === name || namesImages) return overview;
  const values = texts?.values ?? valuesOf(kind, read);
  const relation = relate(values, target);
  if (relation === undefined) return overview;
  const plot = texts?.overview.characters.plot ?? figures.plot;
  return {
    ...overview,
    relation: {
      ...relation,
      by: texts === undefined ? 'value' : 'length',
      plot: plot && targetPlot(values, plot, target.column),
    },
  };
}
