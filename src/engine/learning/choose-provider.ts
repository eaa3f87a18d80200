/**
 * From a wish for an execution provider to the backend that trains. A provider is used only after it has run the
 * training's own first steps, with the losses that the processor has; `auto` takes it only when it was also faster.
 */
import type { Alert, ProviderWish, RunFile } from '../../protocol';
import { LabError } from '../../protocol/errors';
import { writeNumber } from '../../protocol/words';
import type { Provider } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { initialWeights, parameterCount } from '../models';
import { isActive } from '../runs';
import { deviceLost } from './alerts';
import type { Descent, DescentSettings } from './learner';
import { adamWSpecs } from './optimizer';
import { StepProgram } from './step-program';
import type { DescentTask } from './task';

export interface ProviderChoice {
  readonly backend: Backend;
  /** What was tried and how it went, for the notes of the run. */
  readonly notes: readonly string[];
  /** The provider that was asked for by name and cannot be used, with the reason. */
  readonly refused: string | undefined;
}

interface Trial {
  readonly losses: readonly number[];
  /** Median, without the first steps. */
  readonly stepMs: number;
}

/** Steps of a trial: the first ones compile kernels and fill caches. */
const WARM_UP = 2;
const MEASURED = 5;
/** A device must be so many times as fast to be worth its risks. */
const GAIN = 1.15;
/** Relative difference of the first losses: other hardware adds in another order, and no more than that. */
const TOLERANCE = 1e-2;
/** A training that is over by then is not worth a calibration, in ms. */
const WORTH_MS = 5_000;

/**
 * Never rejects because of a device: what fails there leaves the processor in its place. Without a `descent`, that is for
 * what is learnt directly, nothing is tried: it is computed outside any graph.
 */
export async function chooseProvider(
  cpu: Backend,
  wish: ProviderWish,
  descent: Descent | undefined,
): Promise<ProviderChoice> {
  if (wish === 'cpu' || descent === undefined) return { backend: cpu, notes: [], refused: undefined };
  const { task, settings } = descent;
  const reference = await trial(cpu, task, settings);
  if (wish === 'auto') return fastest(cpu, reference, task, settings);
  const tried = await tryOut(cpu, wish, reference, task, settings);
  return 'reason' in tried
    ? { backend: cpu, notes: [], refused: tried.reason }
    : { backend: tried.backend, notes: [figures(wish, tried.stepMs, reference.stepMs)], refused: undefined };
}

async function fastest(
  cpu: Backend,
  reference: Trial,
  task: DescentTask,
  settings: DescentSettings,
): Promise<ProviderChoice> {
  const notes: string[] = [];
  let best = { backend: cpu, stepMs: reference.stepMs / GAIN };
  const worthwhile = reference.stepMs * task.steps > WORTH_MS;
  for (const provider of worthwhile ? cpu.others : []) {
    const tried = await tryOut(cpu, provider, reference, task, settings);
    if ('reason' in tried) {
      notes.push(`${provider} was not used: ${tried.reason}`);
      continue;
    }
    notes.push(figures(provider, tried.stepMs, reference.stepMs));
    const dropped = tried.stepMs < best.stepMs ? best.backend : tried.backend;
    if (tried.stepMs < best.stepMs) best = tried;
    if (dropped !== cpu) dropped.dispose();
  }
  return { backend: best.backend, notes, refused: undefined };
}

/**
 * What a run that is gone on with may wish for. An abort in a driver ends the process before anything can be written, so
 * that `run` (`run.json` as it was left) still says that it is at work: on a device, it would only break off again. The
 * run stays on the processor from then on; its alert remembers it.
 */
export function wishAfterBreak(
  run: Pick<RunFile, 'state' | 'environment' | 'alerts'>,
  wish: ProviderWish,
): { readonly wish: ProviderWish; readonly alert: Alert | undefined } {
  const lost = run.alerts.find(({ code }) => code === 'device-lost');
  if (lost !== undefined) return { wish: 'cpu', alert: lost };
  const device = isActive(run.state) ? deviceInUse(run, wish) : 'cpu';
  return device === 'cpu' ? { wish, alert: undefined } : { wish: 'cpu', alert: deviceLost(device) };
}

/** Devices are tried while the run is prepared; only then is the chosen one written down. */
function deviceInUse(
  { state, environment }: Pick<RunFile, 'state' | 'environment'>,
  wish: ProviderWish,
): string {
  if (state === 'preparing') return wish === 'auto' ? 'a device' : wish;
  return environment?.provider ?? 'cpu';
}

function figures(provider: string, stepMs: number, cpuMs: number): string {
  return `A step takes ${writeNumber(stepMs)} ms on ${provider} and ${writeNumber(cpuMs)} ms on the processor.`;
}

async function tryOut(
  cpu: Backend,
  provider: Provider,
  reference: Trial,
  task: DescentTask,
  settings: DescentSettings,
): Promise<{ readonly backend: Backend; readonly stepMs: number } | { readonly reason: string }> {
  let backend: Backend | undefined;
  try {
    backend = await cpu.on(provider);
    const { losses, stepMs } = await trial(backend, task, settings);
    const agrees = losses.every((loss, i) => closeTo(loss, reference.losses[i] ?? NaN));
    if (agrees) return { backend, stepMs };
    backend.dispose();
    return { reason: 'its first losses are not those of the processor.' };
  } catch (error) {
    backend?.dispose();
    return { reason: LabError.from(error).message };
  }
}

function closeTo(loss: number, expected: number): boolean {
  return Math.abs(loss - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}

/** The training's first steps on a state of their own. */
async function trial(backend: Backend, task: DescentTask, settings: DescentSettings): Promise<Trial> {
  const state = backend.createState(adamWSpecs(parameterCount(task.parameters)), {
    weights: initialWeights(task.parameters, settings.seed),
  });
  let program: StepProgram | undefined;
  try {
    program = await StepProgram.compile(backend, state, task, settings.optimizer);
    const losses: number[] = [];
    const times: number[] = [];
    const steps = Math.min(WARM_UP + MEASURED, task.steps);
    for (let step = 0; step < steps; step++) {
      const began = performance.now();
      losses.push(await program.run(task.batch(step), step, settings.lr));
      times.push(performance.now() - began);
    }
    const measured = times.slice(Math.min(WARM_UP, steps - 1)).sort((a, b) => a - b);
    return { losses, stepMs: measured[measured.length >> 1] ?? 0 };
  } finally {
    program?.dispose();
    state.dispose();
  }
}
