/** What a model says of single rows of a table that does not change: of those that are looked at, or in the end of all. */
import type { DatasetIssue } from '../../protocol/dataset';
import type { GridMark } from '../../protocol/grid';
import { describeRow } from '../../protocol/mark-words';
import { type RowPrediction, Verdict } from '../../protocol/marks';
import { rowKeys, type Table } from '../datasets';
import { missingColumns } from '../features';
import { Judgements } from './judgements';
import { markColumns, partsOf, predictionOf } from './mark-columns';
import type { Predictor } from './predictor';

/** Rows that are judged between two rests. */
const CHUNK = 1024;
const Flag = { wrong: 1, unsure: 2 } as const;

const verdicts: Readonly<Record<Verdict, GridMark['verdict']>> = {
  [Verdict.unlabelled]: 'unlabelled',
  [Verdict.right]: 'right',
  [Verdict.wrong]: 'wrong',
};
const NO_MARK: GridMark = { text: '', verdict: 'unlabelled', unsure: false };

export class RowMarks {
  /** Columns that the model needs and the table lacks: then no row has a mark. */
  readonly lacking: readonly DatasetIssue[];
  /** `[rows]` of the bits of `Flag`, for the first `judged` rows. */
  readonly #flags: Uint8Array;
  #judged = 0;
  #measurable: boolean | undefined;

  /** `table`: as `readForModel` has opened it. */
  constructor(
    private readonly predictor: Predictor,
    private readonly table: Table,
  ) {
    this.lacking = missingColumns(predictor.encoder, table);
    this.#flags = new Uint8Array(table.rows);
  }

  get target(): string {
    return this.predictor.target.column;
  }

  /** Rows, from the first on, of which `judgeAll` knows whether they are wrong or unsure. */
  get judged(): number {
    return this.#judged;
  }

  /** The marks of these rows, in their order. */
  async marks(rows: Uint32Array): Promise<GridMark[]> {
    if (this.lacking.length > 0) return Array.from(rows, () => NO_MARK);
    const { target, saved } = this.predictor;
    const columns = await this.#columns(rows);
    const marked = {
      task: saved.experiment.task,
      classes: target.answer === 'name' ? target.classes : [],
      years: target.answer === 'number' && target.years,
      ...columns,
    };
    return Array.from(rows, (_, at) =>
      columns.hasPrediction[at] === 0
        ? NO_MARK
        : {
            text: describeRow(marked, at),
            verdict: verdicts[columns.verdict[at] as Verdict],
            unsure: columns.unsure[at] === 1,
          },
    );
  }

  /** One row in full. */
  async prediction(row: number): Promise<RowPrediction> {
    const judgements = new Judgements(this.predictor);
    const { slots } =
      this.lacking.length > 0
        ? { slots: Int32Array.of(-1) }
        : await judgements.update(this.table, (each) => each, Uint32Array.of(row));
    return predictionOf(this.predictor, this.table, row, judgements, slots[0] as number);
  }

  /** Judges every row; goes on where it was ended. `rest` is awaited again and again, and ends it by what it throws. */
  async judgeAll(rest: () => Promise<void>): Promise<void> {
    const { rows } = this.table;
    while (this.#judged < rows) {
      const from = this.#judged;
      const some = Uint32Array.from({ length: Math.min(CHUNK, rows - from) }, (_, at) => from + at);
      if (this.lacking.length === 0) {
        const { verdict, unsure } = await this.#columns(some);
        for (const [at, row] of some.entries()) {
          this.#flags[row] =
            (verdict[at] === Verdict.wrong ? Flag.wrong : 0) | (unsure[at] === 1 ? Flag.unsure : 0);
        }
      }
      this.#judged = from + some.length;
      await rest();
    }
  }

  /** `[rows]`: 1 where the row is wrong, or the model unsure of it; of rows that were judged. */
  mask(marks: 'errors' | 'unsure'): Uint8Array {
    const flag = marks === 'errors' ? Flag.wrong : Flag.unsure;
    return this.#flags.map((flags) => ((flags & flag) === 0 ? 0 : 1));
  }

  async #columns(rows: Uint32Array) {
    const { predictor, table } = this;
    const judgements = new Judgements(predictor);
    const { slots } = await judgements.update(table, (row) => row, rows);
    const keys = rowKeys(table.pick([...rows], []));
    return markColumns(predictor, judgements, slots, {
      measurable: (this.#measurable ??= this.#knowsLabels()),
      partOf: partsOf(predictor, keys),
    });
  }

  /** Whether the model knows any label of the table, or there is none. */
  #knowsLabels(): boolean {
    const { target } = this.predictor;
    const column = this.table.find(target.column);
    if (target.answer !== 'name' || column < 0) return true;
    let labelled = false;
    for (let from = 0; from < this.table.rows; from += CHUNK) {
      const length = Math.min(CHUNK, this.table.rows - from);
      const rows = Uint32Array.from({ length }, (_, at) => from + at);
      if (target.encode(this.table, rows).some((label) => label >= 0)) return true;
      labelled ||= rows.some((row) => !this.table.isMissing(row, column));
    }
    return !labelled;
  }
}
