/** Writing text: one at a time, streamed into the Lab's state, stopped by its abort signal. */
import * as vscode from 'vscode';
import {
  CancelledError,
  Generate,
  type GenerationProgress,
  LabError,
  type SamplingOptions,
} from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { engineWish } from '../settings';

export class GenerationController implements Disposable {
  readonly #model: LabModel;
  readonly #engine: EngineCaller;
  readonly #scope = new Scope();
  #writing: AbortController | undefined;
  /** Where text is inserted: the panel has the focus when its button is pressed. */
  #lastEditor: vscode.TextEditor | undefined = vscode.window.activeTextEditor;

  constructor(model: LabModel, engine: EngineCaller) {
    this.#model = model;
    this.#engine = engine;
    this.#scope.add(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor) this.#lastEditor = editor;
      }),
    );
  }

  /** Writes until the length is reached or `stop` is called. A text that is being written is stopped first. */
  async start(runFolder: string, prompt: string, sampling: SamplingOptions): Promise<void> {
    this.stop();
    const writing = new AbortController();
    this.#writing = writing;
    let progress: GenerationProgress | undefined;
    const base = { runFolder, prompt };
    const isCurrent = () => this.#writing === writing;
    this.#model.update({ stage: 'generate', generation: { ...base, state: 'starting', notes: [] } });
    const onProgress = (step: GenerationProgress) => {
      progress = step;
      if (!isCurrent()) return;
      this.#model.update({ generation: { ...base, state: 'writing', progress: step, notes: [] } });
    };
    try {
      const parameters = { runFolder, prompt, sampling, engine: engineWish() };
      const result = await this.#engine.call(Generate, parameters, { signal: writing.signal, onProgress });
      if (!isCurrent()) return;
      const { notes, perplexity, stopped, ...rest } = result;
      const state = stopped ? 'stopped' : 'finished';
      this.#model.update({ generation: { ...base, state, progress: rest, perplexity, notes } });
    } catch (thrown) {
      if (!isCurrent()) return;
      if (thrown instanceof CancelledError) {
        this.#model.update({ generation: { ...base, state: 'stopped', progress, notes: [] } });
        return;
      }
      const notes = [LabError.from(thrown).message];
      this.#model.update({ generation: { ...base, state: 'failed', progress, notes } });
      throw thrown;
    }
  }

  stop(): void {
    this.#writing?.abort();
  }

  /** Inserts at the cursor of the text editor that had the focus last, or opens a new one. */
  async insert(text: string): Promise<void> {
    const last = this.#lastEditor;
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document === last?.document);
    if (!open) {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }));
      return;
    }
    const done = await open.edit((edit) => edit.replace(open.selection, text));
    if (!done) {
      throw new LabError('file', 'The text could not be inserted: the editor is read-only.', {
        advice: 'Open another file, or copy the text.',
      });
    }
    await vscode.window.showTextDocument(open.document, open.viewColumn);
  }

  dispose(): void {
    this.stop();
    this.#scope.dispose();
  }
}
