/** Trainings that wait for the one that runs: one runs at a time, and the next begins however that one ends. */
import type { QueuedTraining } from '../../protocol';
import type { LabModel } from '../lab/lab-model';
import type { TrainingJob } from './training-controller';

/** What this needs of the Lab's state. */
type Shown = Pick<LabModel, 'state' | 'update'>;

interface Waiting extends QueuedTraining {
  readonly begin: () => void;
}

export class TrainingQueue {
  readonly #model: Shown;
  #waiting: readonly Waiting[] = [];
  #last = 0;

  constructor(model: Shown) {
    this.#model = model;
  }

  /** Lets a training wait. `begin` is called when its turn comes. */
  add(job: TrainingJob, begin: () => void): void {
    const target = job.kind === 'new' ? job.experiment.target : undefined;
    const id = ++this.#last;
    this.#show([...this.#waiting, { id, datasetPath: job.datasetPath, target, begin }]);
  }

  /** Takes a training back that waits. Nothing happens to one that has begun. */
  cancel(id: number): void {
    this.#show(this.#waiting.filter((waiting) => waiting.id !== id));
  }

  clear(): void {
    this.#show([]);
  }

  /** Begins the training that has waited longest, if there is one. */
  next(): void {
    const [first, ...rest] = this.#waiting;
    if (!first) return;
    this.#show(rest);
    first.begin();
  }

  #show(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    const queue = waiting.map(({ id, datasetPath, target }) => ({ id, datasetPath, target }));
    this.#model.update({ queue });
  }
}
