/** What a model says of rows, kept by the rows' keys: a row that did not change is not judged again. */
import { type OutsideCell, Verdict } from '../../protocol/marks';
import { RowShape, type Table } from '../datasets';
import { type Judgement, type Known, UNKNOWN_CLASS } from '../tasks';
import type { Predictor } from './predictor';
import { onlyRows } from './row-subset';

/** Forgets everything when it holds so many times the rows of the table, and this many more. */
const forgetBeyond = { times: 3, plus: 20_000 };

/** One column of figures per property, one slot per different row. */
export class Judgements {
  private readonly slots = new Map<number, number>();
  private count = 0;
  /** What the cells of the judged rows were called. */
  private columns = '';
  /** `[slots, outputs]` */
  outputs: Float32Array = new Float32Array();
  /** Classification: the likeliest class. -1 for rows with a cell that cannot be read. */
  classIndex = new Int32Array();
  /** Probability of the likeliest class. */
  confidence = new Float32Array();
  /** Regression: in the target's units. */
  value = new Float64Array();
  /** Regression: half-width of the row's 90 % interval, in the target's units; NaN where it is not known. */
  halfWidth = new Float64Array();
  /** Class index, `UNLABELLED` or `UNKNOWN_CLASS`. */
  label = new Int32Array();
  /** Regression: the label, standardised and in the target's units; NaN without one. */
  wanted = new Float32Array();
  original = new Float64Array();
  verdict = new Uint8Array();
  /** By slot: columns of numbers whose cell counts as missing though something is written there. */
  readonly odd = new Map<number, readonly number[]>();
  /** By slot: columns that hold no numbers in this file; such rows are not predicted. */
  readonly broken = new Map<number, readonly number[]>();
  /** By slot: cells that training saw nothing like. */
  readonly outside = new Map<number, readonly OutsideCell[]>();

  private readonly judgement: Judgement = {
    classIndex: -1,
    confidence: 0,
    value: Number.NaN,
    halfWidth: Number.NaN,
    verdict: Verdict.unlabelled,
  };

  constructor(private readonly predictor: Predictor) {}

  /**
   * Judges the whole rows of the table, or of some of it, that are new. `keyOf`: equal for equal rows. Gives the slot of
   * each of the rows, -1 for those with too many or too few cells, and how many were judged.
   */
  async update(
    table: Table,
    keyOf: (row: number) => number,
    rows: Uint32Array = Uint32Array.from({ length: table.rows }, (_, row) => row),
  ): Promise<{ slots: Int32Array; judged: number }> {
    const columns = [table.format.separator, ...table.columns].join('\0');
    const full = this.count > table.rows * forgetBeyond.times + forgetBeyond.plus;
    // The same line means something else under another header.
    if (full || columns !== this.columns) this.forget();
    this.columns = columns;
    const fresh: number[] = [];
    const freshKeys = new Set<number>();
    for (const row of rows) {
      if (table.shape[row] !== RowShape.whole) continue;
      const key = keyOf(row);
      if (this.slots.has(key) || freshKeys.has(key)) continue;
      freshKeys.add(key);
      fresh.push(row);
    }
    if (fresh.length > 0) await this.judge(table, fresh, keyOf);
    const slots = Int32Array.from(rows, (row) =>
      table.shape[row] === RowShape.whole ? (this.slots.get(keyOf(row)) ?? -1) : -1,
    );
    return { slots, judged: fresh.length };
  }

  private async judge(table: Table, rows: readonly number[], keyOf: (row: number) => number): Promise<void> {
    const { encoder, outputs } = this.predictor;
    const part = onlyRows(table, rows, [
      ...encoder.features.map(({ column }) => column),
      this.predictor.target.column,
    ]);
    const found = await this.predictor.predict(encoder.encode(part.table, part.rows));
    const first = this.count;
    this.grow(first + rows.length);
    this.outputs.set(found, first * outputs);
    this.readLabels(part.table, part.rows, first);
    this.readCells(table, part.table, part.rows, first);
    for (const [position, cells] of encoder.outside(part.table, part.rows)) {
      this.outside.set(first + position, cells);
    }
    rows.forEach((row, index) => {
      this.conclude(first + index);
      this.slots.set(keyOf(row), first + index);
    });
    this.count = first + rows.length;
  }

  private readLabels(table: Table, rows: Uint32Array, first: number): void {
    const { target } = this.predictor;
    const column = table.find(target.column);
    if (target.answer === 'name') {
      target.encode(table, rows).forEach((label, index) => {
        const named = label < 0 && column >= 0 && !table.isMissing(rows[index] as number, column);
        this.label[first + index] = named ? UNKNOWN_CLASS : label;
      });
    } else {
      this.wanted.set(target.encode(table, rows), first);
      this.original.set(target.original(table, rows), first);
    }
  }

  /** Cells that are no numbers count as missing, as in training, unless the whole column is of the wrong kind. */
  private readCells(whole: Table, table: Table, rows: Uint32Array, first: number): void {
    for (const feature of this.predictor.encoder.features) {
      const column = table.find(feature.column);
      if (column < 0 || (feature.kind !== 'number' && feature.kind !== 'date')) continue;
      const cells = whole.reader.isMostlyOdd(column) ? this.broken : this.odd;
      rows.forEach((row, index) => {
        if (!table.reader.isOdd(row, column)) return;
        cells.set(first + index, [...(cells.get(first + index) ?? []), column]);
      });
    }
  }

  /** What the task says of the row; nothing where a cell cannot be read. */
  private conclude(slot: number): void {
    const judgement = this.judgement;
    this.predictor.judge.judge(this.outputsOf(slot), this.known(slot), judgement);
    const broken = this.broken.has(slot);
    this.classIndex[slot] = broken ? -1 : judgement.classIndex;
    this.confidence[slot] = broken ? 0 : judgement.confidence;
    this.value[slot] = broken ? Number.NaN : judgement.value;
    this.halfWidth[slot] = broken ? Number.NaN : judgement.halfWidth;
    this.verdict[slot] = broken ? Verdict.unlabelled : judgement.verdict;
  }

  /** `[outputs]` of a judged row. */
  outputsOf(slot: number): Float32Array {
    const { outputs } = this.predictor;
    return this.outputs.subarray(slot * outputs, (slot + 1) * outputs);
  }

  /** What is known of a judged row. */
  known(slot: number): Known {
    return { label: this.label[slot] as number, original: this.original[slot] as number };
  }

  private grow(size: number): void {
    if (size <= this.verdict.length) return;
    const room = Math.max(size, this.verdict.length * 2);
    const { outputs } = this.predictor;
    this.outputs = enlarged(this.outputs, new Float32Array(room * outputs));
    this.classIndex = enlarged(this.classIndex, new Int32Array(room));
    this.confidence = enlarged(this.confidence, new Float32Array(room));
    this.value = enlarged(this.value, new Float64Array(room));
    this.halfWidth = enlarged(this.halfWidth, new Float64Array(room));
    this.label = enlarged(this.label, new Int32Array(room));
    this.wanted = enlarged(this.wanted, new Float32Array(room));
    this.original = enlarged(this.original, new Float64Array(room));
    this.verdict = enlarged(this.verdict, new Uint8Array(room));
  }

  private forget(): void {
    this.slots.clear();
    this.broken.clear();
    this.odd.clear();
    this.outside.clear();
    this.count = 0;
  }
}

function enlarged<T extends { set(values: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
