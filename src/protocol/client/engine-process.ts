/** One engine process: forked, greeted, called, ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { call, type CallOptions, type Endpoint } from '../endpoint';
import type { EngineRole } from '../engine';
import { LabError } from '../errors';
import { channelTransport, connect, engineReady, protocolVersion, ReadyMessage } from '../transport';
import { OutputTail } from './output-tail';

export interface EngineStartOptions {
  readonly role: EngineRole;
  /** Absolute path of the engine's bundle. */
  readonly enginePath: string;
  /** Every line that the process writes to its standard output and error, and what the client has to say. */
  readonly log?: ((line: string) => void) | undefined;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** How long the process may take to greet, ms. */
  readonly readyTimeoutMs?: number | undefined;
  /** How long the process may take to end when asked to, ms: then it is killed. */
  readonly graceMs?: number | undefined;
  /** Ends the start, and the process with it. */
  readonly signal?: AbortSignal | undefined;
}

export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The tail of what it wrote. */
  readonly output: string;
  /** Whether `dispose` asked for it. */
  readonly asked: boolean;
}

/** How long output may lag behind the end of the process, ms. */
const outputGraceMs = 500;
/** A learning process writes a checkpoint before it ends. */
const graceOf: Readonly<Record<EngineRole, number>> = { learning: 15_000, serving: 2_000 };

/**
 * A message that this process can just write must not be too deep to be read there: reading takes the larger steps.
 * Windows gives a program 1 MB of stack, whatever its flags say; elsewhere there are 8.
 */
const stackFlags = process.platform === 'win32' ? [] : ['--stack-size=2400'];

export class EngineProcess {
  /** Resolves when the process has ended, for whatever reason. Never rejects. */
  readonly exited: Promise<EngineExit>;
  readonly role: EngineRole;
  readonly pid: number;
  /** From fork to the ready message, ms. */
  startMs = 0;
  private readonly connection: MessageConnection;
  private readonly tail = new OutputTail();
  private asked = false;
  private gone: LabError | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly options: EngineStartOptions,
  ) {
    this.role = options.role;
    this.pid = child.pid ?? -1;
    const log = options.log ?? (() => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => this.tail.add(text, log));
    }
    this.connection = connect(channelTransport(child), log);
    this.exited = this.watch(log);
  }

  /**
   * Forks the engine and waits until it is ready. Rejects with LabError('engine-unavailable') when it cannot be
   * started, speaks another protocol version, or does not greet in time.
   */
  static async start(options: EngineStartOptions): Promise<EngineProcess> {
    const began = performance.now();
    const child = fork(options.enginePath, [`--role=${options.role}`], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Flags of the caller (a debugger's port, a test runner's loader) are not the engine's.
      execArgv: stackFlags,
      // Inside VS Code the executable is Electron's, which is Node only when told to be.
      env: { ...process.env, ...options.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const engine = new EngineProcess(child, options);
    try {
      await engine.greeted();
    } catch (thrown) {
      await engine.kill();
      throw thrown;
    }
    engine.startMs = performance.now() - began;
    return engine;
  }

  /**
   * Calls an endpoint. Besides what `call` rejects with: LabError('engine-gone') with exit code and the tail of the
   * output when the process ends before it answers.
   */
  async call<Params, Input, Result, Progress>(
    target: Endpoint<Params, Input, Result, Progress>,
    params: Input,
    options: CallOptions<Progress> = {},
  ): Promise<Result> {
    if (this.gone) throw this.gone;
    try {
      return await call(this.connection, target, params, options);
    } catch (thrown) {
      throw await this.explain(thrown);
    }
  }

  /**
   * Asks the process to end by closing its channel (what it would also see if this process died), and kills it after
   * the grace time. Pending calls are rejected. Resolves when it has ended.
   */
  async dispose(): Promise<void> {
    this.asked = true;
    if (this.child.connected) this.child.disconnect();
    const grace = this.options.graceMs ?? graceOf[this.role];
    const timer = setTimeout(() => this.child.kill('SIGKILL'), grace);
    await this.exited;
    clearTimeout(timer);
  }

  /** Ends the process at once. Resolves when it has ended. */
  async kill(): Promise<void> {
    this.asked = true;
    this.child.kill('SIGKILL');
    await this.exited;
  }

  private greeted(): Promise<void> {
    const { promise, resolve, reject } = withResolvers();
    const timeout = this.options.readyTimeoutMs ?? 60_000;
    const timer = setTimeout(() => {
      reject(unavailable(`The engine did not answer within ${Math.round(timeout / 1000)} s.`));
    }, timeout);
    const abort = () => reject(unavailable('The start of the engine was cancelled.'));
    this.options.signal?.addEventListener('abort', abort, { once: true });
    this.connection.onNotification(engineReady, (message) => {
      const checked = ReadyMessage.safeParse(message);
      if (checked.success && checked.data.protocolVersion === protocolVersion) resolve();
      else reject(unavailable('The engine speaks another version of the protocol than this program.'));
    });
    this.connection.listen();
    void this.exited.then((exit) =>
      reject(unavailable(`The engine could not be started: ${describeExit(exit)}`)),
    );
    if (this.options.signal?.aborted) abort();
    return promise.finally(() => {
      clearTimeout(timer);
      this.options.signal?.removeEventListener('abort', abort);
    });
  }

  private async watch(log: (line: string) => void): Promise<EngineExit> {
    const { child } = this;
    const ended = await new Promise<Pick<EngineExit, 'code' | 'signal'>>((resolve) => {
      child.once('error', (error) => {
        this.tail.add(`${error.message}\n`, log);
        // Without a process id there was never a process, and no exit will follow.
        if (child.pid === undefined) resolve({ code: null, signal: null });
      });
      child.once('exit', (code, signal) => {
        const done = () => resolve({ code, signal });
        const timer = setTimeout(done, outputGraceMs);
        child.once('close', () => {
          clearTimeout(timer);
          done();
        });
      });
    });
    this.tail.end(log);
    const exit: EngineExit = { ...ended, output: this.tail.text, asked: this.asked };
    this.gone = goneError(exit);
    this.connection.dispose();
    return exit;
  }

  /**
   * What a failed call is reported as: the end of the process, where that is the reason. An error with a cause was
   * thrown on this side, by a channel that no longer takes messages; the exit is then a moment away.
   */
  private async explain(thrown: unknown): Promise<unknown> {
    const ours = thrown instanceof LabError && thrown.code === 'internal';
    if (!ours) return thrown;
    if (thrown.cause !== undefined) await Promise.race([this.exited, delay(outputGraceMs)]);
    return this.gone ?? thrown;
  }
}

function unavailable(message: string): LabError {
  return new LabError('engine-unavailable', message, {
    advice: "The engine's log tells more.",
  });
}

function goneError(exit: EngineExit): LabError {
  if (exit.asked) return new LabError('engine-gone', 'The engine was ended.', { cause: exit });
  return new LabError('engine-gone', `The engine ended unexpectedly: ${describeExit(exit)}`, {
    advice: 'It is started again when it is next needed; what was saved is still there.',
    cause: exit,
  });
}

/** `signal SIGKILL`, or `exit code 1` with the last lines of its output. */
export function describeExit({ code, signal, output }: EngineExit): string {
  const how = signal ? `signal ${signal}` : code === null ? 'no process' : `exit code ${code}`;
  const lines = output.trim().split('\n').slice(-6).join('\n');
  return lines ? `${how}. Its last words:\n${lines}` : `${how}.`;
}

function withResolvers() {
  let resolve!: () => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
