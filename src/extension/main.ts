/**
 * The extension's entry: puts the parts together and does no work. Engines start at first need and end with the
 * window. May enter: VS Code and `src/protocol` only.
 */
import { loadStarted } from './load-time';
import * as vscode from 'vscode';
import { FromWebview } from '../protocol';
import type { LabApi } from './api';
import { focusLab, registerCommands } from './commands';
import { ContextKeys } from './context-keys';
import { dashboardType, views as viewIds } from './contributions';
import { ActiveDataset } from './datasets/active-dataset';
import { tableSelector } from './datasets/files';
import { DatasetLenses } from './datasets/lenses';
import { Problems } from './datasets/problems';
import { Scope } from './disposal';
import { DetailsPage, detailsScheme } from './engine/details';
import { Engines } from './engine/engines';
import { Failures } from './failures';
import { GenerationController } from './generation/generation-controller';
import { Broadcast } from './lab/broadcast';
import { connectParts } from './lab/connections';
import type { Lab } from './lab/lab';
import { LabModel } from './lab/lab-model';
import { LabViews } from './lab/lab-views';
import { onLabMessage } from './lab/messages';
import { TrainFlow } from './learning/train-flow';
import { TrainingController } from './learning/training-controller';
import { MarkHover } from './marks/mark-hover';
import { MarksController } from './marks/marks-controller';
import { RunActions } from './runs/run-actions';
import { RunsStore } from './runs/runs-store';
import { RunsTree } from './runs/runs-tree';
import { RunsFolders } from './settings';
import { StatusBar } from './status-bar';
import { timingsOf } from './timings';

let shutDown: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): LabApi {
  const activateStarted = performance.now();
  const { extensionUri, globalStorageUri, workspaceState } = context;
  const scope = new Scope();
  const log = scope.add(vscode.window.createOutputChannel('Model Lab', { log: true }));
  const model = scope.add(new LabModel(vscode.workspace.isTrusted));
  const failures = new Failures(log, (notice) => model.update({ notice }));
  const onFailure = failures.show.bind(failures);
  const engines = new Engines(extensionUri, log);
  const engine = engines.serving;
  const problems = scope.add(new Problems());
  const folders = new RunsFolders(globalStorageUri);
  const broadcast = scope.add(new Broadcast(model));
  const runs = scope.add(
    new RunsStore({ model, engine, folders, onFailure: (thrown) => failures.log('Listing runs', thrown) }),
  );
  const training = scope.add(
    new TrainingController({ model, startEngine: () => engines.startLearning(), log }),
  );
  const marks = scope.add(
    new MarksController({
      model,
      engine,
      problems,
      memory: workspaceState,
      runs: () => runs.load(),
      onFailure,
    }),
  );
  const watched = () => broadcast.watched;
  const active = scope.add(new ActiveDataset({ model, engine, problems, log, watched }));
  const generation = scope.add(new GenerationController(model, engine));
  const flow = new TrainFlow({
    engine,
    training,
    active,
    problems,
    folders,
    runs,
    showLab: focusLab,
    onFailure,
  });
  const actions = new RunActions({ model, engine, store: runs, trained: () => training.runFolder });
  const timings = timingsOf({
    loadMs: activateStarted - loadStarted,
    activateStarted,
    engines,
    clock: marks.clock,
  });
  const details = scope.add(new DetailsPage(engines, timings.read));
  const views = scope.add(
    new LabViews({
      extension: extensionUri,
      broadcast,
      log,
      onMessage: (message) => void onLabMessage(message, lab),
      onShown: () => shown(),
    }),
  );
  const lab: Lab = {
    ...{ context, log, model, failures, engines, active, training, flow, marks, generation, runs, actions },
    ...{ views, details, showLab: focusLab },
  };
  const tree = scope.add(new RunsTree(model));
  const lenses = scope.add(new DatasetLenses(marks, training));
  const keys = new ContextKeys();
  const statusBar = scope.add(new StatusBar(model));
  const shown = connectParts(lab, keys, scope);

  for (const command of registerCommands(lab)) scope.add(command);
  const { window, languages, workspace } = vscode;
  const keep = { webviewOptions: { retainContextWhenHidden: true } };
  scope.add(window.registerWebviewViewProvider(viewIds.lab, views, keep));
  scope.add(window.registerWebviewPanelSerializer(dashboardType, views));
  const treeView = scope.add(window.createTreeView(viewIds.runs, { treeDataProvider: tree }));
  scope.add(treeView.onDidChangeVisibility(({ visible }) => (visible ? shown() : undefined)));
  scope.add(languages.registerCodeLensProvider(tableSelector, lenses));
  scope.add(languages.registerHoverProvider({ scheme: 'file' }, new MarkHover(marks)));
  scope.add(workspace.registerTextDocumentContentProvider(detailsScheme, details));
  scope.add({ dispose: () => engines.dispose() });
  context.subscriptions.push(scope);

  shutDown = async () => {
    shutDown = undefined;
    await training.end();
    await engines.dispose();
    scope.dispose();
  };
  timings.activated();
  return {
    state: () => model.state,
    timings: timings.read,
    pids: () => engines.pids,
    marks: (uri) =>
      window.visibleTextEditors
        .filter(({ document }) => document.uri.toString() === uri)
        .flatMap((editor) => [...marks.decorations.textsIn(editor)]),
    statusBar: () => statusBar.text,
    contextKeys: () => Object.fromEntries(keys.values),
    counts: () => ({ sessions: marks.sessionCount, disposables: scope.size }),
    send: (message) => onLabMessage(FromWebview.parse(message), lab),
    shutDown: async () => shutDown?.(),
  };
}

/** VS Code waits for it, at most some seconds: a training writes its checkpoint, then every process ends. */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}
