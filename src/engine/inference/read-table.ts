/** Rows for a model to judge, read as the model's own dataset was, or as the file itself suggests. */
import { missingColumns, readTable, type ReadTableOptions, type Table } from '../datasets';
import type { Predictor } from './predictor';

/**
 * Options that are not given are those of the dataset that the model was trained on; where columns are then missing,
 * the separator is found out (a TSV may be judged by a model of a CSV). LabError('dataset') for what is no table.
 */
export function readForModel(
  { saved, encoder, target }: Predictor,
  source: Uint8Array | string,
  options: ReadTableOptions,
): Table {
  const { header, separator } = saved.experiment.dataset;
  const readings = { ...encoder.readings, [target.column]: target.reading };
  const known = { readings, path: options.path, header: options.header ?? header };
  const usual = readTable(source, { ...known, separator: options.separator ?? separator });
  if (options.separator !== undefined || separator === undefined) return usual;
  if (missingColumns(encoder, usual).length === 0) return usual;
  const suggested = readTable(source, known);
  return missingColumns(encoder, suggested).length === 0 ? suggested : usual;
}
