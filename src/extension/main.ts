/**
 * The extension's entry. Activation registers what VS Code asks for and does no work: the Lab itself (lab/start.ts)
 * is loaded by the first command, view or marked file, and engines start when they are first needed.
 * May enter: VS Code, `src/protocol` and the kinds of files of `src/catalogue` only.
 */
import { loadStarted } from './load-time';
import * as vscode from 'vscode';
import '../catalogue/kinds';
import type { RunSummary } from '../protocol';
import type { LabApi, ShownMark } from './api';
import { type CommandName, commands, dashboardType, gridTypes, views } from './contributions';
import { rowsSelector } from './datasets/files';
import { DatasetLenses } from './datasets/lenses';
import { Scope } from './disposal';
import type { StartedLab, StartOptions } from './lab/start';
import type { ShownMarks } from './marks/decorations';
import { MarkMemory } from './marks/mark-memory';
import { focusedRun, nextFocus } from './runs/focused-run';
import { RunsProvider } from './runs/runs-provider';
import type { ActivationTimes } from './timings';

/** From the first line of the bundle to here, where everything that is imported has been evaluated, ms. */
const loadMs = performance.now() - loadStarted;

/** Commands of the Runs view that have a key. */
const keyCommands: ReadonlySet<CommandName> = new Set(['renameRun', 'deleteRun']);

/** The Lab of this window, once something needed it. */
let started: Promise<StartedLab> | undefined;
let present: StartedLab | undefined;

export function activate(context: vscode.ExtensionContext): LabApi {
  const activateStarted = performance.now();
  const { window, languages } = vscode;
  const times = { loadMs, activateMs: 0 };
  const scope = new Scope();
  context.subscriptions.push(scope);
  const lenses = scope.add(new DatasetLenses());
  const memory = new MarkMemory(context.workspaceState);
  const lab = () => (started ??= start({ context, lenses, memory, activation: times }));

  const sidebar: vscode.WebviewViewProvider = {
    resolveWebviewView: async (view) => (await lab()).lab.views.resolveWebviewView(view),
  };
  const tab: vscode.WebviewPanelSerializer = {
    deserializeWebviewPanel: async (panel) => (await lab()).lab.views.deserializeWebviewPanel(panel),
  };
  const grid: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async (document, panel) =>
      (await lab()).lab.grids.resolveCustomEditor(document, panel),
  };
  const webviewOptions = { retainContextWhenHidden: true };
  for (const type of Object.values(gridTypes)) {
    const options = { webviewOptions, supportsMultipleEditorsPerDocument: true };
    scope.add(window.registerCustomEditorProvider(type, grid, options));
  }
  scope.add(window.registerWebviewViewProvider(views.lab, sidebar, { webviewOptions }));
  scope.add(window.registerWebviewPanelSerializer(dashboardType, tab));
  const treeDataProvider = scope.add(new RunsProvider(lab));
  const tree = scope.add(window.createTreeView(views.runs, { treeDataProvider }));
  for (const name of Object.keys(commands) as CommandName[]) {
    const run = async (argument: unknown) => {
      const loaded = await lab();
      const byKey = argument === undefined && keyCommands.has(name);
      return byKey ? runOnFocused(loaded, name, tree) : loaded.run(name, argument);
    };
    scope.add(vscode.commands.registerCommand(commands[name], run));
  }
  scope.add(tree.onDidChangeVisibility(({ visible }) => (visible ? present?.shown() : undefined)));
  scope.add(languages.registerCodeLensProvider(rowsSelector(), lenses));
  scope.add(
    languages.registerHoverProvider(
      { scheme: 'file' },
      { provideHover: (document, at, token) => present?.hover.provideHover(document, at, token) },
    ),
  );
  scope.add(
    languages.registerCodeActionsProvider(
      rowsSelector(),
      {
        provideCodeActions: (document, range, context) =>
          present?.fixes.provideCodeActions(document, range, context),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );

  // Files that carried predictions when they were closed get them back.
  const restore = (editors: readonly vscode.TextEditor[]) => {
    if (!started && editors.some(({ document }) => memory.get(document.uri)?.on === true)) void lab();
  };
  scope.add(window.onDidChangeVisibleTextEditors(restore));
  scope.add(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) void memory.rename(oldUri, newUri);
      restore(window.visibleTextEditors);
    }),
  );
  const later = setTimeout(() => restore(window.visibleTextEditors), 0);
  scope.add({ dispose: () => clearTimeout(later) });

  times.activateMs = performance.now() - activateStarted;
  return testInterface(lab, times, scope);
}

/** Runs a command on the run that has the focus in the Runs view, where the focus stays, also when the run does not. */
async function runOnFocused(
  { lab, run }: StartedLab,
  name: CommandName,
  tree: vscode.TreeView<RunSummary>,
): Promise<void> {
  const focused = await focusedRun(tree, toggleFocused);
  const before = lab.model.state.runs;
  await run(name, focused);
  const next = focused && nextFocus(before, lab.model.state.runs, focused);
  if (next) await tree.reveal(next, { focus: true, select: false });
}

function toggleFocused(): Thenable<unknown> {
  return vscode.commands.executeCommand('list.toggleSelection');
}

/** VS Code waits for it, some seconds at most: a training writes its checkpoint, then every process ends. */
export async function deactivate(): Promise<void> {
  const lab = await started;
  started = undefined;
  present = undefined;
  await lab?.shutDown();
}

async function start(parts: StartOptions): Promise<StartedLab> {
  const { startLab } = await import('./lab/start');
  present = startLab(parts);
  return present;
}

function testInterface(lab: () => Promise<StartedLab>, times: ActivationTimes, scope: Scope): LabApi {
  return {
    state: () => present?.lab.model.state,
    timings: () =>
      present?.timings() ?? { ...times, readyMs: undefined, keystrokeMs: [], keystrokeMedianMs: undefined },
    pids: () => present?.lab.engines.pids ?? { serving: undefined, learning: [] },
    marks: (uri) =>
      vscode.window.visibleTextEditors
        .filter(({ document }) => document.uri.toString() === uri)
        .flatMap((editor) => shownTexts(present?.lab.marks.editors.shownIn(editor))),
    shownMarks: (editor) => present?.lab.marks.editors.shownIn(editor),
    statusBar: () => present?.statusBar.text ?? '',
    contextKeys: () => Object.fromEntries(present?.keys.values ?? []),
    counts: () => ({
      sessions: present?.lab.marks.sessionCount ?? 0,
      grids: present?.lab.grids.count ?? 0,
      disposables: scope.size + (present?.disposables() ?? 0),
    }),
    send: async (message) => (await lab()).send(message),
    shutDown: async () => {
      await deactivate();
      scope.dispose();
    },
  };
}

/** Without what only keeps lines in line with each other. */
function shownTexts(shown: ShownMarks | undefined): ShownMark[] {
  return (shown?.texts ?? [])
    .flatMap(({ kind, line, text }) =>
      kind === 'blank' ? [] : [{ line, text: text.replaceAll('\u00a0', ' ').trim(), look: kind }],
    )
    .sort((one, other) => one.line - other.line);
}
