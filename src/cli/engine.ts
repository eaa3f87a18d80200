/** The engine processes of one command: started at first need, ended with it. */
import { join } from 'node:path';
import envPaths from 'env-paths';
import { EngineProcess } from '../protocol/client';
import type { EngineRole } from '../protocol';

/** Where compiled training steps are kept from command to command, unless the user names another place. */
function programCache(): Readonly<Record<string, string>> {
  const name = 'MODEL_LAB_PROGRAM_CACHE';
  const { cache } = envPaths('local-model-lab', { suffix: '' });
  return { [name]: process.env[name] ?? join(cache, 'programs') };
}

/** What a command needs of an engine. */
export type Engine = Pick<EngineProcess, 'call'>;

export class Engines {
  private readonly started: Promise<EngineProcess>[] = [];
  private readonly running: EngineProcess[] = [];
  private servingEngine: Promise<EngineProcess> | undefined;
  private prepared: Promise<EngineProcess> | undefined;

  /** @param log Takes every line of the engines' output. */
  constructor(
    private readonly enginePath: string,
    private readonly log: (line: string) => void,
  ) {}

  /** The engine for looking at files, predicting and generating. */
  serving(): Promise<EngineProcess> {
    this.servingEngine ??= this.start('serving');
    return this.servingEngine;
  }

  /** Starts the process for a training ahead of time, while the serving one looks at the file. */
  prepareLearning(): void {
    this.prepared ??= this.start('learning');
  }

  /** A new process for one training. */
  learning(): Promise<EngineProcess> {
    const engine = this.prepared ?? this.start('learning');
    this.prepared = undefined;
    return engine;
  }

  /** Asks all to end and waits for them. */
  async dispose(): Promise<void> {
    await Promise.all(
      this.started.map((start) =>
        start.then(
          (engine) => engine.dispose(),
          () => undefined,
        ),
      ),
    );
  }

  /** Ends all at once, before this call returns: the program may end with the next line. */
  kill(): void {
    for (const engine of this.running) void engine.kill();
  }

  private start(role: EngineRole): Promise<EngineProcess> {
    const engine = EngineProcess.start({
      role,
      enginePath: this.enginePath,
      log: this.log,
      env: programCache(),
    });
    // A failure reaches whoever awaits the engine; one that nobody came to need must not end the program.
    engine.then(
      (process) => this.running.push(process),
      () => undefined,
    );
    this.started.push(engine);
    return engine;
  }
}
