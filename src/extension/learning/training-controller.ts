/**
 * The one training of this window: a learning process of its own, whose snapshots go into the Lab's state. When that
 * process dies, the run is resumed from its last checkpoint, with back-off and a limit.
 */
import * as vscode from 'vscode';
import {
  CancelledError,
  ControlTraining,
  type Experiment,
  LabError,
  ResumeTraining,
  type RunSummary,
  Train,
  type TrainingResult,
  type TrainingSnapshot,
} from '../../protocol';
import type { EngineProcess } from '../../protocol/client';
import type { Disposable } from '../disposal';
import type { LabModel } from '../lab/lab-model';
import { TimeLeft } from './time-left';

/** As VS Code's language clients: the fifth crash within three minutes is the last. */
const crashLimit = 5;
const crashWindowMs = 3 * 60_000;
const backOffMs = 250;

export interface TrainingOptions {
  readonly model: LabModel;
  readonly startEngine: () => Promise<EngineProcess>;
  /** Asks an engine for what it knows before it ends. */
  readonly beforeEnd: (engine: EngineProcess) => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** What a training begins with: a new experiment, or a run that goes on. */
export type TrainingJob =
  | {
      readonly kind: 'new';
      readonly experiment: Experiment;
      readonly runsFolder: string;
      readonly baseFolder: string;
      readonly datasetPath: string;
    }
  | { readonly kind: 'resume'; readonly runFolder: string; readonly datasetPath: string };

export class TrainingController implements Disposable {
  readonly #options: TrainingOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #finished = new vscode.EventEmitter<TrainingResult>();
  /** Started, paused, ended. */
  readonly onDidChange = this.#changed.event;
  readonly onDidFinish = this.#finished.event;
  #engine: EngineProcess | undefined;
  /** What is being trained. */
  #job: TrainingJob | undefined;
  /** Asked for before there was a process to ask. */
  #stopAsked = false;
  #paused = false;
  #ending = false;

  constructor(options: TrainingOptions) {
    this.#options = options;
  }

  get state(): 'running' | 'paused' | undefined {
    if (this.#job === undefined) return undefined;
    return this.#paused ? 'paused' : 'running';
  }

  /** Folder of the run that is being trained. */
  get runFolder(): string | undefined {
    return this.#job && this.#options.model.state.training?.runFolder;
  }

  /** The file that is being learnt. */
  get datasetPath(): string | undefined {
    return this.#job?.datasetPath;
  }

  /**
   * Trains to the end and answers with the finished run. Rejects with what the engine threw, and with
   * LabError('engine-gone') when it crashed too often.
   */
  async run(job: TrainingJob): Promise<TrainingResult> {
    if (this.#job !== undefined) {
      throw new LabError('invalid', 'A training is running already.', { advice: 'Stop it first.' });
    }
    this.#job = job;
    this.#stopAsked = false;
    this.#paused = false;
    this.#ending = false;
    this.#options.model.update({
      ...{ training: undefined, opened: undefined, stage: 'learn', stopping: false, notice: undefined },
    });
    this.#changed.fire();
    try {
      const result = await this.#untilDone(job);
      this.#options.model.update({ training: result.snapshot, opened: result.summary });
      this.#finished.fire(result);
      return result;
    } catch (thrown) {
      const { training } = this.#options.model.state;
      if (training && !(thrown instanceof CancelledError)) {
        this.#options.model.update({ training: { ...training, state: 'failed' } });
      }
      throw thrown;
    } finally {
      this.#job = undefined;
      this.#options.model.update({ stopping: false });
      this.#changed.fire();
    }
  }

  /** Pauses, goes on or stops (the best weights are kept). Nothing to do when nothing runs. */
  async control(action: 'pause' | 'continue' | 'stop'): Promise<void> {
    if (action === 'stop' && this.#job !== undefined) {
      this.#stopAsked = true;
      this.#options.model.update({ stopping: true });
    }
    const engine = this.#engine;
    if (!engine) return;
    await engine.call(ControlTraining, { action });
    if (action !== 'stop') this.#paused = action === 'pause';
    this.#changed.fire();
  }

  /** Shows what is on disk of a training that was cut short: failed, or waiting to be resumed. */
  settle(run: RunSummary): void {
    const { training } = this.#options.model.state;
    if (this.#job !== undefined || training?.runFolder !== run.folder) return;
    this.#options.model.update({ training: { ...training, state: run.state }, opened: run });
  }

  /** Lets the learning process write its checkpoint and ends it. */
  async end(): Promise<void> {
    this.#ending = true;
    await this.#engine?.dispose();
  }

  dispose(): void {
    this.#ending = true;
    this.#changed.dispose();
    this.#finished.dispose();
  }

  async #untilDone(first: TrainingJob): Promise<TrainingResult> {
    const crashes: number[] = [];
    for (let job = first; ;) {
      try {
        return await this.#once(job);
      } catch (thrown) {
        const error = LabError.from(thrown);
        const runFolder =
          job.kind === 'resume' ? job.runFolder : this.#options.model.state.training?.runFolder;
        if (error.code !== 'engine-gone' || this.#ending || runFolder === undefined) throw error;
        const now = Date.now();
        crashes.push(now);
        const recent = crashes.filter((time) => now - time < crashWindowMs).length;
        this.#options.log.error(`The learning engine crashed (${recent} of ${crashLimit}): ${error.message}`);
        if (recent >= crashLimit) {
          throw new LabError('engine-gone', `The training crashed ${recent} times and was given up.`, {
            advice: 'Its last checkpoint is kept: look into the engine log, then resume the run.',
            cause: error,
          });
        }
        this.#options.model.update({
          notice: {
            severity: 'warning',
            message:
              'The training process ended unexpectedly; the training goes on from its last checkpoint.',
            advice: 'The engine log tells why.',
          },
        });
        await new Promise((resolve) => setTimeout(resolve, backOffMs * 2 ** (recent - 1)));
        job = { kind: 'resume', runFolder, datasetPath: first.datasetPath };
      }
    }
  }

  async #once(job: TrainingJob): Promise<TrainingResult> {
    const engine = await this.#options.startEngine();
    this.#engine = engine;
    const timeLeft = new TimeLeft();
    const onProgress = (snapshot: TrainingSnapshot) => {
      const paused = snapshot.state === 'paused';
      this.#options.model.update({ training: timeLeft.steady(snapshot, performance.now()) });
      if (paused !== this.#paused) {
        this.#paused = paused;
        this.#changed.fire();
      }
    };
    try {
      if (this.#ending) throw new LabError('engine-gone', 'The window is closing.');
      if (this.#stopAsked) throw new CancelledError();
      if (job.kind === 'resume') {
        return await engine.call(ResumeTraining, { runFolder: job.runFolder }, { onProgress });
      }
      const { experiment, runsFolder, baseFolder } = job;
      return await engine.call(Train, { experiment, runsFolder, baseFolder }, { onProgress });
    } finally {
      this.#engine = undefined;
      void this.#options.beforeEnd(engine).finally(() => engine.dispose());
    }
  }
}
