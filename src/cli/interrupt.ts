/** Ctrl-C: the first asks the work to end well, the second ends the process at once. */
import { exitStatus } from './usage';

export interface Interrupt {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/** @param tell Called with the first Ctrl-C. @param last Called with the second, before the process ends. */
export function onInterrupt(tell: () => void, last: () => void): Interrupt {
  const controller = new AbortController();
  const listen = () => {
    if (controller.signal.aborted) {
      last();
      process.exit(exitStatus.interrupted);
    }
    tell();
    controller.abort();
  };
  process.on('SIGINT', listen);
  process.on('SIGTERM', listen);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', listen);
      process.off('SIGTERM', listen);
    },
  };
}
