/**
 * One tab with a grid: opens the file in the engine, carries the page's questions there and the answers back, and opens it
 * anew where the file or the engine is another one. What is shown of it, the page decides.
 */
import * as vscode from 'vscode';
import {
  CancelledError,
  type Endpoint,
  type HandlerContext,
  LabError,
  type LabErrorData,
  type ReadingWishes,
  type RunSummary,
} from '../../protocol';
import { CloseGrid, type GridTable, OpenGrid, ReadGridCell } from '../../protocol/grid';
import {
  FromGridPage,
  type GridOpening,
  gridQuestions,
  type MarksShown,
  type ToGridPage,
} from '../../protocol/grid-page';
import { type Disposable, Scope } from '../disposal';
import { openDocument } from '../datasets/files';
import type { EngineCaller } from '../engine/caller';

export interface GridEngine extends EngineCaller {
  /** Process id of the engine that answers now. */
  readonly pid: number | undefined;
}

/** As much of a webview as a tab needs. */
export interface GridWebview {
  postMessage(message: unknown): unknown;
  onDidReceiveMessage(listener: (message: unknown) => void): Disposable;
}

export interface GridTabOptions {
  readonly gridId: string;
  readonly file: vscode.Uri;
  readonly webview: GridWebview;
  readonly engine: GridEngine;
  /** What is asked of the reading of the file. */
  readonly reading: () => ReadingWishes;
  /** The run that marks the file's rows; undefined: none. */
  readonly run: () => Promise<RunSummary | undefined>;
  readonly trusted: () => boolean;
  readonly log: (line: string) => void;
  /** The model of the run cannot judge the file. */
  readonly onUnmarked: (error: LabError) => void;
  readonly onChooseRun: () => void;
  readonly onHideMarks: () => void;
}

/** Opening again after the engine ended is tried this often in a row. */
const reopenLimit = 3;

interface Opened {
  readonly table: GridTable;
  readonly run: RunSummary | undefined;
}

export class GridTab implements Disposable {
  readonly #options: GridTabOptions;
  readonly #scope = new Scope();
  readonly #questions = new Map<number, AbortController>();
  #opening: AbortController | undefined;
  /** Settles when the engine has answered every opening. */
  #settled: Promise<unknown> = Promise.resolve();
  #opened: Opened | undefined;
  /** The engine that holds the grid. */
  #pid: number | undefined;
  #lost = 0;
  #ended = false;

  constructor(options: GridTabOptions) {
    this.#options = options;
    this.#scope.add(options.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
  }

  get file(): vscode.Uri {
    return this.#options.file;
  }

  /** Opens the file anew. The page keeps what was chosen in it. */
  open(reason: GridOpening): void {
    if (this.#ended) return;
    this.#opening?.abort();
    for (const question of this.#questions.values()) question.abort();
    this.#questions.clear();
    const opening = new AbortController();
    this.#opening = opening;
    this.#post({ type: 'opening', reason });
    const work = this.#open(opening.signal).then(
      (opened) => {
        if (opening.signal.aborted) return;
        this.#opening = undefined;
        this.#lost = 0;
        this.#opened = opened;
        this.#postOpened(reason, opened);
      },
      (thrown: unknown) => {
        if (!opening.signal.aborted) this.#onRefusal(LabError.from(thrown));
      },
    );
    this.#settled = Promise.all([this.#settled, work]);
  }

  showMarks(marks: MarksShown | undefined): void {
    this.#post({ type: 'showMarks', marks });
  }

  /** Closes the grid in the engine, also where it is still being opened there. */
  dispose(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#opening?.abort();
    for (const question of this.#questions.values()) question.abort();
    this.#scope.dispose();
    const { engine, gridId } = this.#options;
    void this.#settled.then(() => {
      // An engine that has ended has forgotten the grid, and none is started to be told.
      if (engine.pid === undefined) return;
      engine.call(CloseGrid, { gridId }).catch(() => undefined);
    });
  }

  async #open(signal: AbortSignal): Promise<Opened> {
    const { engine, file, gridId, onUnmarked } = this.#options;
    const document = openDocument(file);
    const question = {
      gridId,
      path: file.fsPath,
      text: document?.isDirty === true ? document.getText() : undefined,
      ...this.#options.reading(),
    };
    const ask = async (run: RunSummary | undefined): Promise<Opened> => {
      const runFolder = run?.folder;
      const table = await engine.call(OpenGrid, { ...question, runFolder }, { signal });
      this.#pid = engine.pid;
      return { table, run };
    };
    const run = await this.#options.run();
    if (signal.aborted) throw new CancelledError();
    if (run === undefined) return ask(undefined);
    try {
      return await ask(run);
    } catch (thrown) {
      if (thrown instanceof CancelledError || LabError.from(thrown).code === 'engine-gone') throw thrown;
      // Without the model the rows can be looked at: where that fails as well, it was not the model's fault.
      const opened = await ask(undefined);
      onUnmarked(LabError.from(thrown));
      return opened;
    }
  }

  #onRefusal(error: LabError): void {
    this.#opening = undefined;
    this.#opened = undefined;
    if (error.code === 'engine-gone' && ++this.#lost <= reopenLimit) {
      this.open('engine-ended');
      return;
    }
    this.#lost = 0;
    this.#post({ type: 'failed', error: error.toData() });
  }

  #receive(message: unknown): void {
    const checked = FromGridPage.safeParse(message);
    if (!checked.success) {
      this.#options.log(`A message of a grid's page was ignored: ${checked.error.message}`);
      return;
    }
    const { data } = checked;
    switch (data.type) {
      case 'ready':
        // A page that was loaded again is told of what is open already.
        if (this.#opened && this.#opening === undefined) this.#postOpened('first', this.#opened);
        else if (this.#opening === undefined) this.open('first');
        return;
      case 'tryAgain':
        this.open('asked');
        return;
      case 'request':
        void this.#answer(data);
        return;
      case 'cancel':
        this.#questions.get(data.id)?.abort();
        return;
      case 'copy':
        void this.#copy(data.row, data.column);
        return;
      case 'chooseRun':
        this.#options.onChooseRun();
        return;
      case 'hideMarks':
        this.#options.onHideMarks();
        return;
      case 'failure':
        this.#options.log(`A grid's page: ${data.message}`);
    }
  }

  async #answer({ id, method, params }: Extract<FromGridPage, { type: 'request' }>): Promise<void> {
    if (!this.#isHeld()) return;
    // The table of questions gives each name its own endpoint; that name and parameters belong together is checked here.
    const endpoint = gridQuestions[method] as Endpoint<unknown, unknown, unknown, unknown>;
    const checked = endpoint.params.safeParse({ ...params, gridId: this.#options.gridId });
    if (!checked.success) {
      this.#refuse(id, new LabError('invalid', `${method}: ${checked.error.message}`));
      return;
    }
    const question = new AbortController();
    this.#questions.set(id, question);
    const { signal } = question;
    const onProgress: HandlerContext<unknown>['progress'] = (value) =>
      this.#post({ type: 'progress', id, value });
    try {
      const result = await this.#options.engine.call(endpoint, checked.data, { signal, onProgress });
      if (!signal.aborted) this.#post({ type: 'answer', id, result });
    } catch (thrown) {
      if (signal.aborted || thrown instanceof CancelledError) return;
      this.#refuse(id, LabError.from(thrown));
    } finally {
      this.#questions.delete(id);
    }
  }

  /** Whether the engine that answers now is the one that holds the grid; else it is opened there. */
  #isHeld(): boolean {
    if (this.#opening !== undefined) return false;
    if (this.#options.engine.pid === this.#pid) return true;
    this.open('engine-ended');
    return false;
  }

  #refuse(id: number, error: LabError): void {
    if (error.code === 'engine-gone') {
      if (this.#opening === undefined) this.open('engine-ended');
      return;
    }
    this.#post({ type: 'refused', id, error: error.toData() });
  }

  async #copy(row: number, column: number): Promise<void> {
    const { engine, gridId, log } = this.#options;
    if (!this.#isHeld()) return;
    try {
      await vscode.env.clipboard.writeText(await engine.call(ReadGridCell, { gridId, row, column }));
    } catch (thrown) {
      log(`Copying a cell: ${LabError.from(thrown).message}`);
    }
  }

  #postOpened(reason: GridOpening, { table, run }: Opened): void {
    const { trusted } = this.#options;
    this.#post({
      ...{ type: 'opened', reason, table, trusted: trusted() },
      run: run && { name: run.name, task: run.task },
    });
  }

  #post(message: ToGridPage | { readonly type: 'failed' | 'refused'; readonly error: LabErrorData }): void {
    void this.#options.webview.postMessage(message);
  }
}
