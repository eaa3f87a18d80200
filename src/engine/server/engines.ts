/** The backends that this process has opened, one per wish, opened at first need and kept. */
import type { EngineRole } from '../../protocol/engine';
import type { EngineWish } from '../../protocol/experiment';
import type { Backend, BackendOptions, CompiledProgram } from '../backends';
import { spans } from '../profiling';

/**
 * Predictions and texts are small and come one by one: a second thread gains them little, and a training that runs
 * beside them needs it. Spinning would take that core even while nothing is asked.
 */
const optionsOf: Readonly<Record<EngineRole, BackendOptions>> = {
  serving: { threads: 1, spinning: false },
  learning: {},
};

const opened = new Map<EngineWish, Promise<Backend>>();
const ready: Backend[] = [];
/** Every program that was compiled in this process, oldest first. */
export const compiled: CompiledProgram[] = [];

/** LabError('engine-unavailable') when the asked-for engine cannot be loaded; the next call then tries again. */
export function backendFor(role: EngineRole, wish: EngineWish = 'auto'): Promise<Backend> {
  let backend = opened.get(wish);
  if (!backend) {
    backend = open(role, wish);
    opened.set(wish, backend);
    backend.catch(() => opened.delete(wish));
  }
  return backend;
}

/** In the order of their opening. */
export function openedBackends(): readonly Backend[] {
  return ready;
}

async function open(role: EngineRole, wish: EngineWish): Promise<Backend> {
  const { measured, openBackend } = await import('../backends');
  const options = { ...optionsOf[role], ...(role === 'learning' ? wishedThreads() : {}) };
  const opening = await spans.measure('phase', 'opening the engine', () => openBackend(wish, options));
  const backend = measured(opening, spans, compiled);
  ready.push(backend);
  return backend;
}

/** The setting `modelLab.threads`, as the starter of the process hands it on; 0 or nothing leaves it to the runtime. */
function wishedThreads(): BackendOptions {
  const wished = Number(process.env['MODEL_LAB_THREADS'] ?? 0);
  return Number.isInteger(wished) && wished > 0 ? { threads: wished } : {};
}
