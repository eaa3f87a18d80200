/** Trainings that wait for the one that runs: one runs at a time, and the next begins however that one ends. */
import type { QueuedTraining } from '../../protocol';
import type { LabModel } from '../lab/lab-model';
import type { QueueMemory } from './queue-memory';
import type { TrainingJob } from './training-controller';

/** What this needs of the Lab's state. */
type Shown = Pick<LabModel, 'state' | 'update'>;

/** Where they are kept over the end of the window. */
type Memory = Pick<QueueMemory, 'left' | 'set' | 'forgetLeft'>;

interface Waiting extends QueuedTraining {
  readonly job: TrainingJob;
  readonly begin: () => void;
}

export class TrainingQueue {
  readonly #model: Shown;
  readonly #memory: Memory;
  #waiting: readonly Waiting[] = [];
  #last = 0;

  constructor(model: Shown, memory: Memory) {
    this.#model = model;
    this.#memory = memory;
  }

  /** The trainings that waited when the last window was closed. */
  get left(): readonly TrainingJob[] {
    return this.#memory.left;
  }

  /** Answers with the trainings that the last window left, which are remembered no longer. */
  async takeLeft(): Promise<readonly TrainingJob[]> {
    const { left } = this.#memory;
    await this.#memory.forgetLeft(this.#jobs());
    return left;
  }

  /** Lets a training wait. `begin` is called when its turn comes. */
  add(job: TrainingJob, begin: () => void): void {
    const target = job.kind === 'new' ? job.experiment.target : undefined;
    const id = ++this.#last;
    this.#show([...this.#waiting, { id, datasetPath: job.datasetPath, target, job, begin }]);
  }

  /** Takes a training back that waits. Nothing happens to one that has begun. */
  cancel(id: number): void {
    this.#show(this.#waiting.filter((waiting) => waiting.id !== id));
  }

  /** The window ends: nothing begins any more, and what waits is remembered for the next window. */
  end(): void {
    this.#waiting = [];
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
    void this.#memory.set(this.#jobs());
  }

  #jobs(): TrainingJob[] {
    return this.#waiting.map(({ job }) => job);
  }
}
