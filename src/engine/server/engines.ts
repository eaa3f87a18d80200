/** The backends that this process has opened, one per wish, opened at first need and kept. */
import type { EngineRole } from '../../protocol/engine';
import type { EngineWish } from '../../protocol/experiment';
import type { Backend, BackendOptions } from '../backends';

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
  const { openBackend } = await import('../backends');
  const backend = await openBackend(wish, {
    ...optionsOf[role],
    ...(role === 'learning' ? wishedThreads() : {}),
  });
  ready.push(backend);
  return backend;
}

/** The setting `modelLab.threads`, as the starter of the process hands it on; 0 or nothing leaves it to the runtime. */
function wishedThreads(): BackendOptions {
  const wished = Number(process.env['MODEL_LAB_THREADS'] ?? 0);
  return Number.isInteger(wished) && wished > 0 ? { threads: wished } : {};
}
