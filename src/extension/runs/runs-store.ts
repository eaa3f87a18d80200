/** The runs of this window: listed by the engine, refreshed when a run.json changes, kept in the Lab's state. */
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { ListRuns, marksRows, type RunSummary, type TrainingSnapshot } from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel, SharedState } from '../lab/lab-model';
import type { RunsFolders } from './runs-folders';
import { samePath } from './same-path';

/** A training writes its run.json often: the list is read at most this often, ms. */
const interval = 1000;
/** So often in a row a list that could not be read is read again; each time the engine is started again. */
const retryLimit = 3;

export interface RunsStoreOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly folders: RunsFolders;
  readonly onFailure: (thrown: unknown) => void;
}

export class RunsStore implements Disposable {
  readonly #options: RunsStoreOptions;
  readonly #scope = new Scope();
  readonly #loaded = new vscode.EventEmitter<readonly RunSummary[]>();
  /** After the list was read for the first time. */
  readonly onDidLoad = this.#loaded.event;
  #watchers = new Scope();
  /** How the latest training of this window ended; the list on its way may have been read before. */
  #ended: RunSummary | undefined;
  #training: TrainingSnapshot | undefined;
  #first: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading = false;
  #again = false;
  #failures = 0;

  constructor(options: RunsStoreOptions) {
    this.#options = options;
    this.#scope.add(this.#loaded);
    this.#scope.add(options.model.onDidChange((state) => this.#follow(state)));
    this.#scope.add(
      options.folders.onDidChange(() => {
        if (this.#first) this.#watchAndRefresh();
      }),
    );
    this.#scope.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        if (this.#first) this.#watchAndRefresh();
      }),
    );
    this.#scope.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (this.#first && event.affectsConfiguration('modelLab.runsFolder')) this.#watchAndRefresh();
      }),
    );
  }

  /** Where runs of this window lie. */
  get folders(): string[] {
    return this.#options.folders.all();
  }

  get runs(): readonly RunSummary[] {
    return this.#options.model.state.runs;
  }

  /** Takes over how a training ended, which the list would tell a moment later. */
  end(summary: RunSummary): void {
    this.#ended = summary;
    this.#options.model.update({ runs: this.#current(withRun(this.runs, summary)) });
  }

  /** The list, read at the first call and kept current from then on. */
  async load(): Promise<readonly RunSummary[]> {
    this.#first ??= this.#start();
    await this.#first;
    return this.runs;
  }

  /** Reads the list again. */
  async refresh(): Promise<void> {
    if (!this.#first) {
      await this.load();
      return;
    }
    await this.#read();
  }

  find(folder: string): RunSummary | undefined {
    return this.runs.find((run) => run.folder === folder);
  }

  /** The newest run with a model that was trained on this file. */
  trainedOn(file: vscode.Uri): RunSummary | undefined {
    return this.runs.find(
      (run) => run.hasModel && marksRows(run.task) && samePath(run.datasetPath, file.fsPath),
    );
  }

  async #start(): Promise<void> {
    this.#watch();
    await this.#read();
    this.#loaded.fire(this.runs);
  }

  #watchAndRefresh(): void {
    this.#watch();
    this.#schedule();
  }

  #watch(): void {
    this.#watchers.dispose();
    this.#watchers = new Scope();
    for (const folder of this.#options.folders.all()) {
      const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), '*/run.json');
      const watcher = this.#watchers.add(vscode.workspace.createFileSystemWatcher(pattern));
      const schedule = () => this.#schedule();
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        this.#watchers.add(event(schedule));
      }
    }
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#read();
    }, interval);
  }

  async #read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#again = false;
        await this.#readOnce();
      } while (this.#isWantedAgain());
    } finally {
      this.#reading = false;
    }
  }

  /** Set by a call that came while the list was being read. */
  #isWantedAgain(): boolean {
    return this.#again;
  }

  async #readOnce(): Promise<void> {
    const { model, engine, folders, onFailure } = this.#options;
    try {
      const runsFolders = await existing(folders.all());
      // Without a folder there is no run, and no engine needs to be started to say so.
      const before = this.#ended;
      const runs = runsFolders.length === 0 ? [] : await engine.call(ListRuns, { runsFolders });
      // A training that ended meanwhile may be newer than this list; one that ended before stands in it, or is deleted.
      const isNewer = this.#ended !== undefined && this.#ended !== before;
      model.update({ runs: this.#current(isNewer ? withRun(runs, this.#ended) : runs) });
      this.#failures = 0;
    } catch (thrown) {
      onFailure(thrown);
      if (++this.#failures <= retryLimit) this.#schedule();
    }
  }

  /** The runs as they are now: what the window knows of its own training is newer than what the disk said. */
  #current(runs: readonly RunSummary[]): readonly RunSummary[] {
    const { training, status } = this.#options.model.state;
    const isTraining = status === 'training' || status === 'paused';
    return runs.map((run) => {
      if (run.folder === this.#ended?.folder && run.updated < this.#ended.updated) return this.#ended;
      if (!isTraining || run.folder !== training?.runFolder) return run;
      return { ...run, state: training.state, headline: training.headline ?? run.headline };
    });
  }

  /** A training that pauses or goes on says so in the list at once. */
  #follow({ training }: SharedState): void {
    const isSame =
      training?.runFolder === this.#training?.runFolder && training?.state === this.#training?.state;
    this.#training = training;
    if (isSame || !training) return;
    if (this.find(training.runFolder)) this.#options.model.update({ runs: this.#current(this.runs) });
    // A runs folder that appears just now is not always watched from its first moment on.
    else if (this.#first) this.#schedule();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watchers.dispose();
    this.#scope.dispose();
  }
}

/** The newest run comes first. */
function withRun(runs: readonly RunSummary[], run: RunSummary | undefined): readonly RunSummary[] {
  return run === undefined || runs.some(({ folder }) => folder === run.folder) ? runs : [run, ...runs];
}

async function existing(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map((folder) =>
      fs.stat(folder).then(
        (stat) => stat.isDirectory(),
        () => false,
      ),
    ),
  );
  return folders.filter((_, index) => found[index]);
}
