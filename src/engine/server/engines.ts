/** The backends that this process has opened, one per wish, opened at first need and kept. */
import type { EngineWish } from '../../protocol/experiment';
import type { Backend } from '../backends';

const opened = new Map<EngineWish, Promise<Backend>>();
const ready: Backend[] = [];

/** LabError('engine-unavailable') when the asked-for engine cannot be loaded; the next call then tries again. */
export function backendFor(wish: EngineWish = 'auto'): Promise<Backend> {
  let backend = opened.get(wish);
  if (!backend) {
    backend = open(wish);
    opened.set(wish, backend);
    backend.catch(() => opened.delete(wish));
  }
  return backend;
}

/** In the order of their opening. */
export function openedBackends(): readonly Backend[] {
  return ready;
}

async function open(wish: EngineWish): Promise<Backend> {
  const { openBackend } = await import('../backends');
  const backend = await openBackend(wish);
  ready.push(backend);
  return backend;
}
