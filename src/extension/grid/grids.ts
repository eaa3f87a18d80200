/** The grids of this window: an editor for every table, one tab or several for a file, each with its own view of the rows. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol';
import type { MarksShown } from '../../protocol/grid-page';
import { gridTypes } from '../contributions';
import { learnableKind } from '../datasets/files';
import type { ReadingMemory } from '../datasets/reading-memory';
import { Scope, type Disposable } from '../disposal';
import type { MarkMemory } from '../marks/mark-memory';
import { marksAutomatically } from '../settings';
import { webviewOptions, webviewPage } from '../webview-page';
import { type GridEngine, GridTab } from './grid-tab';
import { watchFile } from './watch-file';

export interface GridsOptions {
  readonly extension: vscode.Uri;
  readonly engine: GridEngine;
  readonly readings: ReadingMemory;
  readonly memory: MarkMemory;
  readonly log: vscode.LogOutputChannel;
  /** The list of runs, to find a remembered run again. */
  readonly runs: () => Promise<readonly RunSummary[]>;
  readonly onChooseRun: (file: vscode.Uri) => void;
  readonly onFailure: (action: string, thrown: unknown) => void;
}

/** Opens a file as a grid, or shows the one that is open. */
export async function openAsGrid(file: vscode.Uri): Promise<void> {
  const type = learnableKind(file)?.isText === false ? gridTypes.files : gridTypes.tables;
  await vscode.commands.executeCommand('vscode.openWith', file, type);
}

export class Grids implements Disposable {
  readonly #options: GridsOptions;
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<void>());
  /** Grids came or went, or are marked otherwise. */
  readonly onDidChange = this.#changed.event;
  readonly #tabs = new Map<vscode.WebviewPanel, GridTab>();
  /**
   * The runs that were asked for in this window: they count although marks shall not come by themselves, and before the
   * list of runs has them.
   */
  readonly #asked = new Map<string, RunSummary>();
  #count = 0;

  constructor(options: GridsOptions) {
    this.#options = options;
    this.#scope.add(
      options.readings.onDidSet((file) => {
        for (const tab of this.#of(file.toString())) tab.open('asked');
      }),
    );
    this.#scope.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const tab of this.#tabs.values()) tab.open('asked');
      }),
    );
  }

  /** Makes the editor of a file that VS Code has opened a tab for. */
  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const { extension, engine, readings, log, onChooseRun, onFailure } = this.#options;
    const scope = new Scope();
    const tab = new GridTab({
      gridId: `${uri.toString()} ${++this.#count}`,
      file: uri,
      webview: panel.webview,
      engine,
      reading: () => readings.get(uri),
      run: () => this.#runOf(uri),
      trusted: () => vscode.workspace.isTrusted,
      log: (line) => log.warn(line),
      onUnmarked: (error) => onFailure(`Marking ${path.basename(uri.fsPath)}`, error),
      onChooseRun: () => onChooseRun(uri),
      onHideMarks: () => {
        this.hide(uri).catch((thrown: unknown) => onFailure('Hiding predictions', thrown));
      },
    });
    scope.add(tab);
    scope.add(watchFile(uri, () => tab.open('file-changed')));
    this.#tabs.set(panel, tab);
    panel.onDidDispose(() => {
      this.#tabs.delete(panel);
      scope.dispose();
      this.#changed.fire();
    });
    panel.webview.options = webviewOptions(extension);
    panel.webview.html = webviewPage('grid', panel.webview, extension);
    this.#changed.fire();
  }

  get count(): number {
    return this.#tabs.size;
  }

  has(file: vscode.Uri): boolean {
    return this.#of(file.toString()).length > 0;
  }

  /** Of a grid's file: marked, or a model is known for it, or nothing is known. */
  stateOf(file: vscode.Uri): 'on' | 'off' | undefined {
    const entry = this.#options.memory.get(file);
    return entry && (entry.on ? 'on' : 'off');
  }

  /** Marks a file's rows with a run's model, in every grid that shows them now or later. */
  async mark(file: vscode.Uri, run: RunSummary): Promise<void> {
    this.#asked.set(file.toString(), run);
    await this.#remember(file, run.folder, true);
  }

  /** Takes the marks off a file; which run it was marked with is remembered. */
  async hide(file: vscode.Uri): Promise<void> {
    const entry = this.#options.memory.get(file);
    this.#asked.delete(file.toString());
    if (entry) await this.#remember(file, entry.runFolder, false);
  }

  /** Which rows the grids of a file show by their marks; undefined: all. */
  showMarks(file: vscode.Uri, marks: MarksShown | undefined): void {
    for (const tab of this.#of(file.toString())) tab.showMarks(marks);
  }

  async #remember(file: vscode.Uri, runFolder: string, on: boolean): Promise<void> {
    await this.#options.memory.set(file, { runFolder, on });
    for (const tab of this.#of(file.toString())) tab.open('asked');
    this.#changed.fire();
  }

  /** The run that the file's rows are marked with, if it is still there and may run. */
  async #runOf(file: vscode.Uri): Promise<RunSummary | undefined> {
    const entry = this.#options.memory.get(file);
    if (entry?.on !== true || !vscode.workspace.isTrusted) return undefined;
    const asked = this.#asked.get(file.toString());
    if (asked?.folder === entry.runFolder) return asked;
    if (!marksAutomatically()) return undefined;
    return (await this.#options.runs()).find((run) => run.folder === entry.runFolder && run.hasModel);
  }

  #of(file: string): GridTab[] {
    return [...this.#tabs.values()].filter((tab) => tab.file.toString() === file);
  }

  dispose(): void {
    for (const tab of this.#tabs.values()) tab.dispose();
    this.#tabs.clear();
    this.#scope.dispose();
  }
}
