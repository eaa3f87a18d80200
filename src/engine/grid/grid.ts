/** One table as it is looked at: what is asked of its rows, columns and marks, in views that others may ask for meanwhile. */
import { LabError } from '../../protocol/errors';
import {
  type ColumnFigures,
  type GridFilter,
  type GridRows,
  type GridSummary,
  type GridView,
  longestGridCell,
} from '../../protocol/grid';
import type { RowPrediction } from '../../protocol/marks';
import { cutText } from '../../protocol/plain-text';
import { isNoValue, type Table } from '../datasets';
import type { RowMarks } from '../inference';
import { findText, type FoundCell } from './find-text';
import type { GridColumns } from './grid-columns';
import { GridViews } from './grid-views';
import { Slices } from './slices';

/** Rows that are answered at once. */
const MOST_ROWS = 1000;

export interface GridParts {
  readonly columns: GridColumns;
  /** Some rows of the table, by which it is told what stands for no value before any column is read whole. */
  readonly sample: Table;
  readonly marks?: RowMarks | undefined;
}

export interface Window {
  readonly view: GridView;
  /** Positions in the view, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly columns: readonly number[];
}

export class Grid {
  readonly #table: Table;
  readonly #columns: GridColumns;
  readonly #sample: Table;
  readonly #marks: RowMarks | undefined;
  readonly #views: GridViews;
  readonly #closed = new AbortController();

  constructor({ columns, sample, marks }: GridParts) {
    this.#table = columns.table;
    this.#columns = columns;
    this.#sample = sample;
    this.#marks = marks;
    this.#views = new GridViews(columns, marks);
  }

  /** How many rows the model has judged for filters by its marks. */
  get judged(): number {
    return this.#marks?.judged ?? 0;
  }

  get rows(): number {
    return this.#table.rows;
  }

  /** LabError('invalid') for more than 1,000 rows, or for a column that is not there. */
  async read({ view, from, to, columns }: Window, signal: AbortSignal): Promise<GridRows> {
    if (to < from || to - from > MOST_ROWS) {
      throw new LabError('invalid', `Rows ${from} to ${to} are no window of at most ${MOST_ROWS} rows.`);
    }
    columns.forEach((column) => this.#require(column));
    const rows = await this.#rowsOf(view, signal);
    const shown = rows.slice(from, to);
    const cells = Array.from(shown, (row) => columns.map((column) => this.#shownCell(row, column)));
    return {
      total: rows.length,
      from,
      rows: [...shown],
      ...(this.#table.counted === 'line'
        ? { lines: Array.from(shown, (row) => this.#table.startLine[row] as number) }
        : {}),
      cells,
      ...(this.#marks === undefined ? {} : { marks: await this.#marks.marks(shown) }),
    };
  }

  /** `onColumn` gets each column as soon as it is counted. */
  async summarise(
    view: GridView,
    columns: readonly number[],
    signal: AbortSignal,
    onColumn: (summary: GridSummary) => void,
  ): Promise<GridSummary> {
    columns.forEach((column) => this.#require(column));
    const ended = this.#untilClosed(signal);
    const slices = new Slices(ended);
    const rows = await this.#rowsOf({ filters: view.filters }, signal);
    const counted: ColumnFigures[] = [];
    for (const column of columns) {
      await slices.next();
      const figures = await this.#figures(column, view.filters, rows, ended);
      counted.push(figures);
      onColumn({ total: rows.length, columns: [figures] });
    }
    return { total: rows.length, columns: counted };
  }

  async find(
    view: GridView,
    question: { readonly text: string; readonly from: number; readonly backwards: boolean },
    signal: AbortSignal,
  ): Promise<FoundCell | null> {
    const rows = await this.#rowsOf(view, signal);
    return findText(this.#table, rows, question, new Slices(this.#untilClosed(signal)));
  }

  /** The position of a row of the file, null where the filters leave it out. LabError('invalid') for no row of the file. */
  async locate(view: GridView, row: number, signal: AbortSignal): Promise<number | null> {
    this.#requireRow(row);
    const position = (await this.#rowsOf(view, signal)).indexOf(row);
    return position < 0 ? null : position;
  }

  cell(row: number, column: number): string {
    this.#requireRow(row);
    this.#require(column);
    return this.#table.cell(row, column);
  }

  /** LabError('invalid') where no model marks the rows. */
  async mark(row: number): Promise<RowPrediction> {
    this.#requireRow(row);
    if (this.#marks !== undefined) return this.#marks.prediction(row);
    throw new LabError('invalid', 'No model marks the rows of this table.', {
      advice: 'Turn predictions on first.',
    });
  }

  /** Who still waits for something gets a CancelledError. */
  close(): void {
    this.#closed.abort();
    this.#views.close();
  }

  #rowsOf(view: GridView, signal: AbortSignal): Promise<Uint32Array> {
    for (const filter of view.filters) if (filter.by !== 'marks') this.#require(filter.column);
    if (view.sort !== undefined) this.#require(view.sort.column);
    return this.#views.rows(view, this.#untilClosed(signal));
  }

  /** The filters of a column do not hide its other bars: its picture is of the rows that all other filters let through. */
  async #figures(
    index: number,
    filters: readonly GridFilter[],
    rows: Uint32Array,
    signal: AbortSignal,
  ): Promise<ColumnFigures> {
    const counts = this.#columns.counts(index);
    if (filters.length === 0) return { index, ...counts.whole() };
    const others = filters.filter((filter) => filter.by === 'marks' || filter.column !== index);
    const plotted = others.length === filters.length ? rows : await this.#views.filtered(others, signal);
    return { index, ...counts.over(rows, plotted) };
  }

  #shownCell(row: number, column: number): string | undefined {
    const text = this.#table.cell(row, column);
    if (isNoValue(text, this.#sample.reader.found(column).reading)) return undefined;
    return cutText(text, longestGridCell);
  }

  #untilClosed(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closed.signal]);
  }

  #require(column: number): void {
    const { length } = this.#table.columns;
    if (column < length) return;
    throw new LabError('invalid', `There is no column ${column + 1}: the table has ${length}.`);
  }

  #requireRow(row: number): void {
    if (row < this.#table.rows) return;
    throw new LabError('invalid', `There is no row ${row + 1}: the table has ${this.#table.rows}.`);
  }
}
