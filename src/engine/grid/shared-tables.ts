/** Tables that grids look at: one for all grids that show the same unchanged file in the same way, gone with the last of them. */
import { CancelledError } from '../../protocol/endpoint';
import { type FileState, hasMoved, type Table } from '../datasets';
import { GridColumns } from './grid-columns';

/** A table with what tells whether its file is still the same. */
export interface OpenedTable {
  readonly table: Table;
  /** Some of its rows, or all. */
  readonly sample: Table;
  /** The name of its kind of dataset. */
  readonly source: string;
  readonly bytes: number;
  /** Undefined for an editor's text. */
  readonly state?: FileState | undefined;
}

export interface SharedTable extends OpenedTable {
  readonly columns: GridColumns;
  /** To be called once by each who has got it. */
  release(): void;
}

export interface AskedTable {
  /** The file and how it is read; undefined for what nobody else shows. */
  readonly key?: string | undefined;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly open: () => Promise<OpenedTable>;
}

interface Entry {
  readonly opened: Promise<OpenedTable & { readonly columns: GridColumns }>;
  uses: number;
}

export class SharedTables {
  readonly #entries = new Map<string | symbol, Entry>();

  /** Tables that are held. */
  get size(): number {
    return this.#entries.size;
  }

  /** Opened anew where the file has changed since. CancelledError where the signal ends it. */
  async open(asked: AskedTable): Promise<SharedTable> {
    const { key = Symbol(asked.path), path, signal, open } = asked;
    const known = this.#entries.get(key);
    if (known !== undefined && (await isUnchanged(path, known)) && this.#entries.get(key) === known) {
      return this.#take(key, known);
    }
    if (signal.aborted) throw new CancelledError();
    const opened = open().then((table) => ({ ...table, columns: new GridColumns(table.table) }));
    const entry: Entry = { opened, uses: 0 };
    this.#entries.set(key, entry);
    return this.#take(key, entry);
  }

  async #take(key: string | symbol, entry: Entry): Promise<SharedTable> {
    entry.uses++;
    const leave = (): void => {
      if (--entry.uses === 0 && this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    try {
      return { ...(await entry.opened), release: leave };
    } catch (thrown) {
      leave();
      throw thrown;
    }
  }
}

/** Also waits for what others are opening: what they give up is opened anew. */
async function isUnchanged(path: string, { opened }: Entry): Promise<boolean> {
  try {
    const { state } = await opened;
    return state === undefined || !(await hasMoved(path, state));
  } catch {
    return false;
  }
}
