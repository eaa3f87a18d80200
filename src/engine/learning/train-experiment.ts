/** From an experiment to a run with a model in it: prepares, trains (folds first), keeps what was learnt. */
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import {
  CancelledError,
  type Experiment,
  LabError,
  MetricRecord,
  type ProviderWish,
  type RunFile,
  type TrainingResult,
  type TrainingSnapshot,
} from '../../protocol';
import type { Backend } from '../backends';
import { toWeightTensors } from '../models';
import { spans } from '../profiling';
import {
  createRunFolder,
  deleteCheckpoints,
  isActive,
  prepareRunsFolder,
  readExperiment,
  readRunFile,
  requireOwnFolders,
  RunLock,
  runPaths,
  saveModel,
  summariseRun,
  truncateLines,
  type WeightTensor,
  writeFileAtomically,
  writeRunFile,
  WrittenSample,
} from '../runs';
import { providerRefused, slowerEngine } from './alerts';
import { chooseProvider, wishAfterBreak } from './choose-provider';
import type { TrainingControl } from './control';
import { measureTogether, trainFolds } from './cross-validation';
import { type LearningData, readLearningData, requireSameData, requireSamePreparation } from './dataset';
import { DatasetWatch } from './dataset-watch';
import {
  type FoldResults,
  readProgress,
  requireOwnProgress,
  type SavedProgress,
  writeProgress,
} from './progress';
import { describeSubject, environmentOf, firstRunFile, nameOf } from './run-description';
import { readingWatch } from './reading-watch';
import { RunLog } from './run-log';
import type { Subject } from './subject';
import { trainSubject } from './train-subject';
import type { LoopResult, LoopSave } from './training-loop';

export interface TrainingSession {
  readonly backend: Backend;
  readonly control: TrainingControl;
  /** At most ten a second, whole, and one more at the end. */
  readonly onSnapshot: (snapshot: TrainingSnapshot) => void;
  /** Cancels by an interruption: the run can be resumed. */
  readonly signal?: AbortSignal | undefined;
}

export interface TrainRequest extends TrainingSession {
  readonly experiment: Experiment;
  readonly runsFolder: string;
  /** Folder that a relative dataset path starts from. */
  readonly baseFolder: string;
}

/**
 * Creates a run and trains it. Resolves when it is finished, stopped or interrupted; rejects with a LabError, having
 * marked the run as failed. Data that cannot be learnt from leaves no run behind.
 */
export async function trainExperiment(request: TrainRequest): Promise<TrainingResult> {
  await prepareRunsFolder(request.runsFolder);
  const path = resolve(request.baseFolder, request.experiment.dataset.path);
  const experiment = { ...request.experiment, dataset: { ...request.experiment.dataset, path } };
  const name = experiment.name ?? nameOf(experiment);
  const first = firstRunFile(name, experiment);
  const runFolder = await createRunFolder(request.runsFolder, name, experiment, first);
  const lock = await RunLock.take(runFolder).catch(async (error: unknown) => {
    await rm(runFolder, { recursive: true, force: true });
    throw error;
  });
  const log = new RunLog(runFolder, lock, first, request.onSnapshot);
  let data: LearningData;
  try {
    log.setPhase(`reading ${basename(path)}`);
    await log.update({});
    data = await readLearningData(
      experiment,
      readingWatch(request.control, request.signal, (phase) => log.setPhase(phase)),
    );
    const dataset = { ...experiment.dataset, ...data.reading, sha256: data.mark.sha256 };
    const known = { ...experiment, dataset };
    await writeFileAtomically(runPaths(runFolder).experiment, JSON.stringify(known, undefined, 2) + '\n');
  } catch (error) {
    await log.close();
    await rm(runFolder, { recursive: true, force: true });
    throw error instanceof CancelledError ? error : LabError.from(error);
  }
  return train(request, log, data, experiment.provider, undefined);
}

/**
 * Goes on from the run's last checkpoint (from the beginning when there is none yet), with the same losses as if it
 * had never been interrupted. LabError('invalid') when it is being trained or finished, LabError('mismatch') when the
 * dataset has changed.
 */
export async function resumeTraining(
  request: TrainingSession & { readonly runFolder: string },
): Promise<TrainingResult> {
  const { runFolder } = request;
  const lock = await takeResumable(runFolder);
  try {
    // Again: until the lock was taken another process may have gone on with it.
    const [run, experiment] = await Promise.all([readRunFile(runFolder), readExperiment(runFolder)]);
    requireUnfinished(run, runFolder);
    requireSamePreparation(run);
    const data = await readLearningData(
      experiment,
      readingWatch(request.control, request.signal, () => undefined),
    );
    requireSameData(experiment, data.mark.sha256);
    const progress = await readProgress(runFolder);
    if (progress !== undefined) {
      const subject = progress.fold === undefined ? data.subject : data.folds[progress.fold]?.();
      requireOwnProgress(progress, subject, runFolder);
    }
    const paths = runPaths(runFolder);
    const { step: done = 0, time = 0, lossCount = 0 } = progress?.loop.state ?? {};
    const reached = progress?.fold === undefined ? done : 0;
    // Losses that are not recorded yet: a record of that step is of a stop's own evaluation.
    const recorded = lossCount > 0 ? reached - 1 : reached;
    const history = await truncateLines(paths.metrics, MetricRecord, ({ step }) => step <= recorded);
    const samples = await truncateLines(paths.samples, WrittenSample, ({ step }) => step <= reached);
    // Read with the lock in hand, the state is the one that the process before left behind.
    const { wish, alert } = wishAfterBreak(run, experiment.provider);
    const alerts = alert === undefined ? [] : [alert];
    const at = { step: done, seconds: time / 1000, epoch: done / data.subject.task.stepsPerEpoch };
    const mine: RunFile = { ...run, ...at, state: 'preparing', pid: process.pid, host: hostname(), alerts };
    delete mine.error;
    await writeRunFile(runFolder, mine);
    const log = new RunLog(runFolder, lock, mine, request.onSnapshot, history, samples.at(-1));
    return await train(request, log, data, wish, progress);
  } finally {
    await lock.release();
  }
}

async function train(
  session: TrainingSession,
  log: RunLog,
  data: LearningData,
  provider: ProviderWish,
  progress: SavedProgress | undefined,
): Promise<TrainingResult> {
  const { control, signal } = session;
  const interrupt = (): void => control.interrupt();
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  const watch = new DatasetWatch(data.mark, interrupt);
  try {
    const { descent } = data.subject.way;
    const isTrial = descent !== undefined && provider !== 'cpu';
    if (isTrial) log.setPhase(`trying ${provider === 'auto' ? 'devices' : provider}`);
    const { backend, notes, refused } = await chooseProvider(session.backend, provider, descent);
    log.setPhase('');
    await log.update({
      state: 'running',
      ...describeSubject(data.subject),
      notes: [...data.subject.notes, ...notes],
      environment: environmentOf(backend),
    });
    log.alert(slowerEngine(backend));
    log.alert(data.subject.alert);
    if (refused !== undefined) log.alert(providerRefused(refused));
    const folds = await trainFolds({ backend, control, log, data, from: progress });
    const { subject, result } = folds.cut ?? (await trainModel(backend, control, log, data, folds, progress));
    watch.requireUnchanged();
    await keep(log, data, folds, subject, result, watch);
  } catch (error) {
    const known = LabError.from(error);
    await markFailed(log, known);
    throw known;
  } finally {
    watch.close();
    signal?.removeEventListener('abort', interrupt);
    await log.close();
  }
  return { summary: await summariseRun(log.runFolder), snapshot: log.snapshot() };
}

/** The model that is kept, on the ordinary split. */
async function trainModel(
  backend: Backend,
  control: TrainingControl,
  log: RunLog,
  data: LearningData,
  folds: FoldResults,
  progress: SavedProgress | undefined,
): Promise<{ subject: Subject; result: LoopResult }> {
  const { subject } = data;
  log.begin(subject, '');
  const result = await trainSubject({
    backend,
    control,
    log,
    subject,
    from: progress?.fold === undefined ? progress?.loop : undefined,
    keepRecords: true,
    save: (loop) => saveProgress(log, folds, subject, loop),
  });
  return { subject, result };
}

/** A checkpoint of the training of the model that is kept. */
async function saveProgress(
  log: RunLog,
  { folds, heldOut }: FoldResults,
  subject: Subject,
  { state, tensors }: LoopSave,
): Promise<void> {
  const stepsBefore = folds.length * subject.task.steps;
  const progress = { folds, heldOut, fold: undefined, loop: { state, tensors } };
  await log.requireLock();
  await writeProgress(log.runFolder, progress, stepsBefore);
}

/**
 * A checkpoint behind the last step, where there is none: nothing of the training shall be lost. Where it does not fit
 * on the disk, the checkpoint before has to do.
 */
async function saveLast(
  log: RunLog,
  folds: FoldResults,
  subject: Subject,
  result: LoopResult,
): Promise<void> {
  if (result.end !== 'finished' && result.end !== 'early') return;
  await saveProgress(log, folds, subject, result).catch(() => undefined);
}

/** Writes down how the training ended and, where there is one, its model. */
async function keep(
  log: RunLog,
  data: LearningData,
  folds: FoldResults,
  subject: Subject,
  result: LoopResult,
  watch: DatasetWatch,
): Promise<void> {
  const { runFolder } = log;
  const { end, state, final } = result;
  const reached = { step: state.step, seconds: state.time / 1000 };
  if (end === 'interrupted') return log.update({ ...reached, state: 'interrupted' });
  const last = (): Promise<void> => saveLast(log, folds, subject, result);
  if (end !== 'diverged') {
    const { change, alert } = await watch.end();
    if (change !== undefined) {
      await last();
      throw change;
    }
    log.alert(alert);
  }
  await log.requireLock();
  if (final !== undefined) {
    log.setPhase('saving the model');
    const weights = toWeightTensors(subject.task.parameters, result.weights);
    const { onnx, note } = await spans.measure('phase', 'exporting the graph', () =>
      exportGraph(subject, weights),
    );
    const modelBytes = await spans
      .measure('phase', 'saving the model', () =>
        saveModel(runFolder, { ...subject.modelFiles(weights, final), onnx }),
      )
      .catch(async (error: unknown) => {
        await last();
        throw error;
      });
    const validation = measureTogether(folds, data) ?? final.validation;
    await log.update({
      modelBytes,
      bestStep: result.bestStep,
      metrics: { training: final.training, validation },
      ...(folds.folds.length === 0 ? {} : { folds: [...folds.folds] }),
      notes: note === undefined ? log.run.notes : [...log.run.notes, note],
    });
    if (validation !== undefined) log.judge(subject.headline(validation));
    log.alert(await spans.measure('phase', 'looking for leaks', () => subject.leak?.(log.run.headline)));
    for (const alert of final.alerts ?? []) log.alert(alert);
  }
  if (end === 'diverged') throw divergence(state.step, subject.way.remedy, final !== undefined);
  log.setPhase('');
  await log.update({ ...reached, state: end === 'stopped' ? 'stopped' : 'finished' });
  if (end !== 'stopped') await deleteCheckpoints(runFolder);
}

/** A graph that cannot be exported must not cost the model that was learnt. */
function exportGraph(
  subject: Subject,
  weights: ReadonlyMap<string, WeightTensor>,
): { onnx?: Uint8Array; note?: string } {
  try {
    return { onnx: subject.onnx(weights) };
  } catch (error) {
    return { note: `model.onnx could not be made: ${LabError.from(error).message}` };
  }
}

/**
 * Says on disk that it failed. Where that is not possible either (the disk is full, or another process has taken the run
 * over), the first error is still the one to tell; without its lock the run then counts as interrupted.
 */
async function markFailed(log: RunLog, { code, message, advice }: LabError): Promise<void> {
  const error = { code, message, ...(advice === undefined ? {} : { advice }) };
  await log.update({ state: 'failed', error }).catch(() => undefined);
}

function divergence(step: number, remedy: string, kept: boolean): LabError {
  return new LabError('diverged', `At step ${step} the loss was no finite number any more.`, {
    advice: remedy + (kept ? ' The best weights from before are kept.' : ''),
  });
}

/** The lock of a run that can be gone on with. */
async function takeResumable(runFolder: string): Promise<RunLock> {
  const run = await readRunFile(runFolder);
  requireUnfinished(run, runFolder);
  await requireOwnFolders(runFolder);
  const lock = await RunLock.take(runFolder);
  if (!isActive(run.state)) return lock;
  // Trained by a version of the lab that took no locks, or just ended.
  await lock.release();
  throw new LabError('invalid', 'This run is being trained already.', {
    advice: 'Wait for it, or stop it first.',
    place: { path: runFolder },
  });
}

function requireUnfinished(run: RunFile, runFolder: string): void {
  if (run.state !== 'finished' && run.error?.code !== 'diverged') return;
  throw new LabError('invalid', `There is nothing to go on with: this run has ${run.state}.`, {
    advice: 'Start a new training.',
    place: { path: runFolder },
  });
}
