/** Looks at a file as the options of a command ask. */
import { resolve } from 'node:path';
import {
  type DatasetShape,
  type DatasetSummary,
  type ExperimentInput,
  InspectDataset,
  LabError,
  ReadingWishes,
  shapeForTask,
  targetTasks,
  type TargetTask,
} from '../protocol';
import type { Engine } from './engine';
import { asksOfColumns, columnWishes } from './column-options';
import { findColumn } from './find-column';
import { fileWishes, type TableOptions } from './reading-options';

export interface AskedDataset {
  readonly summary: DatasetSummary;
  /** What was asked, columns by their names in the file. */
  readonly asked: ReadingWishes;
}

export interface FileToInspect {
  readonly path: string;
  readonly kind?: DatasetShape;
  /** The column to predict as typed, and how it is to be learnt: both decide what some columns hold. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
}

/**
 * Inspects a file; a second time where columns are named in a way that only its header explains: by their number, or
 * with something that is asked of them. A target that no column is called by is looked for in the lines: it makes one
 * of them the header. UsageError for a column that is not there.
 */
export async function inspectAsAsked(
  engine: Engine,
  file: FileToInspect,
  options: TableOptions,
): Promise<AskedDataset> {
  const wishes = fileWishes(options);
  const { summary, header } = await inspectKnowing(engine, { ...file, ...wishes });
  const known = { ...wishes, ...header };
  if (summary.kind === 'text') return { summary, asked: known };
  const target = file.target === undefined ? undefined : findColumn(summary, file.target).name;
  const columns = asksOfColumns(options) ? columnWishes(summary, options) : undefined;
  const asked = columns === undefined ? known : { ...known, columns };
  if (columns === undefined && (target === undefined || target === summary.target)) return { summary, asked };
  return { summary: await engine.call(InspectDataset, { ...file, target, ...asked }), asked };
}

async function inspectKnowing(
  engine: Engine,
  question: FileToInspect & ReadingWishes,
): Promise<{ readonly summary: DatasetSummary; readonly header?: ReadingWishes }> {
  const { target, header } = question;
  const summary = await engine.call(InspectDataset, question);
  if (target === undefined || header !== undefined || hasColumn(summary, target)) return { summary };
  const knowing = await engine.call(InspectDataset, { ...question, knownNames: [target] });
  if (knowing.kind === 'text' || !hasColumn(knowing, target)) return { summary };
  return { summary: knowing, header: { header: true, firstLine: knowing.format.firstLine } };
}

/** A number is the place of a column, and letter case says little: neither makes a header. */
function hasColumn(summary: DatasetSummary, target: string): boolean {
  if (summary.kind === 'text' || /^\d+$/u.test(target)) return true;
  return summary.columns.some(({ name }) => name.toLowerCase() === target.toLowerCase());
}

/**
 * How the file of an experiment is read, by what the experiment asks and as its training will read it. Undefined for
 * what cannot be looked at: the training says why.
 */
export async function inspectForExperiment(
  engine: Engine,
  { dataset, task, target }: ExperimentInput,
  baseFolder: string,
): Promise<DatasetSummary | undefined> {
  const { path, ...asked } = dataset;
  try {
    return await engine.call(InspectDataset, {
      path: resolve(baseFolder, path),
      kind: shapeForTask(task),
      target,
      task: targetTasks().includes(task) ? task : undefined,
      knownNames: target === undefined ? undefined : [target],
      ...ReadingWishes.strip().parse(asked),
    });
  } catch (thrown) {
    if (LabError.from(thrown).code === 'engine-gone') throw thrown;
    return undefined;
  }
}

/**
 * What the options ask of a file that a model will judge. A file that cannot be learnt from (one row, no target) can
 * still be judged: the names of its columns are then taken as typed. UsageError for a column that is not there.
 */
export async function wishesForPrediction(
  engine: Engine,
  path: string,
  options: TableOptions,
): Promise<ReadingWishes> {
  const wishes = fileWishes(options);
  if (!asksOfColumns(options)) return wishes;
  const summary = await engine
    .call(InspectDataset, { path, kind: 'table', ...wishes })
    .catch((thrown: unknown) => {
      if (LabError.from(thrown).code !== 'dataset') throw thrown;
      return undefined;
    });
  const table = summary?.kind === 'table' ? summary : undefined;
  return { ...wishes, columns: columnWishes(table, options) };
}
