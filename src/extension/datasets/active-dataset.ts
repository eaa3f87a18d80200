/**
 * Looks at the file in the active tab while a view of the Lab shows, and keeps the draft of its training in the
 * Lab's state. The newest question wins; answers to older ones are dropped.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { z } from 'zod';
import {
  CancelledError,
  type DatasetSummary,
  type Draft,
  InspectDataset,
  LabError,
  type Notice,
  type ReadingWishes,
  SuggestModels,
  wholeReading,
} from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { activeFile, documentLimit, learnableKind, openDocument } from './files';
import type { Problems } from './problems';
import type { ReadingMemory } from './reading-memory';

/** How long an edited file rests before it is looked at again, ms. */
const rest = 400;
/** The seed that experiments start with, as in the experiment's schema. */
const firstSeed = 1337;
const validationShare = 0.2;

export interface DraftWish {
  readonly kind?: 'table' | 'text' | undefined;
  readonly target?: string | undefined;
  /** What is asked of the reading of a table; what is absent is found out. */
  readonly reading?: ReadingWishes | undefined;
}

export interface ActiveDatasetOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly readings: ReadingMemory;
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
  const asked = wish.reading ?? {};
  const question = { path: file.fsPath, kind: wish.kind, ...asked };
  const dataset = await engine.call(InspectDataset, { ...question, text }, { signal });
  const target = targetOf(dataset, wish.target);
  // The engine has the answer to the same question at hand. What is on disk is to be read as the text was.
  const again =
    text === undefined ? question : { ...question, kind: dataset.kind, ...wholeReading(dataset, asked) };
  const models = await suggestModels(engine, dataset, { ...again, target: target?.column }, signal);
  return {
    dataset,
    fileName: path.basename(file.fsPath),
    asked,
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
  question: z.input<(typeof SuggestModels)['params']>,
  signal: AbortSignal | undefined,
): Promise<Draft['models']> {
  if (dataset.issues.some((issue) => issue.severity === 'error')) return [];
  if (dataset.kind === 'table' && question.target === undefined) return [];
  return engine.call(SuggestModels, question, { signal });
}

function targetOf(dataset: DatasetSummary, wish: string | undefined) {
  if (dataset.kind === 'text') return undefined;
  return dataset.targets.find(({ column }) => column === wish) ?? dataset.targets[0];
}

export class ActiveDataset implements Disposable {
  readonly #options: ActiveDatasetOptions;
  readonly #scope = new Scope();
  #file: vscode.Uri | undefined;
  /** The file in front when it was looked at last. */
  #front: vscode.Uri | undefined;
  #frontTold = '';
  readonly #fronted = this.#scope.add(new vscode.EventEmitter<vscode.Uri>());
  /** Another file has come to the front, and somebody sees the Lab. */
  readonly onDidFront = this.#fronted.event;
  #wish: DraftWish = {};
  /** What was asked of the file before its reading was changed last. */
  #askedBefore: ReadingWishes | undefined;
  #question: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What the present draft was made of: file and version. */
  #answered = '';
  /** What the Lab was told about the file before, to be taken back when it no longer holds. */
  #notice: Notice | undefined;
  #watcher: vscode.FileSystemWatcher | undefined;

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
    const { model, watched } = this.#options;
    if (file === undefined) return;
    if (learnableKind(file, openDocument(file)?.languageId) === undefined) {
      this.#front = undefined;
      this.#frontTold = '';
      if (model.state.front) model.update({ front: undefined });
      return;
    }
    // A draft of another file stays until a file comes to the front: its form is in use.
    if (file.toString() !== this.#front?.toString()) {
      this.#front = file;
      model.update({ front: { path: file.fsPath, fileName: path.basename(file.fsPath) } });
      this.#turnTo(file);
    }
    if (!watched()) return;
    this.#ask();
    if (this.#frontTold === file.toString()) return;
    this.#frontTold = file.toString();
    this.#fronted.fire(file);
  }

  /** Turns from the file of the form to the one in front. */
  useFront(): void {
    if (this.#front === undefined) return;
    this.#turnTo(this.#front);
    this.#ask();
  }

  #turnTo(file: vscode.Uri): void {
    if (file.toString() === this.#file?.toString()) return;
    this.#file = file;
    this.#watch(file);
    this.#wish = {};
    this.#askedBefore = undefined;
    this.#answered = '';
  }

  /** A file that changes on disk is looked at again: it may have been looked at in the middle of a save. */
  #watch(file: vscode.Uri): void {
    this.#watcher?.dispose();
    // By its folder, since a name may hold signs that mean something in a pattern.
    const folder = vscode.Uri.file(path.dirname(file.fsPath));
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
    const changed = (uri: vscode.Uri): void => {
      if (uri.fsPath !== this.#file?.fsPath || openDocument(file)?.isDirty === true) return;
      this.#answered = '';
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        if (this.#options.watched()) this.#ask();
      }, rest);
    };
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    this.#watcher = watcher;
  }

  /** Another target or another kind for the active file. */
  wish(change: DraftWish): void {
    this.#wish = change.kind === undefined ? { ...this.#wish, ...change } : change;
    this.#answered = '';
    this.#ask();
  }

  /** Asks for another reading of the active file, and remembers it for this file. */
  async read(change: (asked: ReadingWishes) => ReadingWishes): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const { readings } = this.#options;
    const before = readings.get(file);
    await readings.set(file, change(before));
    if (file.toString() !== this.#file?.toString()) return;
    this.#askedBefore = before;
    this.wish({});
  }

  /** Takes a draft that was made elsewhere, e.g. by the training flow. */
  show(file: vscode.Uri, draft: Draft): void {
    this.#question?.abort();
    if (file.toString() !== this.#file?.toString()) this.#watch(file);
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
    const { model, problems, log } = this.#options;
    model.update({ inspecting: true });
    this.#draft(file, question.signal).then(
      ({ draft, refused }) => {
        if (question.signal.aborted) return;
        problems.set(file, 'dataset', draft.dataset.issues, version);
        this.#takeBack();
        model.update({ draft, inspecting: false });
        this.#tellOfSize(draft);
        if (refused) this.#tellOfRefusal(draft, refused);
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
          path: file.fsPath,
        });
      },
    );
  }

  /**
   * The draft with the reading that was asked for. Where the file cannot be read that way but as it was read before,
   * it is, and what was asked is forgotten: whoever asked would else have no form to take it back in.
   */
  async #draft(file: vscode.Uri, signal: AbortSignal): Promise<{ draft: Draft; refused?: LabError }> {
    const { engine, readings } = this.#options;
    const asked = readings.get(file);
    const before = this.#askedBefore ?? {};
    this.#askedBefore = undefined;
    const wish = this.#wish;
    try {
      return { draft: await draftOf(engine, file, { reading: asked, ...wish }, signal) };
    } catch (thrown) {
      if (Object.keys(asked).length === 0 || thrown instanceof CancelledError) throw thrown;
      const draft = await draftOf(engine, file, { reading: before, ...wish }, signal).catch(() => {
        throw thrown;
      });
      await readings.set(file, before);
      return { draft, refused: LabError.from(thrown) };
    }
  }

  #tellOfRefusal({ fileName }: Draft, { message, advice }: LabError): void {
    this.#tell({
      severity: 'warning',
      message: `${fileName} cannot be read as asked: ${message} It is read as before.`,
      advice,
    });
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
    this.#watcher?.dispose();
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
