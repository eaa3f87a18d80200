/** A delimited table for a model to judge, read as the model's own dataset was, or as the file itself suggests. */
import { isUtf8 } from 'node:buffer';
import type { ReadTableOptions, Table } from '../../types';
import type { ModelDataset, Source } from '../dataset-kind';
import { readTable } from './table';

/**
 * Options that are not given are those of the dataset that the model was trained on, as far as they are a habit of its
 * source (separator, quotes, header, numbers); where its table begins and what stands between its rows is found out
 * for each file. Where columns are then missing, all is found out anew: a TSV may be judged by a model of a CSV. The
 * model's own names make a line a header. The model's own file is read as it was when the model learnt from it.
 * LabError('dataset') for what is no table.
 */
export function openForModel(source: Source, options: ReadTableOptions, model: ModelDataset): Table {
  const { header, separator, quote, escape, encoding } = model.reading;
  const found: ReadTableOptions = {
    // Bytes that are no UTF-8 are not read as such because the model's file was.
    encoding: typeof source === 'string' || isUtf8(source) || encoding === 'utf-8' ? undefined : encoding,
    // Where the file had no header, its columns are called by their places: no line holds such names.
    knownNames: header === false ? undefined : model.columns,
    ...options,
  };
  const own = options.path === model.path ? model.reading : {};
  const usual = readTable(source, { ...own, header, separator, quote, escape, ...found });
  if (!model.isLacking(usual)) return usual;
  const suggested = readTable(source, found);
  // A file without a header is refused as that, and not for values taken for names.
  return !suggested.format.header || !model.isLacking(suggested) ? suggested : usual;
}
