/**
 * Looks at the file in the active tab while a view of the Lab shows, and keeps the draft of its training in the
 * Lab's state. The newest question wins; answers to older ones are dropped.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CancelledError,
  type DatasetSummary,
  type Draft,
  InspectDataset,
  LabError,
  type Notice,
  SuggestModels,
} from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { activeFile, documentLimit, learnableKind, openDocument } from './files';
import type { Problems } from './problems';

/** How long an edited file rests before it is looked at again, ms. */
const rest = 400;
/** The seed that experiments start with, as in the experiment's schema. */
const firstSeed = 1337;
const validationShare = 0.2;

export interface DraftWish {
  readonly kind?: 'table' | 'text' | undefined;
  readonly target?: string | undefined;
}

export interface ActiveDatasetOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly problems: Problems;
  readonly log: vscode.LogOutputChannel;
  /** Whether a view of the Lab shows. */
  readonly watched: () => boolean;
}

/** Looks at a dataset file and answers with what a training of it would start from. */
export async function draftOf(
  engine: EngineCaller,
  file: vscode.Uri,
  wish: DraftWish,
  signal?: AbortSignal,
): Promise<Draft> {
  const document = openDocument(file);
  const text = document?.isDirty === true ? document.getText() : undefined;
  const dataset = await engine.call(InspectDataset, { path: file.fsPath, kind: wish.kind, text }, { signal });
  const target = targetOf(dataset, wish.target);
  const models = await suggestModels(engine, dataset, target?.column, signal);
  return {
    dataset,
    fileName: path.basename(file.fsPath),
    target: target?.column,
    task: target?.task ?? 'language-model',
    models,
    seed: firstSeed,
    validation: validationShare,
  };
}

/** Suggestions need something to suggest for: a text, or a table with a target. */
async function suggestModels(
  engine: EngineCaller,
  dataset: DatasetSummary,
  target: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Draft['models']> {
  if (dataset.issues.some((issue) => issue.severity === 'error')) return [];
  if (dataset.kind === 'text') {
    return engine.call(SuggestModels, { path: dataset.path, kind: 'text' }, { signal });
  }
  if (target === undefined) return [];
  const { header, separator } = dataset.format;
  return engine.call(
    SuggestModels,
    { path: dataset.path, target, kind: 'table', header, separator },
    { signal },
  );
}

function targetOf(dataset: DatasetSummary, wish: string | undefined) {
  if (dataset.kind === 'text') return undefined;
  return dataset.targets.find(({ column }) => column === wish) ?? dataset.targets[0];
}

export class ActiveDataset implements Disposable {
  readonly #options: ActiveDatasetOptions;
  readonly #scope = new Scope();
  #file: vscode.Uri | undefined;
  #wish: DraftWish = {};
  #question: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What the present draft was made of: file and version. */
  #answered = '';
  /** What the Lab was told about the file before, to be taken back when it no longer holds. */
  #notice: Notice | undefined;

  constructor(options: ActiveDatasetOptions) {
    this.#options = options;
    this.#scope.add(vscode.window.tabGroups.onDidChangeTabs(() => this.look()));
    this.#scope.add(vscode.window.tabGroups.onDidChangeTabGroups(() => this.look()));
    this.#scope.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === this.#file?.toString()) this.#lookLater();
      }),
    );
  }

  /** The file that the draft is about. */
  get file(): vscode.Uri | undefined {
    return this.#file;
  }

  /** Looks at the active file if that has not been done and somebody sees the result. */
  look(): void {
    // The Lab's own tab has no file: the draft stays with the file that was looked at last. A window that opens with
    // that tab in front has looked at none yet.
    const file = activeFile() ?? (this.#file === undefined ? visibleDataset() : undefined);
    if (file === undefined || learnableKind(file, openDocument(file)?.languageId) === undefined) return;
    if (file.toString() !== this.#file?.toString()) {
      this.#file = file;
      this.#wish = {};
      this.#answered = '';
    }
    if (this.#options.watched()) this.#ask();
  }

  /** Another target or another kind for the active file. */
  wish(change: DraftWish): void {
    this.#wish = change.kind === undefined ? { ...this.#wish, ...change } : change;
    this.#answered = '';
    this.#ask();
  }

  /** Takes a draft that was made elsewhere, e.g. by the training flow. */
  show(file: vscode.Uri, draft: Draft): void {
    this.#question?.abort();
    this.#file = file;
    this.#wish = { kind: draft.dataset.kind, target: draft.target };
    this.#answered = this.#identity(file);
    this.#options.problems.set(file, 'dataset', draft.dataset.issues);
    this.#takeBack();
    this.#options.model.update({ draft, inspecting: false });
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), rest);
  }

  #identity(file: vscode.Uri): string {
    return `${file.toString()} ${openDocument(file)?.version ?? 0}`;
  }

  #ask(): void {
    const file = this.#file;
    if (file === undefined || this.#answered === this.#identity(file)) return;
    this.#answered = this.#identity(file);
    this.#question?.abort();
    const question = new AbortController();
    this.#question = question;
    const version = openDocument(file)?.version;
    const { model, problems, log, engine } = this.#options;
    model.update({ inspecting: true });
    draftOf(engine, file, this.#wish, question.signal).then(
      (draft) => {
        if (question.signal.aborted) return;
        problems.set(file, 'dataset', draft.dataset.issues, version);
        this.#takeBack();
        model.update({ draft, inspecting: false });
        this.#tellOfSize(draft);
      },
      (thrown: unknown) => {
        if (question.signal.aborted || thrown instanceof CancelledError) return;
        const error = LabError.from(thrown);
        log.warn(`${file.fsPath} could not be looked at: ${error.message}`);
        problems.setError(file, 'dataset', error);
        this.#answered = '';
        model.update({ draft: undefined, inspecting: false });
        this.#tell({
          severity: 'error',
          message: `${path.basename(file.fsPath)}: ${error.message}`,
          advice: error.advice,
        });
      },
    );
  }

  #tellOfSize({ dataset, fileName }: Draft): void {
    if (dataset.bytes <= documentLimit) return;
    this.#tell({
      severity: 'information',
      message: `${fileName} is larger than 50 MB: VS Code does not show such files to extensions, so its rows cannot carry predictions here.`,
      advice: 'It can be trained on: the engine reads it from disk.',
    });
  }

  #tell(notice: Notice): void {
    this.#notice = notice;
    this.#options.model.update({ notice });
  }

  /** What was said of another file, or of this one before it was mended, must not stand above a good one. */
  #takeBack(): void {
    const { model } = this.#options;
    if (this.#notice !== undefined && model.state.notice === this.#notice)
      model.update({ notice: undefined });
    this.#notice = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#question?.abort();
    this.#scope.dispose();
  }
}

/** A file that can be learnt from and that somebody sees, beside whatever tab is in front. */
function visibleDataset(): vscode.Uri | undefined {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document: { uri, languageId } }) => learnableKind(uri, languageId) !== undefined,
  );
  return editor?.document.uri;
}
