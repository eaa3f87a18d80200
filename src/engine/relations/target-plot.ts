/** The target in each bin of a column: class shares, or the middle half of its numbers and their mean. */
import type { ColumnPlot } from '../../protocol/plots';
import type { TargetPlot } from '../../protocol/relations';
import type { TargetColumn } from '../datasets';
import { barValue } from '../plots';
import { binsOfEdges } from './bins';
import type { ColumnValues } from './column-values';
import { type Codes, crossTabulate } from './contingency';

/** Classes that a plot tells apart; more cannot be told apart by the eye either. */
const MOST_CLASSES = 8;

/** `plot`: of the same column. Its bins, or its bars and the others where there are any, are those of the answer. */
export function targetPlot(values: ColumnValues, plot: ColumnPlot, target: TargetColumn): TargetPlot {
  const bins = binsOf(values, plot);
  return target.answer === 'name'
    ? sharesOf(bins, target.classes, target.labels)
    : meansOf(bins, target.values);
}

function binsOf(values: ColumnValues, plot: ColumnPlot): Codes {
  if (plot.shape === 'histogram')
    return values.holds === 'numbers' ? binsOfEdges(values.values, plot.edges) : NO_BINS;
  const places = new Map(plot.bars.map(({ value }, bar) => [value, bar]));
  const others = plot.others.rows > 0 ? plot.bars.length : -1;
  const placeOf = (name: string | undefined): number =>
    (name === undefined ? undefined : places.get(barValue(name))) ?? others;
  const kinds = plot.bars.length + (others < 0 ? 0 : 1);
  if (values.holds === 'names') {
    const placed = values.names.map(placeOf);
    return { codes: values.codes.map((code) => (code < 0 ? -1 : (placed[code] as number))), kinds };
  }
  // Bars of numbers have one for each: a hundred thousand cells need no hundred thousand strings.
  const byNumber = new Map([...places].map(([value, bar]) => [Number(value), bar]));
  const codes = new Int32Array(values.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values.values[row] as number;
    codes[row] = Number.isNaN(value) ? -1 : (byNumber.get(value) ?? others);
  }
  return { codes, kinds };
}

const NO_BINS: Codes = { codes: new Int32Array(0), kinds: 0 };

function sharesOf(bins: Codes, classes: readonly string[], labels: Int32Array): TargetPlot {
  const { counts, rows, columns, columnSums } = crossTabulate(bins, { codes: labels, kinds: classes.length });
  const shown = [...columnSums.keys()]
    .sort((a, b) => (columnSums[b] as number) - (columnSums[a] as number) || a - b)
    .slice(0, classes.length <= MOST_CLASSES ? classes.length : MOST_CLASSES - 1)
    .sort((a, b) => a - b);
  const rest = classes.length - shown.length;
  return {
    shape: 'shares',
    classes: shown.map((index) => classes[index] as string),
    otherClasses: rest,
    counts: Array.from({ length: rows }, (_, bin) => {
      const all = counts.subarray(bin * columns, (bin + 1) * columns);
      const each = shown.map((index) => all[index] as number);
      const left = all.reduce((sum, count) => sum + count, 0) - each.reduce((sum, count) => sum + count, 0);
      return rest > 0 ? [...each, left] : each;
    }),
  };
}

function meansOf(bins: Codes, values: Float64Array): TargetPlot {
  const sizes = new Uint32Array(bins.kinds + 1);
  const has = (row: number): boolean => (bins.codes[row] as number) >= 0 && !Number.isNaN(values[row]);
  for (let row = 0; row < bins.codes.length; row++) {
    const after = (bins.codes[row] as number) + 1;
    if (has(row)) sizes[after] = (sizes[after] as number) + 1;
  }
  const starts = sizes.slice();
  for (let bin = 1; bin < starts.length; bin++)
    starts[bin] = (starts[bin] as number) + (starts[bin - 1] as number);
  const next = starts.slice();
  const sorted = new Float64Array(starts[bins.kinds] as number);
  for (let row = 0; row < bins.codes.length; row++) {
    const bin = bins.codes[row] as number;
    if (!has(row)) continue;
    const place = next[bin] as number;
    sorted[place] = values[row] as number;
    next[bin] = place + 1;
  }
  return {
    shape: 'means',
    bins: Array.from({ length: bins.kinds }, (_, bin) =>
      spread(sorted.subarray(starts[bin], starts[bin + 1]).sort()),
    ),
  };
}

function spread(sorted: Float64Array) {
  const rows = sorted.length;
  if (rows === 0) return null;
  const mean = sorted.reduce((sum, value) => sum + value / rows, 0);
  return { rows, mean, low: quantileOf(sorted, 0.25), high: quantileOf(sorted, 0.75) };
}

/** Between the two values around it, linearly: as NumPy's `quantile`. */
function quantileOf(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  const along = at - Math.floor(at);
  // Not by the difference, which of the largest numbers is no double.
  return low * (1 - along) + high * along;
}
