/** What a column tells of the target, in figures. */
import type { Association, ColumnRelation } from '../../protocol/relations';
import type { TargetColumn } from '../datasets';
import type { ColumnValues } from './column-values';
import { type Codes, type Contingency, crossTabulate } from './contingency';
import { correlationRatio, cramersV, pearson } from './correlation';
import { informationShare } from './mutual-information';
import { OrderedNumbers } from './ordered';

/** The target, prepared once for all columns. */
export interface RelatedTarget {
  readonly column: TargetColumn;
  /** Its classes, or its numbers in bins. */
  readonly codes: Codes;
  /** `[rows]` of numbers. */
  readonly ranks?: Float64Array | undefined;
}

export function relatedTarget(column: TargetColumn): RelatedTarget {
  if (column.answer === 'name')
    return { column, codes: { codes: column.labels, kinds: column.classes.length } };
  const ordered = new OrderedNumbers(column.values);
  return { column, codes: ordered.bins(), ranks: ordered.ranks() };
}

/** Undefined where no row has both, or the column has one value in the rows that have a target. */
export function relate(
  values: ColumnValues,
  target: RelatedTarget,
): Omit<ColumnRelation, 'plot' | 'by'> | undefined {
  const { codes } = target;
  const ordered =
    values.holds === 'numbers' ? new OrderedNumbers(onlyWith(values.values, codes.codes)) : undefined;
  const bins = values.holds === 'names' ? values : (ordered?.bins() ?? NOTHING);
  const table = crossTabulate(bins, codes);
  if (table.rowSums.filter((sum) => sum > 0).length < 2) return undefined;
  return {
    rows: table.total,
    information: informationShare(table),
    associations: associations(values, target, table, () => ordered?.ranks() ?? new Float64Array(0)),
  };
}

const NOTHING: Codes = { codes: new Int32Array(0), kinds: 0 };

function associations(
  values: ColumnValues,
  { column, ranks }: RelatedTarget,
  table: Contingency,
  ownRanks: () => Float64Array,
): readonly Association[] {
  if (values.holds === 'names') {
    return column.answer === 'name'
      ? [{ measure: 'cramers-v', value: cramersV(table) }]
      : [{ measure: 'correlation-ratio', value: correlationRatio(values, column.values) }];
  }
  if (column.answer === 'name') {
    const classes = { codes: column.labels, kinds: column.classes.length };
    return [{ measure: 'correlation-ratio', value: correlationRatio(classes, values.values) }];
  }
  return [
    { measure: 'pearson', value: pearson(values.values, column.values) },
    { measure: 'spearman', value: pearson(ownRanks(), ranksWhere(column.values, ranks, values.values)) },
  ];
}

/** The target's ranks among the rows that have a value in the column as well. */
function ranksWhere(
  target: Float64Array,
  ranks: Float64Array | undefined,
  values: Float64Array,
): Float64Array {
  const all = values.every((value, row) => !Number.isNaN(value) || Number.isNaN(target[row]));
  if (all && ranks !== undefined) return ranks;
  return new OrderedNumbers(target.map((value, row) => (Number.isNaN(values[row]) ? NaN : value))).ranks();
}

function onlyWith(values: Float64Array, codes: Int32Array): Float64Array {
  return values.map((value, row) => ((codes[row] as number) < 0 ? NaN : value));
}
