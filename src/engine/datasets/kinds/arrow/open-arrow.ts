/** An Arrow file as a table: its leaves column by column. */
import { DataType, type Field, Type, type Vector } from 'apache-arrow';
import { LabError } from '../../../../protocol/errors';
import { columnsTable, withoutRows } from '../../columns-table';
import { leftOutColumns, longNumbers } from '../../columns/issues';
import type { StoredColumn } from '../../columns/stored-column';
import { uniqueNames } from '../../columns/unique-names';
import type { ReadTableOptions, Table } from '../../types';
import type { Source } from '../dataset-kind';
import { type ArrowFile, readBatches } from './batches';
import { type ArrowLeaf, readLeaf } from './leaf';
import { FIRST_VERSION, isSigned } from './signatures';

/** More columns than this are no table that a small model could learn from. */
const COLUMN_LIMIT = 100_000;
/** Structs within structs are followed so far. */
const DEEPEST = 100;

/** LabError('dataset') for a file that is damaged or too large, or of whose columns none can be read. */
export function openArrow(source: Source, options: ReadTableOptions): Table {
  const { path } = options;
  const place = { path };
  if (typeof source === 'string') {
    throw new LabError('dataset', 'An Arrow file cannot be read as text.', {
      advice: 'Save it as a file.',
      place,
    });
  }
  if (isSigned(source, FIRST_VERSION)) {
    throw new LabError('dataset', 'The file is of the first version of Feather.', {
      advice: 'Write it again: in pandas `DataFrame.to_feather`, in pyarrow `write_feather(..., version=2)`.',
      place,
    });
  }
  const file = readBatches(source, path);
  if (file.rows === 0) throw withoutRows(path);
  const columns: { readonly name: string; readonly values: StoredColumn }[] = [];
  const leftOut: { readonly name: string; readonly why: string }[] = [];
  const long: string[] = [];
  for (const leaf of leavesOf(file, path)) {
    const found = readOne(leaf, path);
    if (found === undefined) leftOut.push({ name: leaf.name, why: `of the type ${Type[leaf.type.typeId]}` });
    else columns.push(...found.columns);
    if (found?.long === true) long.push(leaf.name);
  }
  const [first] = leftOut;
  if (columns.length === 0 && first !== undefined) {
    throw new LabError('dataset', `No column of the file can be read: "${first.name}" is ${first.why}.`, {
      advice: 'Write the file again with columns of numbers, texts or dates.',
      place,
    });
  }
  return columnsTable(
    { columns: uniqueNames(columns), issues: [...leftOutColumns(leftOut), ...longNumbers(long)] },
    options,
  );
}

function readOne(leaf: ArrowLeaf, path: string | undefined): ReturnType<typeof readLeaf> {
  try {
    return readLeaf(leaf);
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    throw new LabError('dataset', `The column "${leaf.name}" of the file is damaged.`, {
      advice: 'Copy or write the file again.',
      place: { path },
      cause: thrown,
    });
  }
}

function leavesOf({ schema, batches }: ArrowFile, path: string | undefined): readonly ArrowLeaf[] {
  if (schema.fields.length > COLUMN_LIMIT) {
    throw new LabError(
      'dataset',
      `The file has ${schema.fields.length} columns; at most ${COLUMN_LIMIT} can be read.`,
      {
        advice: 'Keep the columns that matter.',
        place: { path },
      },
    );
  }
  const visit = (
    { name, type }: Field,
    vectors: readonly Vector[],
    above: string,
    isInside: ArrowLeaf['isInside'],
    depth: number,
  ): readonly ArrowLeaf[] => {
    const own = `${above}${name}`;
    if (!DataType.isStruct(type) || depth > DEEPEST)
      return [{ name: own, type: type as DataType, vectors, isInside, path }];
    const isThere = (batch: number, row: number): boolean =>
      vectors[batch]?.isValid(row) === true && (isInside === undefined || isInside(batch, row));
    return type.children.flatMap((child, index) =>
      visit(
        child,
        vectors.map((vector) => vector.getChildAt(index) as Vector),
        `${own}.`,
        isThere,
        depth + 1,
      ),
    );
  };
  return schema.fields.flatMap((field, index) =>
    visit(
      field,
      batches.map((batch) => batch.getChildAt(index) as Vector),
      '',
      undefined,
      0,
    ),
  );
}
