/** From judgements to what is marked: one entry for each of some rows, or one row in full. */
import type { MarkedRows } from '../../protocol/mark-words';
import { Part, type RowPrediction } from '../../protocol/marks';
import type { Table } from '../datasets';
import type { Judgements } from './judgements';
import type { Predictor } from './predictor';

/** Below this probability of the likeliest class the model counts as unsure. */
const unsureBelow = 0.6;

export interface MarkOptions {
  /** False where the model knows none of the labels: nothing is right or wrong then. */
  readonly measurable: boolean;
  /** Of the entry at this index. */
  readonly partOf: (index: number) => Part;
}

/** One entry for each slot, in their order; -1 is a row that could not be judged. */
export function markColumns(
  { target }: Predictor,
  judgements: Judgements,
  slots: Int32Array,
  { measurable, partOf }: MarkOptions,
): Omit<MarkedRows, 'task' | 'classes' | 'years'> & { readonly hasPrediction: Uint8Array } {
  const classification = target.answer === 'name';
  const rows = slots.length;
  const columns = {
    hasPrediction: new Uint8Array(rows),
    classIndex: new Int32Array(rows).fill(-1),
    value: new Float32Array(rows).fill(Number.NaN),
    confidence: new Float32Array(rows),
    residual: new Float32Array(rows).fill(Number.NaN),
    verdict: new Uint8Array(rows),
    unsure: new Uint8Array(rows),
    outside: new Uint8Array(rows),
    part: new Uint8Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    columns.part[row] = partOf(row);
    const slot = slots[row] as number;
    if (slot < 0) continue;
    columns.hasPrediction[row] = judgements.broken.has(slot) ? 0 : 1;
    if (measurable) columns.verdict[row] = judgements.verdict[slot] as number;
    if (classification) {
      const confidence = judgements.confidence[slot] as number;
      columns.classIndex[row] = judgements.classIndex[slot] as number;
      columns.confidence[row] = confidence;
      columns.unsure[row] = columns.classIndex[row] !== -1 && confidence < unsureBelow ? 1 : 0;
    } else {
      const value = judgements.value[slot] as number;
      columns.value[row] = value;
      columns.confidence[row] = judgements.halfWidth[slot] as number;
      columns.residual[row] = (judgements.original[slot] as number) - value;
    }
    if (judgements.outside.has(slot) && !judgements.broken.has(slot)) {
      columns.outside[row] = 1;
      columns.unsure[row] = 1;
    }
  }
  return columns;
}

/** Tells by the keys of rows where each stood when the model was trained. */
export function partsOf({ saved }: Predictor, keys: Float64Array): (index: number) => Part {
  const known = knownParts(saved.rowParts);
  return (index) => known.get(keys[index] as number) ?? Part.fresh;
}

type RowParts = Predictor['saved']['rowParts'];

/** A run has up to millions of rows: they are put into a map once. */
const mapped = new WeakMap<NonNullable<RowParts>, ReadonlyMap<number, Part>>();

function knownParts(parts: RowParts): ReadonlyMap<number, Part> {
  if (parts === undefined) return new Map();
  const known = mapped.get(parts);
  if (known !== undefined) return known;
  const made = new Map<number, Part>();
  parts.training.forEach((key) => made.set(key, Part.training));
  parts.validation.forEach((key) => made.set(key, Part.validation));
  mapped.set(parts, made);
  return made;
}

/** One row in full. `slot`: -1 where it could not be judged. */
export function predictionOf(
  { target, judge }: Predictor,
  table: Table,
  row: number,
  judgements: Judgements,
  slot: number,
): RowPrediction {
  const column = table.find(target.column);
  const label = column >= 0 && !table.isMissing(row, column) ? table.value(row, column) : undefined;
  if (slot < 0 || judgements.broken.has(slot)) return { row, label };
  const outside = judgements.outside.get(slot);
  return { row, label, ...judge.describe(judgements.outputsOf(slot), judgements.known(slot)), outside };
}
