/**
 * Cross-validation: k trainings, each judged on the fold that it has not seen. Each runs its full schedule and is
 * judged by its last weights, since stopping early by the judging fold would be looking at the answers.
 */
import type { Metrics } from '../../protocol';
import type { Backend } from '../backends';
import type { TrainingControl } from './control';
import type { LearningData } from './dataset';
import { weightsState } from './learner';
import type { HeldOut } from '../tasks';
import { type FoldResults, NO_FOLDS, type SavedProgress, writeProgress } from './progress';
import type { RunLog } from './run-log';
import { everyPosition, TablePredictor } from './table-predictor';
import type { TableSubject } from './table-subject';
import { trainSubject } from './train-subject';
import type { LoopResult } from './training-loop';

export interface CrossValidation extends FoldResults {
  /** The training that did not come to its end, where one did not. */
  readonly cut?: { readonly subject: TableSubject; readonly result: LoopResult } | undefined;
}

export interface FoldsRequest {
  readonly backend: Backend;
  readonly control: TrainingControl;
  readonly log: RunLog;
  readonly data: LearningData;
  readonly from: SavedProgress | undefined;
}

export async function trainFolds(request: FoldsRequest): Promise<CrossValidation> {
  const { backend, control, log, data, from } = request;
  let done: FoldResults = from ?? NO_FOLDS;
  let stepsBefore = 0;
  for (const [fold, open] of data.folds.entries()) {
    const subject = open();
    const before = stepsBefore;
    stepsBefore += subject.task.steps;
    if (fold < done.folds.length) continue;
    log.begin(subject, `fold ${fold + 1} of ${data.folds.length}`);
    const result = await trainSubject({
      backend,
      control,
      log,
      subject,
      from: from?.fold === fold ? from.loop : undefined,
      keepRecords: false,
      save: async (loop) => {
        await log.requireLock();
        await writeProgress(log.runFolder, { ...done, fold, loop }, before);
      },
    });
    if (result.end === 'interrupted' || result.end === 'diverged')
      return { ...done, cut: { subject, result } };
    const judged = await judge(backend, subject, result.weights);
    if (result.end === 'stopped') {
      const final = { ...result.final, validation: judged.metrics };
      return { ...done, cut: { subject, result: { ...result, final } } };
    }
    done = { folds: [...done.folds, judged.metrics], heldOut: join(done.heldOut, judged.heldOut) };
  }
  return done;
}

/** Figures over all held-out rows together; undefined where there are no folds. */
export function measureTogether({ folds, heldOut }: FoldResults, data: LearningData): Metrics | undefined {
  if (folds.length === 0) return undefined;
  return data.subject.measureHeldOut?.(
    heldOut,
    folds.map(({ loss }) => loss),
  );
}

async function judge(
  backend: Backend,
  subject: TableSubject,
  weights: Float32Array,
): Promise<{ metrics: Metrics; heldOut: HeldOut }> {
  const { data, model } = subject;
  const { validation, target, task } = data;
  const state = weightsState(backend, weights);
  const predictor = await TablePredictor.open(backend, state, model, data);
  try {
    const positions = everyPosition(validation);
    const outputs = await predictor.predict(validation.x, positions);
    const { metrics } = task.measure(target, outputs, validation.y, false);
    return { metrics, heldOut: task.heldOut(target, outputs, validation.y) };
  } finally {
    predictor.dispose();
    state.dispose();
  }
}

function join(before: HeldOut, after: HeldOut): HeldOut {
  return {
    predicted: concatenate(before.predicted, after.predicted),
    actual: concatenate(before.actual, after.actual),
  };
}

function concatenate(a: Float64Array, b: Float64Array): Float64Array {
  const joined = new Float64Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
