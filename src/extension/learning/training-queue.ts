/** Trainings that wait for the one that runs: one runs at a time, and the next begins however that one ends. */
import type { QueuedTraining } from '../../protocol';
import type { LabModel } from '../lab/lab-model';
import type { QueueMemory } from './queue-memory';
import type { TrainingJob } from './training-controller';

/** What this needs of the Lab's state. */
type Shown = Pick<LabModel, 'state' | 'update'>;

/** Where they are kept over the end of the window. */
type Memory = Pick<QueueMemory, 'left' | 'set' | 'forgetLeft' | 'keepLeft'>;

interface Waiting extends QueuedTraining {
  readonly job: TrainingJob;
  readonly run: () => Promise<unknown>;
}

export class TrainingQueue {
  readonly #model: Shown;
  readonly #memory: Memory;
  #waiting: readonly Waiting[] = [];
  /** What has begun, until everything that follows from its end is done. */
  #current: TrainingJob | undefined;
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

  /**
   * Begins a training, or lets it wait for the end of the one that has begun. `run` is called when its turn comes, and
   * settles when the next may begin. `known`: the same run goes on or is about to, and is not taken twice.
   */
  launch(job: TrainingJob, run: () => Promise<unknown>): 'begun' | 'waiting' | 'known' {
    if (this.#isKnown(job)) return 'known';
    if (this.#current === undefined) {
      this.#begin(job, run);
      return 'begun';
    }
    const target = job.kind === 'new' ? job.experiment.target : undefined;
    const id = ++this.#last;
    this.#show([...this.#waiting, { id, datasetPath: job.datasetPath, target, job, run }]);
    return 'waiting';
  }

  /** Takes a training back that waits. Nothing happens to one that has begun. */
  cancel(id: number): void {
    this.#show(this.#waiting.filter((waiting) => waiting.id !== id));
  }

  /** A run was deleted: whoever waits to go on with it waits in vain, also of the last window. */
  forgetRun(runFolder: string): void {
    const isOther = (job: TrainingJob) => job.kind !== 'resume' || job.runFolder !== runFolder;
    this.#memory.keepLeft(isOther);
    this.#show(this.#waiting.filter(({ job }) => isOther(job)));
  }

  /** The window ends: nothing begins any more, and what waits is remembered for the next window. */
  end(): void {
    this.#waiting = [];
  }

  #begin(job: TrainingJob, run: () => Promise<unknown>): void {
    this.#current = job;
    void run().finally(() => {
      this.#current = undefined;
      this.#next();
    });
  }

  /** Begins the training that has waited longest, if there is one. */
  #next(): void {
    const [first, ...rest] = this.#waiting;
    if (!first) return;
    this.#show(rest);
    this.#begin(first.job, first.run);
  }

  #isKnown(job: TrainingJob): boolean {
    const all = this.#current === undefined ? this.#jobs() : [this.#current, ...this.#jobs()];
    return (
      job.kind === 'resume' &&
      all.some((other) => other.kind === 'resume' && other.runFolder === job.runFolder)
    );
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
