/** Looks at a file as the options of a command ask. */
import {
  type DatasetSummary,
  InspectDataset,
  LabError,
  type ReadingWishes,
  type TargetTask,
} from '../protocol';
import type { EngineProcess } from '../protocol/client';
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
  readonly kind?: DatasetSummary['kind'];
  /** The column to predict as typed, and how it is to be learnt: both decide what some columns hold. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
}

/**
 * Inspects a file; a second time where columns are named in a way that only its header explains: by their number, or
 * with something that is asked of them. UsageError for a column that is not there.
 */
export async function inspectAsAsked(
  engine: EngineProcess,
  file: FileToInspect,
  options: TableOptions,
): Promise<AskedDataset> {
  const wishes = fileWishes(options);
  const question = { ...file, ...wishes };
  const summary = await engine.call(InspectDataset, question);
  if (summary.kind === 'text') return { summary, asked: wishes };
  const target = file.target === undefined ? undefined : findColumn(summary, file.target).name;
  const columns = asksOfColumns(options) ? columnWishes(summary, options) : undefined;
  const asked = columns === undefined ? wishes : { ...wishes, columns };
  if (columns === undefined && (target === undefined || target === summary.target)) return { summary, asked };
  return { summary: await engine.call(InspectDataset, { ...question, target, ...asked }), asked };
}

/**
 * What the options ask of a file that a model will judge. A file that cannot be learnt from (one row, no target) can
 * still be judged: the names of its columns are then taken as typed. UsageError for a column that is not there.
 */
export async function wishesForPrediction(
  engine: EngineProcess,
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
