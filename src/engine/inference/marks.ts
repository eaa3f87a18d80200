/** The predictions of an open document: its text is mirrored here, and each edit is answered with all marks. */
import type { DatasetIssue } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { Marks, RowPrediction, TextEdit } from '../../protocol/marks';
import { type ReadingWishes, writeReading } from '../../protocol/reading';
import { rowKeys, type Table } from '../datasets';
import { missingColumns } from '../features';
import type { LineMender } from './editor-text';
import { oddCells, unpredictedRows } from './issues';
import { Judgements } from './judgements';
import { markColumns, partsOf, predictionOf } from './mark-columns';
import { measureSlots } from './metrics';
import type { Predictor } from './predictor';
import { readOtherwise } from './read-otherwise';
import { readForModel } from './read-table';
import { knowsNoLabel, unknownClasses } from './unknown-classes';

export interface OpenedDocument {
  readonly text: string;
  readonly version: number;
  /** What a person asked of the reading of this file. */
  readonly reading?: ReadingWishes | undefined;
  /** Mends what the editor could not decode. */
  readonly mend?: LineMender | undefined;
}

export class MarkedDocument {
  private text: string;
  private version: number;
  private readonly reading: ReadingWishes;
  private readonly mend: LineMender;
  private readonly judgements: Judgements;
  /** Of the latest answer. */
  private table: Table | undefined;
  private slots: Int32Array = new Int32Array();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly documentId: string,
    readonly predictor: Predictor,
    private readonly path: string,
    opened: OpenedDocument,
  ) {
    this.text = opened.text;
    this.version = opened.version;
    this.reading = opened.reading ?? {};
    this.mend = opened.mend ?? ((text) => text);
    this.judgements = new Judgements(predictor);
  }

  /** All marks of the present text. */
  marks(): Promise<Marks> {
    return this.inTurn(() => this.answer());
  }

  /** Applies edits in the order given. LabError('invalid') when one lies outside the text: the document must be reopened. */
  edit(version: number, edits: readonly TextEdit[]): Promise<Marks> {
    return this.inTurn(() => {
      let { text } = this;
      for (const { offset, length, text: inserted } of edits) {
        if (offset + length > text.length) {
          throw new LabError('invalid', 'The edit lies outside the document that the engine knows.', {
            advice: 'Open the document again.',
            place: { path: this.path },
          });
        }
        text = text.slice(0, offset) + inserted + text.slice(offset + length);
      }
      this.text = text;
      this.version = version;
      return this.answer();
    });
  }

  /** One row of the latest answer, in full. LabError('invalid') when there is no such row. */
  row(row: number): RowPrediction {
    const { table, slots, judgements, predictor } = this;
    if (!table || row >= table.rows) {
      throw new LabError('invalid', `There is no row ${row + 1}.`, { place: { path: this.path } });
    }
    return predictionOf(predictor, table, row, judgements, slots[row] as number);
  }

  /** The rows of the latest answer, for measurements. */
  get content(): Table | undefined {
    return this.table;
  }

  /** Answers come in the order of the requests: each builds on the text that the one before it left. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async answer(): Promise<Marks> {
    const began = performance.now();
    const { predictor, judgements } = this;
    const { table, issues } = await this.read();
    const keys = table ? rowKeys(table) : new Float64Array();
    const parsed = performance.now();
    const lacking = table ? missingColumns(predictor.encoder, table) : [];
    let slots: Int32Array = new Int32Array(table?.rows ?? 0).fill(-1);
    let judged = 0;
    if (table && lacking.length === 0)
      ({ slots, judged } = await judgements.update(table, (row) => keys[row] as number));
    const predicted = performance.now();
    this.table = table;
    this.slots = slots;
    const columns = this.columns(table, slots, keys);
    const metrics = measureSlots(predictor, judgements, slots);
    const cells = table
      ? [...oddCells(table, slots, judgements), ...unknownClasses(predictor, table, slots, judgements)]
      : [];
    const { target } = predictor;
    return {
      documentId: this.documentId,
      version: this.version,
      runFolder: predictor.saved.runFolder,
      task: predictor.saved.experiment.task,
      target: target.column,
      rows: slots.length,
      classes: target.answer === 'name' ? target.classes : [],
      ...columns,
      years: target.answer === 'number' && target.years,
      metrics,
      issues: [...issues, ...lacking, ...cells],
      timing: {
        parseMs: parsed - began,
        predictMs: predicted - parsed,
        totalMs: performance.now() - began,
      },
      predicted: judged,
      unpredicted: table && unpredictedRows(table, slots, judgements),
      reading: table && this.readingLine(table),
      readOtherwise: table && lacking.length === 0 ? readOtherwise(predictor, table) : [],
    };
  }

  /** Without the encoding: the editor has decoded the text. Undefined for a kind of file with nothing to choose. */
  private readingLine(table: Table): string | undefined {
    const parts = table.tell(this.reading).filter(({ field }) => field !== 'encoding');
    return parts.length === 0 ? undefined : writeReading(parts);
  }

  /** The text as a table; what is no table is an issue and has no rows. */
  private async read(): Promise<{ table?: Table; issues: readonly DatasetIssue[] }> {
    try {
      const table = await readForModel(this.predictor, this.mend(this.text), {
        ...this.reading,
        path: this.path,
      });
      return { table, issues: table.issues };
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.code !== 'dataset') throw thrown;
      const { message, advice, place } = thrown;
      return {
        issues: [{ severity: 'error', code: 'no-table', message, advice: advice ?? '', line: place?.line }],
      };
    }
  }

  /** One entry per row, gathered from the judgements. */
  private columns(table: Table | undefined, slots: Int32Array, keys: Float64Array) {
    const { judgements, predictor } = this;
    const measurable = predictor.target.answer !== 'name' || !knowsNoLabel(slots, judgements);
    return {
      // The table counts lines from 1, editors from 0.
      startLine: Int32Array.from(slots, (_, row) => (table?.startLine[row] ?? 1) - 1),
      endLine: Int32Array.from(slots, (_, row) => (table?.endLine[row] ?? 1) - 1),
      ...markColumns(predictor, judgements, slots, { measurable, partOf: partsOf(predictor, keys) }),
    };
  }
}
