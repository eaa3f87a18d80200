/** Rows for a model to judge, opened by their kind of dataset with what the model knows of its own. */
import type { ReadingWishes } from '../../protocol/reading';
import {
  type DatasetSource,
  openTable,
  prepareTable,
  type ReadTableOptions,
  rowKind,
  type Table,
} from '../datasets';
import { missingColumns } from '../features';
import type { Predictor } from './predictor';

/**
 * Columns are read as the model's were; how much of the reading of its own dataset counts beside, where nothing else is
 * asked for, is known to the kind of the file. LabError('dataset') for what holds no rows.
 */
export async function readForModel(
  { saved, encoder, target }: Pick<Predictor, 'saved' | 'encoder' | 'target'>,
  source: DatasetSource,
  options: ReadTableOptions,
): Promise<Table> {
  const { dataset } = saved.experiment;
  const readings = { ...encoder.readings, [target.column]: target.reading };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const asked: ReadTableOptions = {
    readings,
    decimalAsked: options.decimal !== undefined,
    imageShapes: shapesOf(encoder),
    ...given,
    columns: { ...without(dataset.columns, readings), ...options.columns },
    // What was done to the rows that it learnt from is a part of the model, whatever is asked of this file.
    steps: dataset.steps,
    judging: true,
  };
  const kind = await rowKind({ path: options.path ?? '', source, options: given });
  return openTable(kind, source, asked, {
    path: dataset.path,
    reading: dataset,
    columns: [...encoder.features.map((feature) => feature.column), target.column].filter(
      (name) => !isComputed(name, dataset.steps),
    ),
    readings,
    isLacking: (table) => missingColumns(encoder, prepareTable(table, asked)).length > 0,
  });
}

function isComputed(column: string, steps: ReadingWishes['steps'] = []): boolean {
  return steps.some((step) => step.do === 'compute' && step.column === column);
}

/** What images become for the model. */
function shapesOf({ features }: Predictor['encoder']): NonNullable<ReadTableOptions['imageShapes']> {
  return Object.fromEntries(
    features.flatMap(({ column, shape }) => (shape === undefined ? [] : [[column, shape]])),
  );
}

/** What was asked of the model's own columns has become their readings, which give way to another file's. */
function without(
  columns: ReadingWishes['columns'] = {},
  readings: Readonly<Record<string, unknown>>,
): ReadingWishes['columns'] {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !Object.hasOwn(readings, name)));
}
