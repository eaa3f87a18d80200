/** Puts the parts together: at the first command, view or marked file, not at activation. */
import '../zod-settings';
import { basename } from 'node:path';
import '../../catalogue';
import * as vscode from 'vscode';
import { FromWebview } from '../../protocol';
import { focusLab, runCommand } from '../commands';
import { ContextKeys } from '../context-keys';
import type { CommandName } from '../contributions';
import { ActiveDataset } from '../datasets/active-dataset';
import { Overviews } from '../datasets/overviews';
import type { DatasetLenses } from '../datasets/lenses';
import { Problems } from '../datasets/problems';
import { QualityFixes } from '../datasets/quality-fixes';
import { QualityWatch } from '../datasets/quality-watch';
import { ThumbnailWatch } from '../datasets/thumbnail-watch';
import { ReadingMemory } from '../datasets/reading-memory';
import { Scope } from '../disposal';
import type { EngineProcess } from '../../protocol/client';
import { DetailsPage, detailsScheme } from '../engine/details';
import { EngineRecord } from '../engine/engine-record';
import { Engines } from '../engine/engines';
import { Failures } from '../failures';
import { GenerationController } from '../generation/generation-controller';
import { Grids } from '../grid/grids';
import { Claims } from '../learning/claims';
import { QueueMemory } from '../learning/queue-memory';
import { TrainFlow } from '../learning/train-flow';
import { TrainingController } from '../learning/training-controller';
import { TrainingQueue } from '../learning/training-queue';
import { MarkHover } from '../marks/mark-hover';
import type { MarkMemory } from '../marks/mark-memory';
import { MarksController } from '../marks/marks-controller';
import { remark } from '../messages';
import { RunActions } from '../runs/run-actions';
import { RunsFolders } from '../runs/runs-folders';
import { RunsStore } from '../runs/runs-store';
import { RunsTree } from '../runs/runs-tree';
import { StatusBar } from '../status-bar';
import type { ActivationTimes, Timings } from '../timings';
import { Broadcast } from './broadcast';
import { connectParts } from './connections';
import type { Lab } from './lab';
import { LabModel } from './lab-model';
import { LabViews } from './lab-views';
import { onLabMessage } from './messages';

export interface StartedLab {
  readonly lab: Lab;
  readonly tree: RunsTree;
  readonly hover: MarkHover;
  readonly fixes: QualityFixes;
  readonly keys: ContextKeys;
  readonly statusBar: StatusBar;
  readonly timings: () => Timings;
  readonly disposables: () => number;
  readonly run: (command: CommandName, argument: unknown) => Promise<void>;
  /** Handles a message as if the Lab's page had sent it; for tests. */
  readonly send: (message: unknown) => Promise<void>;
  /** A view was shown: what it needs may be looked up now. */
  readonly shown: () => void;
  /** Lets a training write its checkpoint, then ends every process and listener. */
  readonly shutDown: () => Promise<void>;
}

/** What is there from activation on. */
export interface StartOptions {
  readonly context: vscode.ExtensionContext;
  readonly lenses: DatasetLenses;
  /** Which files were marked. */
  readonly memory: MarkMemory;
  readonly activation: ActivationTimes;
}

export function startLab({ context, lenses, memory, activation }: StartOptions): StartedLab {
  const { extensionUri, globalStorageUri, workspaceState } = context;
  const scope = new Scope();
  const log = scope.add(vscode.window.createOutputChannel('Model Lab', { log: true }));
  const model = scope.add(new LabModel(vscode.workspace.isTrusted));
  const failures = new Failures(
    log,
    (notice) => model.update({ notice }),
    () => broadcast.watched,
  );
  const onFailure = (action: string, thrown: unknown) => failures.show(action, thrown);
  const engines = new Engines(extensionUri, globalStorageUri, log);
  const engine = engines.serving;
  const problems = scope.add(new Problems());
  const folders = scope.add(new RunsFolders(globalStorageUri, workspaceState));
  const broadcast = scope.add(new Broadcast(model));
  const onListFailure = (thrown: unknown) => failures.log('Listing runs', thrown);
  const runs = scope.add(new RunsStore({ model, engine, folders, onFailure: onListFailure }));
  const startEngine = () => engines.startLearning();
  const record = new EngineRecord(engines, globalStorageUri, log);
  const beforeEnd = (engine: EngineProcess) => record.keep(engine);
  const training = scope.add(new TrainingController({ model, startEngine, beforeEnd, log }));
  const list = () => runs.load();
  const readings = new ReadingMemory(workspaceState);
  const marksParts = { model, engine, problems, memory, readings, extension: extensionUri };
  const marks = scope.add(new MarksController({ ...marksParts, runs: list, onFailure }));
  const grids = scope.add(
    new Grids({
      ...{ extension: extensionUri, engine, readings, memory, log, runs: list, onFailure },
      onChooseRun: (file) => void runCommand(lab, 'markWith', file),
    }),
  );
  const watched = () => broadcast.watched;
  const active = scope.add(new ActiveDataset({ model, engine, readings, problems, log, watched }));
  const overviews = scope.add(new Overviews(model, engine));
  const quality = scope.add(new QualityWatch({ model, engine, problems, log }));
  scope.add(new ThumbnailWatch({ model, engine, log }));
  const generation = scope.add(new GenerationController(model, engine));
  // Whoever types goes on typing while a training starts.
  const revealLab = async () => {
    if (!views.reveal()) await focusLab();
  };
  const claims = new Claims(vscode.Uri.joinPath(globalStorageUri, 'claims').fsPath);
  const queue = new TrainingQueue(model, new QueueMemory(workspaceState), claims, ({ datasetPath }) =>
    remark('watch', `The training of ${basename(datasetPath)} was decided about in another window`),
  );
  const parts = { model, queue, engine, training, active, problems, folders, readings, runs };
  const flow = new TrainFlow({ ...parts, showLab: revealLab, onFailure });
  const actions = new RunActions({ model, engine, store: runs, trained: () => training.runFolder });
  const timings = (): Timings => ({
    ...activation,
    readyMs: engines.serving.startMs,
    keystrokeMs: marks.clock.latencies,
    keystrokeMedianMs: marks.clock.median,
  });
  const details = scope.add(new DetailsPage(engines, record, timings));
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
    ...{
      context,
      log,
      model,
      failures,
      engines,
      active,
      overviews,
      training,
      flow,
      marks,
      grids,
      generation,
      runs,
    },
    ...{ actions, quality, queue, views, details, record, showLab: focusLab },
  };
  const keys = new ContextKeys();
  const shown = connectParts(lab, keys, scope);
  scope.add(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      // All at once: the next who asks for one of them asks by its new name.
      for (const { oldUri, newUri } of files) void readings.rename(oldUri, newUri);
    }),
  );
  lenses.follow({ marks, training, model });
  scope.add(vscode.workspace.registerTextDocumentContentProvider(detailsScheme, details));
  marks.restore();
  return {
    lab,
    tree: scope.add(new RunsTree(model)),
    hover: new MarkHover(marks),
    fixes: new QualityFixes(quality),
    keys,
    statusBar: scope.add(new StatusBar(model)),
    timings,
    disposables: () => scope.size,
    run: (command, argument) => runCommand(lab, command, argument),
    send: (message) => onLabMessage(FromWebview.parse(message), lab),
    shown,
    shutDown: async () => {
      queue.end();
      await training.end();
      await engines.dispose();
      scope.dispose();
    },
  };
}
