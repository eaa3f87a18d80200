/**
 * The training loop. Task, settings and (to go on) a saved progress come in; records and progress leave through the
 * listener; the best weights are the result. It knows no display, no files and no clock but for measuring.
 *
 * Everything that a step depends on follows from seed and step number, or is in `LoopState`: a training that was cut
 * off and goes on has the same losses as one that was not.
 */
import type { Metrics } from '../../protocol';
import type { Backend } from '../backends';
import { spans } from '../profiling';
import type { TrainingControl } from './control';
import type { Learner, LearnerTensors, LearningWay } from './learner';
import { RunningMedian } from './running-median';
import type { Evaluation, Evaluator, LearningTask } from './task';

/** The numbers that go on from step to step, beside the tensors. Plain data. */
export interface LoopState {
  /** Steps done. */
  readonly step: number;
  /** Sum of the steps' losses since the last record, and the number of steps; 0 where steps have no loss. */
  readonly lossSum: number;
  readonly lossCount: number;
  /** The best validation loss and the step that reached it. */
  readonly best?: { readonly loss: number; readonly step: number } | undefined;
  /** Evaluations since the best one. */
  readonly waited: number;
  /** ms of training, pauses not counted. */
  readonly time: number;
}

export interface LoopTensors extends LearnerTensors {
  /** The weights of `LoopState.best`. */
  readonly best?: Float32Array | undefined;
}

/** All that is needed to go on from here. */
export interface LoopSave {
  readonly state: LoopState;
  readonly tensors: LoopTensors;
}

export interface LoopProgress extends LoopState {
  readonly stepMs: number;
  readonly examplesPerSecond: number;
  readonly secondsLeft: number | undefined;
}

export interface LoopRecord {
  readonly step: number;
  readonly time: number;
  /** Absent where there is no learning rate. */
  readonly lr?: number | undefined;
  readonly rowsPerSecond: number;
  readonly training?: Metrics | undefined;
  readonly validation?: Metrics | undefined;
}

/** Takes what the loop tells. Promises are awaited: a failure in one ends the training. */
export interface LoopListener {
  /** After every step; must be quick. */
  progress(progress: LoopProgress): void;
  record(record: LoopRecord, evaluation: Evaluation | undefined): Promise<void>;
  /** After every step, when its records are written: the place for checkpoints and samples. `save` makes copies. */
  stepDone(save: () => LoopSave): Promise<void> | undefined;
  /**
   * Somebody stops it: before the evaluation that a stop adds, of which a training that goes on from here must not know,
   * or it would have other losses than one that was never stopped.
   */
  stopping(save: () => LoopSave): Promise<void>;
  /** Before waiting, and after. */
  paused(paused: boolean): Promise<void>;
}

export type LoopEnd = 'finished' | 'early' | 'stopped' | 'interrupted' | 'diverged';

export interface LoopResult extends LoopSave {
  readonly end: LoopEnd;
  /** The kept weights: the best on the validation part where the way of learning keeps those, else the last. */
  readonly weights: Float32Array;
  /** Step of the kept weights. */
  readonly bestStep: number;
  /** Judges the kept weights; absent when interrupted, and when they are of no use. */
  readonly final: Evaluation | undefined;
}

export interface LoopRequest {
  readonly backend: Backend;
  readonly task: LearningTask;
  readonly way: LearningWay;
  readonly control: TrainingControl;
  readonly listener: LoopListener;
  readonly from?: LoopSave | undefined;
}

/** Trains until all steps are done, patience ends, the loss leaves the finite range, or somebody says so. */
export async function learn(request: LoopRequest): Promise<LoopResult> {
  const { backend, task, way, from } = request;
  const learner = await way.open(backend, from?.tensors);
  let evaluator: Evaluator | undefined;
  try {
    evaluator = await task.openEvaluator(backend, learner.state);
    return await new Loop(request, learner, evaluator).run();
  } finally {
    evaluator?.dispose();
    learner.dispose();
  }
}

const FRESH: LoopState = { step: 0, lossSum: 0, lossCount: 0, waited: 0, time: 0 };
/** Longest time without letting messages in, for engines that compute without waiting. */
const BREATH_MS = 50;

class Loop {
  #state: LoopState;
  #best: Float32Array | undefined;
  /** When the present stretch of training began, less the time before it. */
  #started: number;
  #breathed = performance.now();
  readonly #stepMs = new RunningMedian(31);
  readonly #evaluationMs = new RunningMedian(7);

  constructor(
    private readonly request: LoopRequest,
    private readonly learner: Learner,
    private readonly evaluator: Evaluator,
  ) {
    this.#state = request.from?.state ?? FRESH;
    this.#best = request.from?.tensors.best;
    this.#started = performance.now() - this.#state.time;
  }

  async run(): Promise<LoopResult> {
    const { task, control, listener } = this.request;
    while (this.#state.step < task.steps && !this.#outOfPatience()) {
      if (control.paused) await this.#waitWhilePaused();
      if (control.wish !== 'go') break;
      if (!(await this.#learnOnce())) return this.#finish('diverged');
      const { step } = this.#state;
      if (step % task.evaluateEvery === 0 || step === task.steps) await this.#evaluate();
      else if (task.recordEvery > 0 && step % task.recordEvery === 0) await this.#record(undefined);
      listener.progress(this.#progress());
      await listener.stepDone(() => this.#save());
      await this.#breathe();
    }
    if (this.#state.step >= task.steps) return this.#finish('finished');
    if (this.#outOfPatience()) return this.#finish('early');
    if (control.wish === 'interrupt') return this.#result('interrupted');
    await listener.stopping(() => this.#save());
    if (this.#state.lossCount > 0) await this.#evaluate();
    return this.#finish('stopped');
  }

  /** One step. False when its loss is not finite: the weights are of no use any more. */
  async #learnOnce(): Promise<boolean> {
    const { step, lossSum, lossCount } = this.#state;
    const began = performance.now();
    const loss = (await this.learner.step(step)) ?? 0;
    this.#stepMs.add(performance.now() - began);
    if (!Number.isFinite(loss)) return false;
    this.#state = {
      ...this.#state,
      step: step + 1,
      lossSum: lossSum + loss,
      lossCount: lossCount + 1,
      time: performance.now() - this.#started,
    };
    return true;
  }

  async #evaluate(): Promise<void> {
    const began = performance.now();
    this.learner.present();
    const evaluation = await spans.measure('phase', 'evaluating', () => this.evaluator.evaluate('interim'));
    this.#evaluationMs.add(performance.now() - began);
    const loss = evaluation.validation?.loss;
    if (loss !== undefined) {
      const better = loss < (this.#state.best?.loss ?? Infinity);
      if (better && this.request.way.keeps === 'best') {
        this.#best = this.learner.state.read('weights') as Float32Array;
      }
      this.#state = {
        ...this.#state,
        ...(better
          ? { best: { loss, step: this.#state.step }, waited: 0 }
          : { waited: this.#state.waited + 1 }),
      };
    }
    await this.#record(evaluation);
  }

  /** Writes down the mean loss of the steps since the last record, and what an evaluation found. */
  async #record(evaluation: Evaluation | undefined): Promise<void> {
    const { step, lossSum, lossCount } = this.#state;
    const time = performance.now() - this.#started;
    this.#state = { ...this.#state, lossSum: 0, lossCount: 0, time };
    const { examplesPerSecond } = this.#progress();
    const rate = this.learner.rate(step - 1);
    const hasLosses = rate !== undefined && lossCount > 0;
    await this.request.listener.record(
      {
        step,
        time,
        ...(rate === undefined ? {} : { lr: rate }),
        rowsPerSecond: examplesPerSecond,
        training: evaluation?.training ?? (hasLosses ? { loss: lossSum / lossCount } : undefined),
        ...(evaluation?.validation === undefined ? {} : { validation: evaluation.validation }),
      },
      evaluation,
    );
  }

  /** Judges the kept weights. Weights that give no finite loss are not judged: the training has diverged. */
  async #finish(end: LoopEnd): Promise<LoopResult> {
    const result = this.#result(end);
    this.learner.state.write('weights', result.weights);
    const final = await spans.measure('phase', 'judging the kept weights', () =>
      this.evaluator.evaluate('final'),
    );
    const losses = [final.training?.loss ?? 0, final.validation?.loss ?? 0];
    return losses.every(Number.isFinite) ? { ...result, final } : { ...result, end: 'diverged' };
  }

  #result(end: LoopEnd): LoopResult {
    const { tensors, state } = this.#save();
    return {
      end,
      state,
      tensors,
      weights: this.#best ?? tensors.weights,
      bestStep: (this.#best === undefined ? undefined : state.best?.step) ?? state.step,
      final: undefined,
    };
  }

  async #waitWhilePaused(): Promise<void> {
    const { control, listener } = this.request;
    await listener.paused(true);
    const began = performance.now();
    await control.settled();
    this.#started += performance.now() - began;
    await listener.paused(false);
  }

  #outOfPatience(): boolean {
    const { patience } = this.request.way;
    return patience > 0 && this.#state.waited >= patience;
  }

  #progress(): LoopProgress {
    const { task } = this.request;
    const stepMs = this.#stepMs.value ?? 0;
    const left = task.steps - this.#state.step;
    const evaluations = Math.ceil(left / task.evaluateEvery);
    const leftMs = left * stepMs + evaluations * (this.#evaluationMs.value ?? stepMs);
    return {
      ...this.#state,
      stepMs,
      examplesPerSecond: stepMs > 0 ? (1000 * task.examplesPerStep) / stepMs : 0,
      secondsLeft: stepMs > 0 ? leftMs / 1000 : undefined,
    };
  }

  #save(): LoopSave {
    return {
      state: this.#state,
      tensors: {
        ...this.learner.tensors(),
        ...(this.#best === undefined ? {} : { best: this.#best }),
      },
    };
  }

  /** Lets the process read its messages: runs of compiled programs do so by themselves, eager engines do not. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathed < BREATH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#breathed = performance.now();
  }
}
