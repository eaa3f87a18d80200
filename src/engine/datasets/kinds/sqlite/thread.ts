/**
 * The code of the thread that reads a database. A damaged or hostile file, above all a view, may keep SQLite busy for as long
 * as it likes: whoever asked waits so long and then ends the thread. It runs from its text, and refers to nothing outside.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Database as Open, Statement } from 'node-sqlite3-wasm';

/** Where the library lies, and the database. */
export interface ThreadData {
  readonly module: string;
  readonly file: string;
}

export interface FoundTable {
  readonly name: string;
  readonly type: 'table' | 'view' | 'virtual';
  /** Of a view, 0 until it is opened. */
  readonly columns: number;
  /** As far as they were counted. */
  readonly rows?: number | undefined;
}

/** Values of one column: numbers with NaN for NULL where it has no others, or all as they are; `true` for binary data. */
export type ColumnChunk = Float64Array | readonly (number | bigint | string | null | true)[];

/** What the thread is asked; each question is answered once. */
export type ThreadQuestion =
  { readonly ask: 'tables' } | { readonly ask: 'open'; readonly table: string } | { readonly ask: 'rows' };

export type ThreadAnswer =
  | { readonly tables: readonly FoundTable[] }
  | { readonly columns: readonly string[] }
  | { readonly rows: number; readonly chunks: readonly ColumnChunk[] }
  /** SQLite's own words. */
  | { readonly failed: string };

export function answerQuestions(load: NodeJS.Require): void {
  const rowsAtOnce = 8192;
  /** ms that the rows of all tables may be counted for. */
  const counting = 1500;
  const { parentPort, workerData } = load('node:worker_threads') as {
    parentPort: MessagePort;
    workerData: ThreadData;
  };
  const files = load('node:fs') as { accessSync: (path: string, mode?: number) => void };
  const { Database } = load(workerData.module) as { Database: new (file: string) => Open };
  // The library takes its own lock for that of another program, and would leave an unfinished change as it is. Nobody else
  // knows the copy.
  const { accessSync } = files;
  files.accessSync = (path, mode) => {
    if (path.endsWith('.lock')) throw new Error('no other program has it locked');
    accessSync(path, mode);
  };
  let database: Open | undefined;
  let statement: Statement | undefined;
  let rows: Iterator<Record<string, unknown>> | undefined;
  let width = 0;

  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

  const open = (): Open => {
    if (database !== undefined) return database;
    database = new Database(workerData.file);
    // In this order: the index of a log of changes is kept in memory only by who is alone.
    database.exec('PRAGMA locking_mode=EXCLUSIVE');
    database.exec('PRAGMA trusted_schema=OFF');
    database.exec('PRAGMA cell_size_check=ON');
    database.all('SELECT count(*) FROM sqlite_schema');
    database.exec('PRAGMA query_only=ON');
    return database;
  };

  const tables = (): FoundTable[] => {
    const began = Date.now();
    const listed = open().all("SELECT name, type, ncol FROM pragma_table_list WHERE schema = 'main'") as {
      name: string;
      type: string;
      ncol: number;
    }[];
    return listed
      .filter(({ name, type }) => type !== 'shadow' && !name.startsWith('sqlite_'))
      .map(({ name, type, ncol }) => {
        const found = { name, type: type as FoundTable['type'], columns: ncol };
        if (type !== 'table' || Date.now() - began > counting) return found;
        try {
          const counted = open().get(`SELECT count(*) AS n FROM main.${quoted(name)}`);
          return { ...found, rows: Number(counted?.['n']) };
        } catch {
          // Said when it is read.
          return found;
        }
      });
  };

  const openTable = (table: string): string[] => {
    const info = open().all(`SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1`, [table]);
    const names = info.map(({ name }) => name as string);
    const cells = names.map(
      (name, at) => `CASE typeof(${quoted(name)}) WHEN 'blob' THEN x'' ELSE ${quoted(name)} END AS c${at}`,
    );
    width = names.length;
    if (width === 0) return names;
    statement = open().prepare(`SELECT ${cells.join(', ')} FROM main.${quoted(table)}`);
    rows = statement.iterate() as Iterator<Record<string, unknown>>;
    return names;
  };

  const nextRows = (): { rows: number; chunks: ColumnChunk[] } => {
    const found: (number | bigint | string | null | true)[][] = Array.from({ length: width }, () => []);
    const others = new Uint8Array(width);
    let count = 0;
    while (count < rowsAtOnce && rows !== undefined) {
      const next = rows.next();
      if (next.done === true) break;
      for (let at = 0; at < width; at++) {
        const value = next.value[`c${at}`];
        const column = found[at] as (number | bigint | string | null | true)[];
        if (value instanceof Uint8Array) {
          column.push(true);
          others[at] = 1;
        } else {
          column.push(value as number | bigint | string | null);
          if (value !== null && typeof value !== 'number') others[at] = 1;
        }
      }
      count++;
    }
    const chunks = found.map((column, at) =>
      others[at] === 1
        ? column
        : Float64Array.from(column, (value) => (value === null ? NaN : (value as number))),
    );
    return { rows: count, chunks };
  };

  parentPort.on('message', (question: ThreadQuestion) => {
    try {
      if (question.ask === 'tables') parentPort.postMessage({ tables: tables() });
      else if (question.ask === 'open') parentPort.postMessage({ columns: openTable(question.table) });
      else parentPort.postMessage(nextRows());
    } catch (thrown) {
      parentPort.postMessage({ failed: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  });
}
