/** The parts of the extension, put together once by `activate` and handed to commands and messages. */
import type * as vscode from 'vscode';
import type { ActiveDataset } from '../datasets/active-dataset';
import type { Overviews } from '../datasets/overviews';
import type { DetailsPage } from '../engine/details';
import type { QualityWatch } from '../datasets/quality-watch';
import type { EngineRecord } from '../engine/engine-record';
import type { Engines } from '../engine/engines';
import type { Failures } from '../failures';
import type { GenerationController } from '../generation/generation-controller';
import type { Grids } from '../grid/grids';
import type { TrainFlow } from '../learning/train-flow';
import type { TrainingQueue } from '../learning/training-queue';
import type { TrainingController } from '../learning/training-controller';
import type { MarksController } from '../marks/marks-controller';
import type { RunActions } from '../runs/run-actions';
import type { RunsStore } from '../runs/runs-store';
import type { LabModel } from './lab-model';
import type { LabViews } from './lab-views';

export interface Lab {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly model: LabModel;
  readonly failures: Failures;
  readonly engines: Engines;
  readonly active: ActiveDataset;
  readonly overviews: Overviews;
  readonly quality: QualityWatch;
  readonly training: TrainingController;
  readonly queue: TrainingQueue;
  readonly flow: TrainFlow;
  readonly marks: MarksController;
  readonly grids: Grids;
  readonly generation: GenerationController;
  readonly runs: RunsStore;
  readonly actions: RunActions;
  readonly views: LabViews;
  readonly details: DetailsPage;
  readonly record: EngineRecord;
  /** Brings the sidebar's Lab to the front. */
  readonly showLab: () => Promise<void>;
}
