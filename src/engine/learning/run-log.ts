/** What a training leaves of itself while it runs: `run.json`, `metrics.jsonl`, and snapshots for whoever watches. */
import {
  type Alert,
  type Headline,
  LabError,
  type MetricRecord,
  type RunFile,
  type RunState,
  type TrainingSnapshot,
} from '../../protocol';
import {
  appendLines,
  checkRunFile,
  HEARTBEAT_MS,
  HISTORY_LIMIT,
  type RunLock,
  runPaths,
  thinHistory,
  type WrittenSample,
  writeRunFile,
} from '../runs';
import { parameterCount } from '../models';
import type { Subject } from './subject';
import type { LoopProgress } from './training-loop';

const SNAPSHOT_MS = 100;

export class RunLog {
  #run: RunFile;
  #phase = '';
  #stepMs = 0;
  #rowsPerSecond = 0;
  #secondsLeft: number | undefined;
  #history: MetricRecord[];
  #sample: WrittenSample | undefined;
  #sentAt = 0;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    readonly runFolder: string,
    private readonly lock: RunLock,
    run: RunFile,
    private readonly onSnapshot: (snapshot: TrainingSnapshot) => void,
    history: readonly MetricRecord[] = [],
    sample?: WrittenSample,
  ) {
    this.#run = { ...run, locked: true };
    this.#history = [...history];
    this.#sample = sample;
    this.#heartbeat = setInterval(() => {
      // The next write that is awaited reports it.
      this.#write().catch((error: unknown) => (this.#failure = error));
    }, HEARTBEAT_MS).unref();
  }

  get run(): RunFile {
    return this.#run;
  }

  get history(): readonly MetricRecord[] {
    return this.#history;
  }

  /** LabError('invalid') when another process has taken over the run: nothing of it may be written any more. */
  requireLock(): Promise<void> {
    return this.lock.refresh();
  }

  /** Changes `run.json`, writes it and sends a snapshot. A change that could not be read again is not made. */
  async update(change: Partial<RunFile>): Promise<void> {
    const changed = { ...this.#run, ...change };
    checkRunFile(changed);
    this.#run = changed;
    this.send();
    await this.#write();
    this.#throwFailure();
  }

  setState(state: RunState): Promise<void> {
    return this.update({ state });
  }

  /** A word on what is being done; empty while plainly training. */
  setPhase(phase: string): void {
    this.#phase = phase;
    this.send();
  }

  progress(progress: LoopProgress, epoch: number): void {
    const seconds = progress.time / 1000;
    this.#run = { ...this.#run, step: progress.step, epoch, seconds };
    this.#stepMs = progress.stepMs;
    this.#rowsPerSecond = progress.examplesPerSecond;
    this.#secondsLeft = progress.secondsLeft;
    if (performance.now() - this.#sentAt >= SNAPSHOT_MS) this.send();
  }

  /** `keep`: also in `metrics.jsonl`. Folds of a cross-validation are shown only. */
  async record(record: MetricRecord, keep: boolean): Promise<void> {
    this.#history.push(record);
    if (this.#history.length > 10 * HISTORY_LIMIT) this.#history = thinHistory(this.#history);
    if (keep) await appendLines(runPaths(this.runFolder).metrics, [record]);
    this.#throwFailure();
  }

  /** A training begins: the model's own, or that of a fold, which starts with an empty history. */
  begin(subject: Subject, phase: string): void {
    const { task, epochs } = subject;
    this.#run = { ...this.#run, epochs, steps: task.steps, parameters: parameterCount(task.parameters) };
    if (phase !== '' || this.#phase !== '') this.#history = [];
    this.#phase = phase;
    this.send();
  }

  /** What the newest evaluation says. */
  judge(headline: Headline | undefined): void {
    if (headline !== undefined) this.#run = { ...this.#run, headline };
  }

  async addSample(sample: WrittenSample): Promise<void> {
    this.#sample = sample;
    await appendLines(runPaths(this.runFolder).samples, [sample]);
    this.send();
  }

  /** Adds a sentence on how the training went; it is written down with the next update. */
  note(note: string): void {
    this.#run = { ...this.#run, notes: [...this.#run.notes, note] };
  }

  /** Adds an alert once per code. */
  alert(alert: Alert | undefined): void {
    if (alert === undefined || this.#run.alerts.some(({ code }) => code === alert.code)) return;
    this.#run = { ...this.#run, alerts: [...this.#run.alerts, alert] };
    this.send();
  }

  send(): void {
    this.#sentAt = performance.now();
    this.onSnapshot(this.snapshot());
  }

  snapshot(): TrainingSnapshot {
    const run = this.#run;
    return {
      runFolder: this.runFolder,
      name: run.name,
      datasetPath: run.datasetPath,
      task: run.task,
      target: run.target,
      family: run.family,
      state: run.state,
      phase: this.#phase,
      epoch: run.epoch,
      epochs: run.epochs,
      step: run.step,
      steps: run.steps,
      rowsPerSecond: this.#rowsPerSecond,
      stepMs: this.#stepMs,
      secondsLeft: this.#secondsLeft,
      seconds: run.seconds,
      history: thinHistory(this.#history),
      headline: run.headline,
      alerts: run.alerts,
      sample: this.#sample,
    };
  }

  /** Ends the signs of life and gives the run free. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#writing.catch(() => undefined);
    await this.lock.release();
  }

  /** Writes one after the other, so that an older state never lands on a newer one. */
  #write(): Promise<void> {
    const write = this.#writing
      .catch(() => undefined)
      .then(async () => {
        await this.requireLock();
        this.#run = { ...this.#run, updated: new Date().toISOString() };
        await writeRunFile(this.runFolder, this.#run);
      });
    this.#writing = write;
    return write;
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw LabError.from(failure);
  }
}
