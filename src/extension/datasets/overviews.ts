/**
 * Has the file of the form counted where a page shows what it holds. The newest question wins: a file, target or reading that
 * has changed ends the counting before it.
 */
import * as vscode from 'vscode';
import {
  CancelledError,
  type DatasetOverview,
  type Draft,
  LabError,
  ReadOverview,
  type TableOverview,
} from '../../protocol';
import type { Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { openDocument, savedHere } from './files';

export class Overviews implements Disposable {
  readonly #model: LabModel;
  readonly #engine: EngineCaller;
  /** What the overview of the state was asked for. */
  #asked = '';
  #question: AbortController | undefined;

  constructor(model: LabModel, engine: EngineCaller) {
    this.#model = model;
    this.#engine = engine;
  }

  /** Asks for the overview of the form's file, unless just that has been asked. */
  show(): void {
    const { draft } = this.#model.state;
    if (draft === undefined) return;
    const asked = identityOf(draft);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#question?.abort();
    const question = new AbortController();
    this.#question = question;
    this.#ask(draft, question.signal).catch((thrown: unknown) => {
      if (question.signal.aborted || thrown instanceof CancelledError) return;
      // Who asks again is answered again.
      this.#asked = '';
      const { message, advice } = LabError.from(thrown);
      this.#model.update({ data: { path: draft.dataset.path, counting: false, error: { message, advice } } });
    });
  }

  async #ask(draft: Draft, signal: AbortSignal): Promise<void> {
    const { path, kind, source } = draft.dataset;
    const document = openDocument(vscode.Uri.file(path));
    const before = this.#model.state.data;
    // What was counted stands until something newer has come: a page that empties at each change flickers.
    this.#model.update({
      data: { path, counting: true, overview: before?.path === path ? before.overview : undefined },
    });
    let counted: TableOverview | undefined;
    const overview = await this.#engine.call(
      ReadOverview,
      {
        path,
        text: document?.isDirty === true ? document.getText() : undefined,
        settled: savedHere(document),
        kind: source ?? kind,
        target: draft.target,
        ...draft.asked,
      },
      {
        signal,
        onProgress: (part) => {
          counted = merged(counted, part);
          this.#publish(path, counted, true, signal);
        },
      },
    );
    this.#publish(path, overview, false, signal);
  }

  #publish(path: string, overview: DatasetOverview, counting: boolean, signal: AbortSignal): void {
    if (!signal.aborted) this.#model.update({ data: { path, overview, counting } });
  }

  dispose(): void {
    this.#question?.abort();
  }
}

function identityOf({ dataset, target, asked }: Draft): string {
  return JSON.stringify([dataset.path, dataset.sha256, dataset.source ?? dataset.kind, target, asked ?? {}]);
}

/** The columns of both, those of a file that was read again in place of the older ones. */
function merged(before: TableOverview | undefined, part: TableOverview): TableOverview {
  if (before?.sha256 !== part.sha256) return part;
  const fresh = new Set(part.columns.map(({ name }) => name));
  const kept = before.columns.filter(({ name }) => !fresh.has(name));
  return { ...part, columns: [...kept, ...part.columns] };
}
