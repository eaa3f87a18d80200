/** What engines tell of themselves: the ones that live now, and the last training's, asked before its process ended. */
import * as vscode from 'vscode';
import { Details, type EngineDetails, LabError, WriteProfile } from '../../protocol';
import type { EngineCaller } from './caller';
import type { Engines } from './engines';

/** An engine whose profile can be written. */
export interface Profiled {
  readonly label: string;
  write(file: vscode.Uri): Promise<void>;
}

export class EngineRecord {
  readonly #engines: Engines;
  readonly #storage: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  #last: { readonly details: EngineDetails; readonly profile: vscode.Uri } | undefined;
  #keeping: Promise<void> = Promise.resolve();

  constructor(engines: Engines, storage: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#engines = engines;
    this.#storage = storage;
    this.#log = log;
  }

  /** Asks a learning engine that is about to end. One that is gone tells nothing, and what was known stays. */
  keep(engine: EngineCaller): Promise<void> {
    return (this.#keeping = this.#keep(engine));
  }

  async #keep(engine: EngineCaller): Promise<void> {
    try {
      await vscode.workspace.fs.createDirectory(this.#storage);
      const profile = vscode.Uri.joinPath(this.#storage, 'last-training.trace.json');
      await engine.call(WriteProfile, { path: profile.fsPath });
      this.#last = { details: await engine.call(Details, {}), profile };
    } catch (thrown) {
      this.#log.warn(`The engine's times were not kept: ${LabError.from(thrown).message}`);
    }
  }

  /** The training that runs now, else the last one of this window. */
  async training(): Promise<EngineDetails | undefined> {
    const [live] = this.#engines.learning;
    try {
      if (live !== undefined) return await live.call(Details, {});
    } catch (thrown) {
      // It has ended meanwhile, after it told what is kept.
      if (LabError.from(thrown).code !== 'engine-gone') throw thrown;
    }
    // What an engine that is just ending tells is not there at once: an older training would be told of.
    await this.#keeping;
    return this.#last?.details;
  }

  /** What there is to write profiles of. */
  profiled(): Profiled[] {
    const { serving, learning } = this.#engines;
    const last = this.#last?.profile;
    const from = (label: string, engine: EngineCaller): Profiled => ({
      label,
      write: async (file) => {
        await engine.call(WriteProfile, { path: file.fsPath });
      },
    });
    return [
      ...learning.map((engine) => from('The running training', engine)),
      ...(last === undefined || learning.length > 0
        ? []
        : [
            {
              label: 'The last training',
              write: async (file: vscode.Uri) => vscode.workspace.fs.copy(last, file, { overwrite: true }),
            },
          ]),
      from('Predictions and texts', serving),
    ];
  }
}
