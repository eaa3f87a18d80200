/**
 * The rows of the view that are known, in blocks of some rows and some columns. What is seen is asked for, the newest
 * wish first; what nobody sees any more is not waited for while other blocks are wanted.
 */
import type { GridMark, GridRows } from '../../src/protocol/grid';
import type { Span } from './column-layout';

export const blockRows = 64;
export const blockColumns = 24;
/** Blocks that are asked for at the same time, and that are kept. */
const limit = { asked: 3, kept: 400 } as const;

export interface Block {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly number[];
}

export interface RowCacheOptions {
  readonly ask: (block: Block, signal: AbortSignal) => Promise<GridRows>;
  readonly onRows: (rows: GridRows) => void;
  readonly onFailure: (thrown: unknown) => void;
}

export interface KnownRow {
  /** Its number in the file, from 0. */
  readonly row: number;
  readonly line: number | undefined;
  readonly mark: GridMark | undefined;
}

export class RowCache {
  readonly #options: RowCacheOptions;
  readonly #blocks = new Map<string, GridRows>();
  readonly #asked = new Map<string, AbortController>();
  #wanted: readonly string[] = [];
  #columns = 0;
  #total = 0;

  constructor(options: RowCacheOptions) {
    this.#options = options;
  }

  /** Forgets everything: another view, or another table. */
  reset(columns: number, total: number): void {
    for (const asked of this.#asked.values()) asked.abort();
    this.#asked.clear();
    this.#blocks.clear();
    this.#wanted = [];
    this.#columns = columns;
    this.#total = total;
  }

  /** Whether something is being waited for. */
  get waiting(): boolean {
    return this.#asked.size > 0;
  }

  row(position: number): KnownRow | undefined {
    const at = position % blockRows;
    const rows = this.#anyBlock(Math.floor(position / blockRows));
    const row = rows?.rows[at];
    if (rows === undefined || row === undefined) return undefined;
    return { row, line: rows.lines?.[at], mark: rows.marks?.[at] };
  }

  /** A cell's text, perhaps cut; `missing` for a missing value; undefined where it is not known yet. */
  cell(position: number, column: number): { readonly text: string | undefined } | undefined {
    const key = keyOf(Math.floor(position / blockRows), Math.floor(column / blockColumns));
    const cells = this.#blocks.get(key)?.cells[position % blockRows];
    return cells && { text: cells[column % blockColumns] };
  }

  /** Asks for the blocks of what is seen, and once these are there for those above and below. */
  want(rows: Span, columns: Span): void {
    const near = blockRows / 2;
    const around = { from: Math.max(0, rows.from - near), to: rows.to + near };
    this.#wanted = [...new Set([...this.#keys(rows, columns), ...this.#keys(around, columns)])];
    this.#pump();
  }

  #keys(rows: Span, columns: Span): string[] {
    const keys: string[] = [];
    const to = Math.min(rows.to, this.#total);
    // A table of no columns has rows all the same.
    const lastColumn = Math.max(columns.to, columns.from + 1);
    for (let row = Math.floor(rows.from / blockRows); row * blockRows < to; row++) {
      for (
        let column = Math.floor(columns.from / blockColumns);
        column * blockColumns < lastColumn;
        column++
      ) {
        keys.push(keyOf(row, column));
      }
    }
    return keys;
  }

  #pump(): void {
    const missing = this.#wanted.filter((key) => !this.#blocks.has(key) && !this.#asked.has(key));
    for (const key of missing) {
      if (this.#asked.size >= limit.asked && !this.#giveUpOne()) return;
      this.#ask(key);
    }
  }

  /** Ends the wait for a block that nobody sees any more. Answers whether there was one. */
  #giveUpOne(): boolean {
    for (const [key, asked] of this.#asked) {
      if (this.#wanted.includes(key)) continue;
      asked.abort();
      this.#asked.delete(key);
      return true;
    }
    return false;
  }

  #ask(key: string): void {
    const asked = new AbortController();
    this.#asked.set(key, asked);
    const { ask, onRows, onFailure } = this.#options;
    ask(this.#block(key), asked.signal).then(
      (rows) => {
        if (asked.signal.aborted) return;
        this.#asked.delete(key);
        this.#keep(key, rows);
        onRows(rows);
        this.#pump();
      },
      (thrown: unknown) => {
        if (asked.signal.aborted) return;
        this.#asked.delete(key);
        onFailure(thrown);
      },
    );
  }

  #block(key: string): Block {
    const [row = 0, column = 0] = key.split(':').map(Number);
    const first = column * blockColumns;
    const columns = Math.max(0, Math.min(blockColumns, this.#columns - first));
    return {
      from: row * blockRows,
      to: Math.min((row + 1) * blockRows, Math.max(this.#total, row * blockRows)),
      columns: Array.from({ length: columns }, (_, at) => first + at),
    };
  }

  #keep(key: string, rows: GridRows): void {
    this.#total = rows.total;
    this.#blocks.set(key, rows);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= limit.kept) return;
      if (!this.#wanted.includes(oldest)) this.#blocks.delete(oldest);
    }
  }

  #anyBlock(row: number): GridRows | undefined {
    for (let column = 0; column === 0 || column * blockColumns < this.#columns; column++) {
      const rows = this.#blocks.get(keyOf(row, column));
      if (rows) return rows;
    }
    return undefined;
  }
}

function keyOf(row: number, column: number): string {
  return `${row}:${column}`;
}
