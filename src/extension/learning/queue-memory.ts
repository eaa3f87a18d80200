/** Trainings that wait, remembered with the workspace: whoever closes the window finds them again. */
import { createHash } from 'node:crypto';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import * as z from 'zod';
import { Experiment, writeCount } from '../../protocol';
import type { TrainingJob } from './training-controller';

const key = 'modelLab.queue';
/** Trainings that are named; the rest is counted. */
const named = 3;

const Job = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('new'),
    experiment: Experiment,
    runsFolder: z.string(),
    baseFolder: z.string(),
    datasetPath: z.string(),
  }),
  z.object({ kind: z.literal('resume'), runFolder: z.string(), datasetPath: z.string() }),
]);

const Claim = z.object({
  claim: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
});

const Remembered = z.array(z.intersection(Claim.catch({}), Job));

/** A training that waits, and the name under which a window claims it. */
export interface Claimable {
  readonly claim: string;
  readonly job: TrainingJob;
}

export class QueueMemory {
  readonly #state: vscode.Memento;
  #left: readonly Claimable[];

  constructor(state: vscode.Memento) {
    this.#state = state;
    // What another version wrote in another form is forgotten.
    this.#left = Remembered.catch([]).parse(state.get(key, [])).map(claimable);
  }

  /** The trainings that waited when the last window was closed, until somebody has decided about them. */
  get left(): readonly Claimable[] {
    return this.#left;
  }

  /** Remembers what waits now, besides what is left of the last window. */
  async set(waiting: readonly Claimable[]): Promise<void> {
    const all = [...this.#left, ...waiting];
    await this.#state.update(
      key,
      all.map(({ claim, job }) => ({ ...job, claim })),
    );
  }

  /** Keeps those of the last window that pass the test; remembered at the next `set`. */
  keepLeft(test: (left: Claimable) => boolean): void {
    this.#left = this.#left.filter(test);
  }

  /** Forgets what is left of the last window; `waiting`: what waits in this one. */
  async forgetLeft(waiting: readonly Claimable[]): Promise<void> {
    this.#left = [];
    await this.set(waiting);
  }
}

/** What was remembered before there were claims is known by what it is. */
function claimable({ claim, ...job }: z.infer<typeof Remembered>[number]): Claimable {
  const known = claim ?? createHash('sha256').update(JSON.stringify(job)).digest('hex');
  return { claim: known, job };
}

/** `2 trainings were waiting when the window was closed: a.csv → price, b.txt.` */
export function describeLeft(left: readonly TrainingJob[]): string {
  const names = left.slice(0, named).map((job) => {
    const file = path.basename(job.datasetPath);
    const target = job.kind === 'new' ? job.experiment.target : undefined;
    return target === undefined ? file : `${file} → ${target}`;
  });
  const more = left.length > named ? [`and ${writeCount(left.length - named)} more`] : [];
  const were = left.length === 1 ? 'A training was' : `${writeCount(left.length)} trainings were`;
  return `${were} waiting when the window was closed: ${[...names, ...more].join(', ')}.`;
}
