/** A table as the page knows it: which rows of it are shown, what is known of them, and of their columns. */
import type { ColumnFigures, GridRows, GridSummary, GridTable, GridView } from '../../src/protocol/grid';
import type { GridAnswers, GridMethod, GridParams } from '../../src/protocol/grid-page';
import type { Span } from './column-layout';
import { type AskOptions, Outdated } from './asking';
import { RowCache } from './row-cache';

export type Ask = <Method extends GridMethod>(
  method: Method,
  params: GridParams<Method>,
  options?: AskOptions<GridAnswers[Method]>,
) => Promise<GridAnswers[Method]>;

export interface GridModelOptions {
  readonly ask: Ask;
  /** Rows, figures or the view have changed. */
  readonly onChange: () => void;
  readonly onFailure: (thrown: unknown) => void;
}

/** Columns whose figures are asked for at once. */
const figuresAtOnce = 24;

export class GridModel {
  readonly cache: RowCache;
  readonly #options: GridModelOptions;
  #table: GridTable | undefined;
  #view: GridView = { filters: [] };
  #total = 0;
  /** Whether the number of rows of the view is known. */
  #counted = false;
  /** Grow with everything that changes what a row shows, and what the head of a column does. */
  #rowsVersion = 0;
  #headsVersion = 0;
  readonly #figures = new Map<number, ColumnFigures>();
  /** Columns whose figures are of the present view. */
  readonly #fresh = new Set<number>();
  #counting: AbortController | undefined;
  #searching: AbortController | undefined;
  #wanted: Span = { from: 0, to: 0 };

  constructor(options: GridModelOptions) {
    this.#options = options;
    this.cache = new RowCache({
      ask: ({ from, to, columns }, signal) =>
        options.ask('rows', { view: this.#view, from, to, columns: [...columns] }, { signal }),
      onRows: (rows) => this.#onRows(rows),
      onFailure: (thrown) => this.#onFailure(thrown),
    });
  }

  get table(): GridTable | undefined {
    return this.#table;
  }

  get view(): GridView {
    return this.#view;
  }

  /** Rows of the view. */
  get total(): number {
    return this.#total;
  }

  get counted(): boolean {
    return this.#counted;
  }

  get rowsVersion(): number {
    return this.#rowsVersion;
  }

  get headsVersion(): number {
    return this.#headsVersion;
  }

  /** Whether an answer about rows or columns is being waited for. */
  get busy(): boolean {
    return this.cache.waiting || this.#counting !== undefined || this.#searching !== undefined;
  }

  /** What is known of a column, perhaps of the view before: `isFresh` tells. */
  figures(column: number): ColumnFigures | undefined {
    return this.#figures.get(column);
  }

  isFresh(column: number): boolean {
    return this.#fresh.has(column);
  }

  /** Another table, or the same opened anew. */
  open(table: GridTable, view: GridView): void {
    const isSame = this.#table?.columns.length === table.columns.length;
    this.#table = table;
    if (!isSame) this.#figures.clear();
    // At most all: whoever stood far down stays there until the filters are counted.
    this.#show(view, table.rows);
    this.#counted = view.filters.length === 0;
    this.#options.onChange();
  }

  change(view: GridView): void {
    if (this.#table === undefined) return;
    const hasSameRows = JSON.stringify(view.filters) === JSON.stringify(this.#view.filters);
    const fresh = hasSameRows ? [...this.#fresh] : [];
    this.#show(view, view.filters.length === 0 ? this.#table.rows : this.#total);
    this.#counted = hasSameRows ? this.#counted : view.filters.length === 0;
    // Another order is of the same rows.
    for (const column of fresh) this.#fresh.add(column);
    this.#options.onChange();
  }

  /** Asks for the figures of these columns, those that are seen. */
  wantFigures(columns: Span): void {
    this.#wanted = columns;
    if (this.#counting === undefined) void this.#count();
  }

  /** The next row that holds the text; undefined where the search was given up for another one. */
  async find(text: string, from: number, backwards: boolean): Promise<GridAnswers['find'] | undefined> {
    this.#searching?.abort();
    const searching = new AbortController();
    this.#searching = searching;
    this.#options.onChange();
    const start = this.#total === 0 ? 0 : (from + this.#total) % this.#total;
    try {
      return await this.#options.ask(
        'find',
        { view: this.#view, text, from: start, backwards },
        { signal: searching.signal },
      );
    } catch (thrown) {
      if (thrown instanceof Outdated) return undefined;
      throw thrown;
    } finally {
      if (this.#searching === searching) this.#searching = undefined;
      this.#options.onChange();
    }
  }

  /** Where a row of the file stands in the view; null where the filters leave it out. */
  locate(row: number): Promise<number | null> {
    return this.#options.ask('locate', { view: this.#view, row });
  }

  #show(view: GridView, total: number): void {
    this.#view = view;
    this.#total = total;
    this.#rowsVersion++;
    this.#headsVersion++;
    this.#fresh.clear();
    this.#counting?.abort();
    this.#counting = undefined;
    this.cache.reset(this.#table?.columns.length ?? 0, total);
  }

  #onRows({ total }: GridRows): void {
    this.#takeTotal(total);
    this.#rowsVersion++;
    this.#options.onChange();
  }

  #takeTotal(total: number): void {
    this.#total = total;
    this.#counted = true;
  }

  async #count(): Promise<void> {
    const columns = this.#missingFigures();
    if (columns.length === 0) return;
    const counting = new AbortController();
    this.#counting = counting;
    const take = ({ total, columns: counted }: GridSummary) => {
      if (counting.signal.aborted) return;
      this.#takeTotal(total);
      for (const figures of counted) {
        this.#figures.set(figures.index, figures);
        this.#fresh.add(figures.index);
      }
      this.#headsVersion++;
      this.#options.onChange();
    };
    const { signal } = counting;
    try {
      take(await this.#options.ask('summarise', { view: this.#view, columns }, { signal, onPart: take }));
      // What was asked for and not answered is not asked for again and again.
      for (const column of columns) this.#fresh.add(column);
    } catch (thrown) {
      if (signal.aborted) return;
      for (const column of columns) this.#fresh.add(column);
      this.#onFailure(thrown);
    }
    if (this.#counting !== counting) return;
    this.#counting = undefined;
    this.#options.onChange();
    await this.#count();
  }

  #missingFigures(): number[] {
    const { from, to } = this.#wanted;
    const missing: number[] = [];
    for (let column = from; column < to && missing.length < figuresAtOnce; column++) {
      if (!this.#fresh.has(column)) missing.push(column);
    }
    return missing;
  }

  #onFailure(thrown: unknown): void {
    if (!(thrown instanceof Outdated)) this.#options.onFailure(thrown);
  }
}
