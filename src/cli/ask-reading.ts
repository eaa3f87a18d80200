/** Looks at a file as the options of a command ask. */
import { type DatasetSummary, InspectDataset, LabError, type ReadingWishes } from '../protocol';
import type { EngineProcess } from '../protocol/client';
import { asksOfColumns, columnWishes } from './column-options';
import { fileWishes, type TableOptions } from './reading-options';

export interface AskedDataset {
  readonly summary: DatasetSummary;
  /** What was asked, columns by their names in the file. */
  readonly asked: ReadingWishes;
}

/**
 * Inspects a file; where something is asked of single columns, a second time, since their names are known only then.
 * UsageError for a column that is not there.
 */
export async function inspectAsAsked(
  engine: EngineProcess,
  file: { readonly path: string; readonly kind?: DatasetSummary['kind'] },
  options: TableOptions,
): Promise<AskedDataset> {
  const wishes = fileWishes(options);
  const summary = await engine.call(InspectDataset, { ...file, ...wishes });
  if (!asksOfColumns(options) || summary.kind === 'text') return { summary, asked: wishes };
  const asked = { ...wishes, columns: columnWishes(summary, options) };
  return { summary: await engine.call(InspectDataset, { ...file, ...asked }), asked };
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
