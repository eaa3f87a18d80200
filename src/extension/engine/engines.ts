/**
 * The engine processes of this window: one serving engine, kept warm from its first need, and one learning engine
 * per training. Both end with the window.
 */
import * as vscode from 'vscode';
import type { LabStatus } from '../../protocol';
import { EngineProcess, EngineSupervisor } from '../../protocol/client';
import { threads } from '../settings';

export class Engines {
  readonly serving: EngineSupervisor;
  readonly #learning = new Set<EngineProcess>();
  readonly #enginePath: string;
  readonly #programs: string;
  readonly #log: vscode.LogOutputChannel;

  /** `storage`: where compiled training steps are kept from one training to the next. */
  constructor(extension: vscode.Uri, storage: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#enginePath = vscode.Uri.joinPath(extension, 'dist', 'engine.cjs').fsPath;
    this.#programs = vscode.Uri.joinPath(storage, 'programs').fsPath;
    this.#log = log;
    this.serving = new EngineSupervisor({
      start: (signal) => this.#start('serving', signal),
      log: (line) => log.warn(line),
    });
  }

  /** A process of its own for one training; whoever starts it disposes of it. */
  async startLearning(): Promise<EngineProcess> {
    const engine = await this.#start('learning');
    this.#learning.add(engine);
    void engine.exited.then(() => this.#learning.delete(engine));
    return engine;
  }

  /** The engines of the trainings that run now. */
  get learning(): readonly EngineProcess[] {
    return [...this.#learning];
  }

  /** Process ids of the engines that live now. */
  get pids(): { readonly serving: number | undefined; readonly learning: readonly number[] } {
    return { serving: this.serving.pid, learning: [...this.#learning].map((engine) => engine.pid) };
  }

  /** Ends every engine; a learning one writes its checkpoint first. */
  async dispose(): Promise<void> {
    const learning = [...this.#learning].map((engine) => engine.dispose());
    await Promise.all([this.serving.dispose(), ...learning]);
  }

  #start(role: 'learning' | 'serving', signal?: AbortSignal): Promise<EngineProcess> {
    const wanted = threads();
    return EngineProcess.start({
      role,
      enginePath: this.#enginePath,
      log: (line) => this.#log.info(`[${role}] ${line}`),
      env: {
        MODEL_LAB_PROGRAM_CACHE: this.#programs,
        ...(wanted > 0 ? { MODEL_LAB_THREADS: String(wanted) } : {}),
      },
      ...(signal ? { signal } : {}),
    });
  }
}

/** The status that the whole face is drawn from: a training outranks the serving engine. */
export function labStatus(
  serving: EngineSupervisor['status'],
  training: 'running' | 'paused' | undefined,
): LabStatus {
  if (training === undefined) return serving;
  return training === 'paused' ? 'paused' : 'training';
}
