/** Rows for a model to judge, read as the model's own dataset was, or as the file itself suggests. */
import { isUtf8 } from 'node:buffer';
import type { ReadingWishes } from '../../protocol/reading';
import { readTable, type ReadTableOptions, type Table } from '../datasets';
import { missingColumns } from '../features';
import type { Predictor } from './predictor';

/**
 * Options that are not given are those of the dataset that the model was trained on, as far as they are a habit of its
 * source (separator, quotes, header, numbers); where its table begins and what stands between its rows is found out
 * for each file. Where columns are then missing, all is found out anew: a TSV may be judged by a model of a CSV. The
 * model's own names make a line a header. The model's own file is read as it was when the model learnt from it. LabError('dataset') for what is no table.
 */
export function readForModel(
  { saved, encoder, target }: Pick<Predictor, 'saved' | 'encoder' | 'target'>,
  source: Uint8Array | string,
  options: ReadTableOptions,
): Table {
  const { dataset } = saved.experiment;
  const { header, separator, quote, escape, columns, encoding } = dataset;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const readings = { ...encoder.readings, [target.column]: target.reading };
  const names = [...encoder.features.map((feature) => feature.column), target.column];
  const found: ReadTableOptions = {
    readings,
    decimalAsked: given['decimal'] !== undefined,
    // Bytes that are no UTF-8 are not read as such because the model's file was.
    encoding: typeof source === 'string' || isUtf8(source) || encoding === 'utf-8' ? undefined : encoding,
    // Where the file had no header, its columns are called by their places: no line holds such names.
    knownNames: header === false ? undefined : names,
    ...given,
    columns: { ...without(columns, readings), ...options.columns },
  };
  const own = options.path === dataset.path ? dataset : {};
  const usual = readTable(source, { ...own, header, separator, quote, escape, ...found });
  if (missingColumns(encoder, usual).length === 0) return usual;
  const suggested = readTable(source, found);
  // A file without a header is refused as that, and not for values taken for names.
  return !suggested.format.header || missingColumns(encoder, suggested).length === 0 ? suggested : usual;
}

/** What was asked of the model's own columns has become their readings, which give way to another file's. */
function without(
  columns: ReadingWishes['columns'] = {},
  readings: Readonly<Record<string, unknown>>,
): ReadingWishes['columns'] {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !Object.hasOwn(readings, name)));
}
