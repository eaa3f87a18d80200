/** The Runs view: newest first, state as an icon, headline metric and age beside the name. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  familyTitle,
  joinSentences,
  type RunState,
  type RunSummary,
  showControls,
  tellApart,
  writeAge,
  writeBytes,
  writeDuration,
  writeHeadline,
  writeNumber,
  writeScore,
  writesText,
} from '../../protocol';
import { commands, type RunItemFlag } from '../contributions';
import { Scope, type Disposable } from '../disposal';
import type { LabModel } from '../lab/lab-model';
import { appendPlain, withoutIcons } from '../plain-text';

interface StateLook {
  readonly icon: string;
  readonly color?: string;
  readonly word: string;
}

const looks: Readonly<Record<RunState, StateLook>> = {
  preparing: { icon: 'loading~spin', word: 'being prepared' },
  running: { icon: 'sync~spin', color: 'charts.blue', word: 'running' },
  paused: { icon: 'debug-pause', color: 'charts.yellow', word: 'paused' },
  finished: { icon: 'pass', color: 'charts.green', word: 'finished' },
  stopped: { icon: 'debug-stop', color: 'charts.green', word: 'stopped early' },
  interrupted: { icon: 'debug-disconnect', color: 'charts.orange', word: 'interrupted' },
  failed: { icon: 'error', color: 'charts.red', word: 'failed' },
};

const busyStates: ReadonlySet<RunState> = new Set(['preparing', 'running', 'paused']);

export class RunsTree implements vscode.TreeDataProvider<RunSummary>, Disposable {
  readonly #model: LabModel;
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #shown: readonly RunSummary[] = [];
  #apart: ReadonlyMap<string, string> = new Map();

  constructor(model: LabModel) {
    this.#model = model;
    this.#scope.add(
      model.onDidChange(({ runs }) => {
        if (runs === this.#shown) return;
        this.#shown = runs;
        this.#apart = tellApart(runs);
        this.#changed.fire(undefined);
      }),
    );
  }

  getChildren(parent?: RunSummary): RunSummary[] {
    return parent ? [] : [...this.#model.state.runs];
  }

  /** Runs have no parents; `reveal` of the view needs to be told. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(run: RunSummary): vscode.TreeItem {
    const look = looks[run.state];
    const item = new vscode.TreeItem(withoutIcons(run.name));
    item.id = run.folder;
    item.iconPath = new vscode.ThemeIcon(
      look.icon,
      look.color ? new vscode.ThemeColor(look.color) : undefined,
    );
    const description = [this.#apart.get(run.folder) ?? '', headlineOf(run), ageOf(run)]
      .filter((part) => part !== '')
      .join(' · ');
    item.description = withoutIcons(description);
    item.tooltip = tooltip(run, look.word);
    item.contextValue = contextValue(run);
    item.command = { command: commands.openRun, title: 'Open Run', arguments: [run] };
    item.accessibilityInformation = {
      label: showControls(`${run.name}, ${look.word}, ${description}`),
    };
    return item;
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

function headlineOf({ headline }: RunSummary): string {
  return headline ? writeScore(headline) : '';
}

function ageOf({ created }: RunSummary): string {
  const seconds = (Date.now() - Date.parse(created)) / 1000;
  return Number.isFinite(seconds) ? writeAge(seconds) : '';
}

function contextValue(run: RunSummary): string {
  const flags: RunItemFlag[] = ['run', writesText(run.task) ? 'text' : 'table'];
  if (run.hasModel) flags.push('model');
  if (run.canResume) flags.push('resumable');
  if (busyStates.has(run.state)) flags.push('busy');
  return `.${flags.join('.')}.`;
}

/** Plain text in Markdown: names come from files and must not become links or markup. */
function tooltip(run: RunSummary, state: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const line = (words: string) => appendPlain(text, words).appendMarkdown('\n\n');
  line(`${run.name}: ${state}`);
  const what = run.target === undefined ? '' : ` → ${run.target}`;
  line(`${path.basename(run.datasetPath)}${what} · ${familyTitle(run.family)}`);
  if (run.headline) line(writeHeadline(run.headline));
  line(`Epoch ${writeNumber(run.epoch)} of ${writeNumber(run.epochs)}, ${writeDuration(run.seconds)}`);
  if (run.parameters !== undefined) {
    const size = run.modelBytes === undefined ? '' : `, ${writeBytes(run.modelBytes)}`;
    line(`${writeNumber(run.parameters)} parameters${size}`);
  }
  if (run.error) line(joinSentences(run.error.message, run.error.advice));
  return text;
}
