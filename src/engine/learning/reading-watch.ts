/** While a dataset is read that takes its time: says how far it is, and ends it where the training is to end. */
import { type Watching } from '../datasets';
import { writeCount, writeOf } from '../../protocol/words';
import type { TrainingControl } from './control';

/** ms between two words on how far it is. */
const INTERVAL = 200;

/** `tell`: a word on what is being done. */
export function readingWatch(
  control: TrainingControl,
  signal: AbortSignal | undefined,
  tell: (phase: string) => void,
): Watching {
  const ending = new AbortController();
  let told = performance.now();
  return {
    signal: signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]),
    onProgress: (done, total) => {
      if (control.wish !== 'go') ending.abort();
      const now = performance.now();
      if (now - told < INTERVAL) return;
      told = now;
      tell(total > 0 ? `reading ${writeOf(done, total)} files` : `found ${writeCount(done)} files`);
    },
  };
}
