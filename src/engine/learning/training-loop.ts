/**
 * The training loop. Task, settings and (to go on) a saved progress come in; records and progress leave through the
 * listener; the best weights are the result. It knows no display, no files and no clock but for measuring.
 *
 * Everything that a step depends on follows from seed and step number, or is in `LoopState`: a training that was cut
 * off and goes on has the same losses as one that was not.
 */
import type { Metrics } from '../../protocol';
import type { ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { initialWeights, parameterCount } from '../models';
import { spans } from '../profiling';
import type { TrainingControl } from './control';
import { RunningMedian } from './running-median';
import { type AdamWOptions, adamWSpecs } from './optimizer';
import { learningRate } from './schedule';
import { StepProgram } from './step-program';
import type { Evaluation, Evaluator, LearningTask } from './task';

export interface LoopSettings {
  readonly lr: number;
  readonly warmup: number;
  /** The last learning rate as a share of the highest. */
  readonly floor: number;
  /** Evaluations without a better validation loss before it ends early; 0: never. */
  readonly patience: number;
  readonly optimizer: AdamWOptions;
  readonly seed: number;
}

/** The numbers that go on from step to step, beside the tensors. Plain data. */
export interface LoopState {
  /** Steps done. */
  readonly step: number;
  /** Sum and number of the steps' losses since the last record. */
  readonly lossSum: number;
  readonly lossCount: number;
  /** The best validation loss and the step that reached it. */
  readonly best?: { readonly loss: number; readonly step: number } | undefined;
  /** Evaluations since the best one. */
  readonly waited: number;
  /** ms of training, pauses not counted. */
  readonly time: number;
}

export interface LoopTensors {
  readonly weights: Float32Array;
  readonly gradientSum: Float32Array;
  readonly squareSum: Float32Array;
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
  readonly lr: number;
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
  /** The kept weights: the best on the validation part, or the last where there is none. */
  readonly weights: Float32Array;
  /** Step of the kept weights. */
  readonly bestStep: number;
  /** Judges the kept weights; absent when interrupted, and when they are of no use. */
  readonly final: Evaluation | undefined;
}

export interface LoopRequest {
  readonly backend: Backend;
  readonly task: LearningTask;
  readonly settings: LoopSettings;
  readonly control: TrainingControl;
  readonly listener: LoopListener;
  readonly from?: LoopSave | undefined;
}

/** Trains until all steps are done, patience ends, the loss leaves the finite range, or somebody says so. */
export async function learn(request: LoopRequest): Promise<LoopResult> {
  const { backend, task, settings, from } = request;
  const state = backend.createState(adamWSpecs(parameterCount(task.parameters)), {
    weights: from?.tensors.weights ?? initialWeights(task.parameters, settings.seed),
    ...(from === undefined
      ? {}
      : { gradientSum: from.tensors.gradientSum, squareSum: from.tensors.squareSum }),
  });
  let step: StepProgram | undefined;
  let evaluator: Evaluator | undefined;
  try {
    step = await StepProgram.compile(backend, state, task, settings.optimizer);
    evaluator = await task.openEvaluator(backend, state);
    return await new Loop(request, state, step, evaluator).run();
  } finally {
    step?.dispose();
    evaluator?.dispose();
    state.dispose();
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
    private readonly state: ProgramState,
    private readonly step: StepProgram,
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

  /** One step of descent. False when its loss is not finite: the weights are of no use any more. */
  async #learnOnce(): Promise<boolean> {
    const { task } = this.request;
    const { step, lossSum, lossCount } = this.#state;
    const began = performance.now();
    const loss = await this.step.run(task.batch(step), step, this.#rate(step));
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
    const evaluation = await spans.measure('phase', 'evaluating', () => this.evaluator.evaluate('interim'));
    this.#evaluationMs.add(performance.now() - began);
    const loss = evaluation.validation?.loss;
    if (loss !== undefined) {
      const better = loss < (this.#state.best?.loss ?? Infinity);
      if (better) this.#best = this.#read('weights');
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
    await this.request.listener.record(
      {
        step,
        time,
        lr: this.#rate(step - 1),
        rowsPerSecond: examplesPerSecond,
        training: evaluation?.training ?? (lossCount > 0 ? { loss: lossSum / lossCount } : undefined),
        ...(evaluation?.validation === undefined ? {} : { validation: evaluation.validation }),
      },
      evaluation,
    );
  }

  /** Judges the kept weights. Weights that give no finite loss are not judged: the training has diverged. */
  async #finish(end: LoopEnd): Promise<LoopResult> {
    const result = this.#result(end);
    this.state.write('weights', result.weights);
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
      bestStep: state.best?.step ?? state.step,
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
    const { patience } = this.request.settings;
    return patience > 0 && this.#state.waited >= patience;
  }

  #rate(step: number): number {
    const { settings, task } = this.request;
    return learningRate({ ...settings, steps: task.steps }, step);
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
        weights: this.#read('weights'),
        gradientSum: this.#read('gradientSum'),
        squareSum: this.#read('squareSum'),
        ...(this.#best === undefined ? {} : { best: this.#best }),
      },
    };
  }

  #read(name: keyof LoopTensors): Float32Array {
    return this.state.read(name) as Float32Array;
  }

  /** Lets the process read its messages: runs of compiled programs do so by themselves, eager engines do not. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathed < BREATH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#breathed = performance.now();
  }
}
