/** What takes long is made once for all who ask for it meanwhile, kept for the next ones, and given up where nobody waits. */
import { CancelledError } from '../../protocol/endpoint';
import { Slices } from './slices';

interface Job<Result> {
  readonly result: Promise<Result>;
  readonly end: AbortController;
  waiting: number;
  done: boolean;
}

export class SharedWork<Result> {
  /** In the order of their latest use. */
  readonly #jobs = new Map<string, Job<Result>>();

  /** `limit`: results that are kept. */
  constructor(private readonly limit: number) {}

  /**
   * The result of that key. CancelledError where the signal ends the wait; the work goes on while others wait for it. What
   * fails is tried anew next time.
   */
  async get(
    key: string,
    signal: AbortSignal,
    work: (slices: Slices, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (signal.aborted) throw new CancelledError();
    const job = this.#jobs.get(key) ?? this.#start(key, work);
    this.#jobs.delete(key);
    this.#jobs.set(key, job);
    if (job.done) return job.result;
    job.waiting++;
    return new Promise<Result>((resolve, reject) => {
      const leave = (): void => {
        if (--job.waiting === 0) this.#giveUp(key, job);
        reject(new CancelledError());
      };
      signal.addEventListener('abort', leave, { once: true });
      job.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  /** Ends what is under way and forgets everything. */
  clear(): void {
    for (const [key, job] of this.#jobs) this.#giveUp(key, job);
    this.#jobs.clear();
  }

  #start(key: string, work: (slices: Slices, signal: AbortSignal) => Promise<Result>): Job<Result> {
    const end = new AbortController();
    const result = work(new Slices(end.signal), end.signal);
    const job: Job<Result> = { result, end, waiting: 0, done: false };
    result.then(
      () => {
        job.done = true;
        this.#forgetOld();
      },
      () => {
        if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      },
    );
    return job;
  }

  #giveUp(key: string, job: Job<Result>): void {
    if (job.done) return;
    if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    job.end.abort();
  }

  #forgetOld(): void {
    let done = [...this.#jobs.values()].filter((job) => job.done).length;
    for (const [key, job] of this.#jobs) {
      if (done <= this.limit) return;
      if (!job.done) continue;
      this.#jobs.delete(key);
      done--;
    }
  }
}
