/** Has some images of the form's dataset read, and shows them in the form. The newest question wins. */
import type * as vscode from 'vscode';
import { CancelledError, type Draft, LabError, ReadThumbnails } from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';

export interface ThumbnailWatchOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly log: vscode.LogOutputChannel;
}

export class ThumbnailWatch implements Disposable {
  readonly #options: ThumbnailWatchOptions;
  readonly #scope = new Scope();
  #shown = '';
  #question: AbortController | undefined;

  constructor(options: ThumbnailWatchOptions) {
    this.#options = options;
    this.#scope.add(options.model.onDidChange(({ draft }) => this.#follow(draft)));
  }

  #follow(draft: Draft | undefined): void {
    const question = draft && questionOf(draft);
    const key = draft && question ? `${draft.dataset.sha256} ${JSON.stringify(question)}` : '';
    if (key === this.#shown) return;
    this.#shown = key;
    this.#question?.abort();
    const { model } = this.#options;
    if (model.state.thumbnails !== undefined) model.update({ thumbnails: undefined });
    if (question !== undefined) this.#ask(question);
  }

  #ask(asked: NonNullable<ReturnType<typeof questionOf>>): void {
    const question = new AbortController();
    this.#question = question;
    const { engine, model, log } = this.#options;
    engine.call(ReadThumbnails, asked, { signal: question.signal }).then(
      (images) => {
        if (question.signal.aborted) return;
        model.update({ thumbnails: { path: asked.path, column: asked.column, images } });
      },
      (thrown: unknown) => {
        if (question.signal.aborted || thrown instanceof CancelledError) return;
        log.warn(`The images of ${asked.path} could not be read: ${LabError.from(thrown).message}`);
      },
    );
  }

  dispose(): void {
    this.#question?.abort();
    this.#scope.dispose();
  }
}

/** Undefined for a dataset without images. */
function questionOf({ dataset, asked = {} }: Draft) {
  if (dataset.kind !== 'table') return undefined;
  const column = dataset.columns.find(({ image }) => image !== undefined);
  if (column?.image === undefined) return undefined;
  const { path, source } = dataset;
  return { path, kind: source, column: column.name, names: [...column.image.samples], ...asked };
}
