/** How far a training is, in numbers and in words. */
import { tasks } from '../../src/protocol/tasks';
import type { TrainingSnapshot } from '../../src/protocol/training';
import { writeDuration, writeNumber, writeOf } from '../../src/protocol/words';

/** Share of the work that is done, 0 to 1; undefined while its amount is unknown. */
export function progressShare(training: TrainingSnapshot): number | undefined {
  if (training.steps > 0) return Math.min(1, training.step / training.steps);
  if (training.epochs > 0) return Math.min(1, training.epoch / training.epochs);
  return undefined;
}

/** `about 8 s left`, `paused after 2 min 3 s`, `reading penguins.csv`. */
export function progressWords(training: TrainingSnapshot): string {
  if (training.state === 'paused') return `paused after ${writeDuration(training.seconds)}`;
  if (training.state === 'preparing') return training.phase === '' ? 'preparing' : training.phase;
  const left =
    training.secondsLeft === undefined
      ? 'estimating the time'
      : `${writeDuration(training.secondsLeft)} left`;
  return training.phase === '' ? left : `${training.phase} · ${left}`;
}

/** Tables are seen in whole passes; a text may be seen in part. What failed before it began had none in view. */
export function writeEpochs({ task, epoch, epochs }: TrainingSnapshot): string {
  return tasks.find(task)?.place === 'step' && epochs > 0
    ? `${writeNumber(epoch)} of ${writeNumber(epochs)}`
    : writeOf(epoch, epochs);
}
