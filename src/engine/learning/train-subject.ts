/** One training of one subject: the loop, with its records, samples and checkpoints going where they belong. */
import { joinSentences, LabError } from '../../protocol';
import type { Backend } from '../backends';
import { spans } from '../profiling';
import { overfitting } from './alerts';
import type { TrainingControl } from './control';
import type { RunLog } from './run-log';
import type { Sampler, Subject } from './subject';
import { learn, type LoopListener, type LoopResult, type LoopSave } from './training-loop';

/** Training time between two checkpoints, at least; and at most this share of the time goes into writing them. */
const CHECKPOINT_MS = 3_000;
const CHECKPOINT_SHARE = 0.05;

export interface SubjectTraining {
  readonly backend: Backend;
  readonly control: TrainingControl;
  readonly log: RunLog;
  readonly subject: Subject;
  readonly from: LoopSave | undefined;
  /** Whether records go to `metrics.jsonl`; those of folds do not. */
  readonly keepRecords: boolean;
  /** Writes a checkpoint. */
  readonly save: (progress: LoopSave) => Promise<void>;
}

/** Trains to an end. When it was interrupted or stopped, a checkpoint of the very last step has been written. */
export async function trainSubject(training: SubjectTraining): Promise<LoopResult> {
  const { backend, control, subject, from } = training;
  const { task, way } = subject;
  const listener = new SubjectListener(training);
  try {
    const result = await learn({ backend, task, way, control, listener, from });
    if (result.end === 'interrupted') await training.save(result);
    else if (result.end !== 'diverged') await listener.sample(result.state.step, result.weights);
    return result;
  } finally {
    listener.dispose();
  }
}

class SubjectListener implements LoopListener {
  #savedAt = performance.now();
  #saveMs = 0;
  #step = 0;
  #sampledStep = -1;
  #sampler: Sampler | undefined;

  constructor(private readonly training: SubjectTraining) {}

  progress(progress: Parameters<LoopListener['progress']>[0]): void {
    const { log, subject } = this.training;
    this.#step = progress.step;
    log.progress(progress, progress.step / subject.task.stepsPerEpoch);
  }

  async record(...[record, evaluation]: Parameters<LoopListener['record']>): Promise<void> {
    const { log, subject, keepRecords } = this.training;
    await log.record({ ...record, epoch: record.step / subject.task.stepsPerEpoch }, keepRecords);
    if (evaluation?.validation === undefined) return;
    log.alert(overfitting(log.history));
    log.judge(subject.headline(evaluation.validation));
  }

  stepDone(save: () => LoopSave): Promise<void> | undefined {
    const { sampling } = this.training.subject;
    const sampleDue = sampling !== undefined && this.#step % sampling.every === 0;
    const due = Math.max(CHECKPOINT_MS, this.#saveMs / CHECKPOINT_SHARE);
    const saveDue = performance.now() - this.#savedAt >= due;
    return sampleDue || saveDue ? this.#keep(save(), sampleDue, saveDue) : undefined;
  }

  /** A stop keeps a model in any case; where its checkpoint does not fit any more, the one before has to do. */
  async stopping(save: () => LoopSave): Promise<void> {
    const { log } = this.training;
    try {
      await spans.measure('phase', 'writing a checkpoint', () => this.training.save(save()));
    } catch (error) {
      const { code, message, advice } = LabError.from(error);
      if (code !== 'disk-full') throw error;
      log.note(`No checkpoint of the stop was kept. ${joinSentences(message, advice)}`);
    }
  }

  async paused(paused: boolean): Promise<void> {
    await this.training.log.setState(paused ? 'paused' : 'running');
  }

  /** Adds what the model writes by these weights; not twice for one step. */
  async sample(step: number, flat: Float32Array): Promise<void> {
    const { subject, backend, log } = this.training;
    if (subject.sampling === undefined || step === this.#sampledStep) return;
    this.#sampler ??= await subject.sampling.open(backend, flat);
    await log.addSample({ step, text: await this.#sampler.write(flat) });
    this.#sampledStep = step;
  }

  dispose(): void {
    this.#sampler?.dispose();
  }

  async #keep(progress: LoopSave, sampleDue: boolean, saveDue: boolean): Promise<void> {
    if (sampleDue) await this.sample(progress.state.step, progress.tensors.weights);
    if (!saveDue) return;
    const began = performance.now();
    await spans.measure('phase', 'writing a checkpoint', () => this.training.save(progress));
    this.#savedAt = performance.now();
    this.#saveMs = this.#savedAt - began;
  }
}
