/** Keeps one serving engine: started at first need, started again after a crash, given up after too many. */
import { CancelledError, type CallOptions, type Endpoint } from '../endpoint';
import { LabError } from '../errors';
import { describeExit, type EngineExit, type EngineProcess } from './engine-process';

export type EngineStatus = 'stopped' | 'starting' | 'ready' | 'failed';

export interface EngineSupervisorOptions {
  readonly start: (signal: AbortSignal) => Promise<EngineProcess>;
  readonly log?: ((line: string) => void) | undefined;
  /** This many crashes within `windowMs` and it is given up until `retry`. */
  readonly crashLimit?: number | undefined;
  readonly windowMs?: number | undefined;
  /** Wait before the first restart, ms; doubles with every crash inside the window. */
  readonly backOffMs?: number | undefined;
}

/**
 * Calls wait while the engine starts. Those under way when it dies are rejected with LabError('engine-gone') and not
 * repeated: only the caller knows whether that is safe.
 */
export class EngineSupervisor {
  private status_: EngineStatus = 'stopped';
  private readonly listeners = new Set<(status: EngineStatus) => void>();
  private engine: EngineProcess | undefined;
  private starting: Promise<EngineProcess> | undefined;
  private crashes: number[] = [];
  private lastFailure = '';
  private life = new AbortController();
  private readonly crashLimit: number;
  private readonly windowMs: number;
  private readonly backOffMs: number;

  constructor(private readonly options: EngineSupervisorOptions) {
    this.crashLimit = options.crashLimit ?? 5;
    this.windowMs = options.windowMs ?? 3 * 60_000;
    this.backOffMs = options.backOffMs ?? 250;
  }

  get status(): EngineStatus {
    return this.status_;
  }

  /** Process id of the ready engine. */
  get pid(): number | undefined {
    return this.engine?.pid;
  }

  /** From fork to readiness of the present engine, ms. */
  get startMs(): number | undefined {
    return this.engine?.startMs;
  }

  onStatus(listener: (status: EngineStatus) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** As `EngineProcess.call`. Starts the engine where none runs. */
  async call<Params, Input, Result, Progress>(
    target: Endpoint<Params, Input, Result, Progress>,
    params: Input,
    options: CallOptions<Progress> = {},
  ): Promise<Result> {
    const engine = this.engine ?? (await unlessAborted(this.ready(), options.signal));
    return engine.call(target, params, options);
  }

  /** Resolves with the engine once it is ready. */
  ready(): Promise<EngineProcess> {
    if (this.life.signal.aborted) return Promise.reject(ended());
    if (this.status_ === 'failed') return Promise.reject(this.failure());
    this.starting ??= this.engine ? Promise.resolve(this.engine) : this.startUntilReady(this.life.signal);
    return this.starting;
  }

  /** Forgets the crashes and starts again. */
  retry(): Promise<EngineProcess> {
    this.crashes = [];
    if (this.status_ === 'failed') this.become('stopped');
    return this.ready();
  }

  /** Ends the engine; the next call starts a new one. */
  async stop(): Promise<void> {
    const { engine, starting } = this;
    this.life.abort();
    this.life = new AbortController();
    this.engine = undefined;
    this.starting = undefined;
    this.become('stopped');
    // A start under way ends its own process; its failure is told to whoever waits for it.
    await Promise.all([
      engine?.dispose(),
      starting?.then(
        () => undefined,
        () => undefined,
      ),
    ]);
  }

  /** Ends the engine for good. */
  async dispose(): Promise<void> {
    await this.stop();
    this.life.abort();
    this.listeners.clear();
  }

  private async startUntilReady(life: AbortSignal): Promise<EngineProcess> {
    for (;;) {
      this.become('starting');
      await this.backOff(life);
      try {
        const engine = await this.options.start(life);
        if (life.aborted) {
          await engine.dispose();
          throw ended();
        }
        this.take(engine, life);
        return engine;
      } catch (thrown) {
        if (life.aborted) throw ended();
        this.noteCrash(LabError.from(thrown).message);
        if (this.tooManyCrashes()) {
          this.fail();
          throw this.failure();
        }
      }
    }
  }

  private take(engine: EngineProcess, life: AbortSignal): void {
    this.engine = engine;
    this.become('ready');
    void engine.exited.then((exit) => {
      if (!life.aborted && this.engine === engine) this.restart(exit, life);
    });
  }

  private restart(exit: EngineExit, life: AbortSignal): void {
    this.engine = undefined;
    this.starting = undefined;
    this.noteCrash(describeExit(exit));
    if (this.tooManyCrashes()) {
      this.fail();
      return;
    }
    this.starting = this.startUntilReady(life);
    // Whoever calls meanwhile sees the failure; without a caller the status tells it.
    this.starting.catch(() => undefined);
  }

  private noteCrash(reason: string): void {
    const now = Date.now();
    this.lastFailure = reason;
    this.crashes = [...this.crashes.filter((time) => now - time < this.windowMs), now];
    this.options.log?.(`The engine crashed (${this.crashes.length} of ${this.crashLimit}): ${reason}`);
  }

  private tooManyCrashes(): boolean {
    return this.crashes.length >= this.crashLimit;
  }

  private fail(): void {
    this.starting = undefined;
    this.become('failed');
  }

  private failure(): LabError {
    const minutes = Math.round(this.windowMs / 60_000);
    return new LabError(
      'engine-gone',
      `The engine crashed ${this.crashes.length} times within ${minutes} minutes and is not started again. The last time: ${this.lastFailure}`,
      { advice: 'Look into the engine log, then try again.' },
    );
  }

  private async backOff(life: AbortSignal): Promise<void> {
    if (this.crashes.length === 0) return;
    const wait = this.backOffMs * 2 ** (this.crashes.length - 1);
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        life.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, wait);
      life.addEventListener('abort', done, { once: true });
    });
    if (life.aborted) throw ended();
  }

  private become(status: EngineStatus): void {
    if (this.status_ === status) return;
    this.status_ = status;
    for (const listener of [...this.listeners]) listener(status);
  }
}

function ended(): LabError {
  return new LabError('engine-gone', 'The engine was ended.');
}

/** `promise`, or CancelledError as soon as the caller's signal says so. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  if (signal.aborted) throw new CancelledError();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new CancelledError());
  });
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
