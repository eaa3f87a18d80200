/** Trainings that wait for the one that runs: one runs at a time, and the next begins however that one ends. */
import { randomUUID } from 'node:crypto';
import type { QueuedTraining } from '../../protocol';
import type { LabModel } from '../lab/lab-model';
import type { Claims } from './claims';
import { type Claimable, describeLeft, type QueueMemory } from './queue-memory';
import type { TrainingJob } from './training-controller';

/** What this needs of the Lab's state. */
type Shown = Pick<LabModel, 'state' | 'update'>;

/** Where they are kept over the end of the window. */
type Memory = Pick<QueueMemory, 'left' | 'set' | 'forgetLeft' | 'keepLeft'>;

interface Waiting extends QueuedTraining, Claimable {
  readonly run: () => Promise<unknown>;
}

export class TrainingQueue {
  readonly #model: Shown;
  readonly #memory: Memory;
  readonly #claims: Pick<Claims, 'take' | 'isTaken'>;
  readonly #onTaken: (job: TrainingJob) => void;
  #waiting: readonly Waiting[] = [];
  /** What has begun, until everything that follows from its end is done. */
  #current: TrainingJob | undefined;
  #last = 0;

  /** `onTaken`: the turn of a training has come that another window of the workspace has begun or discarded. */
  constructor(
    model: Shown,
    memory: Memory,
    claims: Pick<Claims, 'take' | 'isTaken'>,
    onTaken: (job: TrainingJob) => void,
  ) {
    this.#model = model;
    this.#memory = memory;
    this.#claims = claims;
    this.#onTaken = onTaken;
  }

  /** The trainings that waited when the last window was closed. */
  get left(): readonly TrainingJob[] {
    return this.#memory.left.map(({ job }) => job);
  }

  /** Shows in the Lab what the last window left and no window has decided about; answers with its words. */
  async showLeft(): Promise<string | undefined> {
    const taken = new Set<string>();
    for (const { claim } of this.#memory.left) if (await this.#claims.isTaken(claim)) taken.add(claim);
    this.#memory.keepLeft(({ claim }) => !taken.has(claim));
    return this.#tellLeft();
  }

  /**
   * Answers with the trainings that the last window left, which are remembered no longer; without those that another
   * window has taken meanwhile.
   */
  async takeLeft(): Promise<readonly TrainingJob[]> {
    const { left } = this.#memory;
    const forgotten = this.#memory.forgetLeft(this.#waiting);
    this.#tellLeft();
    await forgotten;
    const jobs: TrainingJob[] = [];
    for (const { claim, job } of left) if (await this.#claims.take(claim)) jobs.push(job);
    return jobs;
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
    const { datasetPath } = job;
    this.#show([...this.#waiting, { id, datasetPath, target, job, run, claim: randomUUID() }]);
    return 'waiting';
  }

  /** Takes a training back that waits. Nothing happens to one that has begun. */
  cancel(id: number): void {
    // Other windows may remember it, too.
    for (const waiting of this.#waiting) if (waiting.id === id) void this.#claims.take(waiting.claim);
    this.#show(this.#waiting.filter((waiting) => waiting.id !== id));
  }

  /** A run was deleted: whoever waits to go on with it waits in vain, also of the last window. */
  forgetRun(runFolder: string): void {
    const isOther = (job: TrainingJob) => job.kind !== 'resume' || job.runFolder !== runFolder;
    this.#memory.keepLeft(({ job }) => isOther(job));
    if (this.#model.state.left !== undefined) this.#tellLeft();
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
    this.#begin(first.job, async () => {
      if (await this.#claims.take(first.claim)) await first.run();
      else this.#onTaken(first.job);
    });
  }

  #tellLeft(): string | undefined {
    const left = this.left.length === 0 ? undefined : describeLeft(this.left);
    this.#model.update({ left });
    return left;
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
    void this.#memory.set(waiting);
  }

  #jobs(): TrainingJob[] {
    return this.#waiting.map(({ job }) => job);
  }
}
