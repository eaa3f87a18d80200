/**
 * Looks at the file in the active tab while a view of the Lab shows, and keeps the draft of its training in the
 * Lab's state. The newest question wins; answers to older ones are dropped.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError, type Draft, LabError, type Notice, type ReadingWishes } from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { draftOf, type DraftWish } from './draft';
import { activeFile, activeGrid, documentLimit, learnableKind, openDocument, watchSaves } from './files';
import type { Problems } from './problems';
import type { ReadingMemory } from './reading-memory';

/** How long an edited file rests before it is looked at again, ms. */
const rest = 400;
export interface ActiveDatasetOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly readings: ReadingMemory;
  readonly problems: Problems;
  readonly log: vscode.LogOutputChannel;
  /** Whether a view of the Lab shows. */
  readonly watched: () => boolean;
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
  /** What was asked of the file when it was last read, while something else has been asked since. */
  #askedBefore: ReadingWishes | undefined;
  #question: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What the present draft was made of: file and version. */
  #answered = '';
  /** What the Lab was told about the file before, to be taken back when it no longer holds. */
  #notice: Notice | undefined;
  #watcher: vscode.FileSystemWatcher | undefined;
  #looks = 0;

  constructor(options: ActiveDatasetOptions) {
    this.#options = options;
    this.#scope.add(watchSaves());
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

  /** What is asked of its reading. */
  get asked(): ReadingWishes {
    return this.#file === undefined ? {} : this.#options.readings.get(this.#file);
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
    const asked = readings.get(file);
    // Whether the file can be read so is known later: a second change may come before that.
    this.#askedBefore ??= asked;
    const kept = readings.set(file, change(asked));
    this.wish({});
    await kept;
  }

  /** Takes a draft that was made elsewhere, e.g. by the training flow. */
  show(file: vscode.Uri, draft: Draft): void {
    this.#question?.abort();
    if (file.toString() !== this.#file?.toString()) this.#watch(file);
    this.#file = file;
    this.#askedBefore = undefined;
    this.#wish = { kind: draft.dataset.kind, target: draft.target, exclude: draft.exclude };
    this.#answered = this.#identity(file);
    this.#options.problems.set(file, 'dataset', draft.dataset.issues);
    this.#takeBack();
    this.#publish(draft);
  }

  #publish(draft: Draft): void {
    this.#options.model.update({ draft: { ...draft, look: ++this.#looks }, inspecting: false });
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
        this.#askedBefore = undefined;
        problems.set(file, 'dataset', draft.dataset.issues, version);
        this.#takeBack();
        this.#publish(draft);
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
    const wish = this.#wish;
    try {
      return { draft: await draftOf(engine, file, { reading: asked, ...wish }, signal) };
    } catch (thrown) {
      if (Object.keys(asked).length === 0 || thrown instanceof CancelledError) throw thrown;
      const draft = await draftOf(engine, file, { reading: before, ...wish }, signal).catch(() => {
        throw thrown;
      });
      await readings.takeBack(file, asked, before);
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
    const file = this.#file;
    const isGrid = activeGrid()?.toString() === file?.toString();
    if (dataset.bytes <= documentLimit || isGrid || this.#isNoText()) return;
    this.#tell({
      severity: 'information',
      message: `${fileName} is larger than 50 MB: VS Code does not show such files to extensions, so its rows cannot carry predictions in the text editor.`,
      advice: 'A grid shows them, and the file can be trained on as it is.',
      path: file?.fsPath,
      ...(dataset.kind === 'table' ? { action: 'openAsGrid' } : {}),
    });
  }

  #isNoText(): boolean {
    return this.#file !== undefined && learnableKind(this.#file)?.isText === false;
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
