/** Asks the thread that reads a database, and ends it where it does not answer. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LabError } from '../../../../protocol/errors';
import {
  answerQuestions,
  type ColumnChunk,
  type FoundTable,
  type ThreadAnswer,
  type ThreadData,
  type ThreadQuestion,
} from './thread';

/** ms for some thousands of rows, which take a hundredth of a second; a view may have to sort or join first. */
const PATIENCE = 30_000;
/** MiB of JavaScript's memory in the thread, which holds some thousands of rows at a time. */
const HEAP = 1024;

export class DatabaseReader {
  readonly #thread: Worker;
  readonly #path: string | undefined;
  readonly #patience: number;

  /** `file`: a copy that nobody else knows. `path`: of the database itself, for messages. */
  constructor(file: string, path: string | undefined, patience = PATIENCE) {
    this.#path = path;
    this.#patience = patience;
    const base = typeof __filename === 'string' ? __filename : join(process.cwd(), 'engine.cjs');
    const data: ThreadData = { module: createRequire(base).resolve('node-sqlite3-wasm'), file };
    this.#thread = new Worker(`(${answerQuestions.toString()})(require)`, {
      eval: true,
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    });
    this.#thread.unref();
  }

  /** Tables and views, in the order of the schema. LabError('dataset') for what is no database, or a damaged one. */
  async tables(): Promise<readonly FoundTable[]> {
    const answer = await this.#ask({ ask: 'tables' });
    return 'tables' in answer ? answer.tables : [];
  }

  /** The names of the columns, then the rows in pieces, each with the values of every column. LabError('dataset') */
  async open(table: string): Promise<readonly string[]> {
    const answer = await this.#ask({ ask: 'open', table }, table);
    return 'columns' in answer ? answer.columns : [];
  }

  async *rows(
    table: string,
  ): AsyncGenerator<{ readonly rows: number; readonly chunks: readonly ColumnChunk[] }> {
    for (let read = 0; ;) {
      const answer = await this.#ask({ ask: 'rows' }, table, read);
      if (!('chunks' in answer) || answer.rows === 0) return;
      read += answer.rows;
      yield answer;
    }
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  async #ask(question: ThreadQuestion, table?: string, read = 0): Promise<ThreadAnswer> {
    const answer = await this.#answer(question, table);
    if ('failed' in answer) throw failure(answer.failed, this.#path, table, read);
    return answer;
  }

  #answer(question: ThreadQuestion, table: string | undefined): Promise<ThreadAnswer> {
    const thread = this.#thread;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        thread.off('message', answered).off('error', failed).off('exit', ended);
      };
      const answered = (answer: ThreadAnswer): void => {
        done();
        resolve(answer);
      };
      const failed = (error: Error): void => {
        done();
        reject(failure(error.message, this.#path, table, 0));
      };
      const ended = (): void => failed(new Error('the thread that read it ended'));
      const timer = setTimeout(() => {
        done();
        reject(tooSlow(this.#patience, this.#path, table));
      }, this.#patience);
      thread.on('message', answered).on('error', failed).on('exit', ended);
      thread.postMessage(question);
    });
  }
}

/** From SQLite's words to ours. */
function failure(words: string, path: string | undefined, table: string | undefined, read: number): LabError {
  const place = { path };
  if (/not a database|encrypted/iu.test(words)) return noDatabase(path);
  if (/malformed|corrupt|disk I\/O|database disk image/iu.test(words)) {
    const where = table === undefined ? '' : ` The table "${table}" can be read up to row ${read} at most.`;
    return new LabError('dataset', `The database is damaged or cut short.${where}`, {
      advice: 'Fetch it again where it comes from, or rescue it with ".recover" of the program sqlite3.',
      place,
    });
  }
  const what = table === undefined ? 'The database' : `"${table}" of the database`;
  return new LabError('dataset', `${what} cannot be read: ${words.slice(0, 300)}.`, {
    advice: 'Choose another table, or write its rows to a table of their own (CREATE TABLE … AS SELECT …).',
    place,
  });
}

export function noDatabase(path: string | undefined): LabError {
  return new LabError('dataset', 'The file is no SQLite database, or it is encrypted.', {
    advice: 'Choose another file, or write the database out without encryption.',
    place: { path },
  });
}

function tooSlow(patience: number, path: string | undefined, table: string | undefined): LabError {
  const what = table === undefined ? 'The database' : `"${table}" of the database`;
  return new LabError('dataset', `${what} gives no rows within ${patience / 1000} s: it is not read.`, {
    advice: 'Write its rows to a table of their own (CREATE TABLE … AS SELECT …), and choose that.',
    place: { path },
  });
}
