/** The endpoints of both roles, nothing else: what is asked, and which room answers. */
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { handle } from '../protocol/endpoint';
import {
  CloseMarks,
  ControlTraining,
  DeleteRun,
  Details,
  EditMarks,
  type EngineRole,
  Generate,
  InspectDataset,
  ListRuns,
  LookAtDataset,
  MeasureInference,
  OpenMarks,
  PredictFile,
  ReadMark,
  ReadRun,
  RenameRun,
  ResumeTraining,
  SuggestModels,
  Train,
  WritePrepared,
  WriteProfile,
} from '../protocol/engine';
import { ReadOverview } from '../protocol/overview';
import { CheckQuality, MendTable } from '../protocol/quality-requests';
import {
  CloseGrid,
  FindInGrid,
  LocateInGrid,
  OpenGrid,
  ReadGridCell,
  ReadGridMark,
  ReadGridRows,
  SummariseGrid,
} from '../protocol/grid';
import { ReadThumbnails } from '../protocol/images';
import { describeEngine, writeProfile } from './server/details';

export interface ServeOptions {
  readonly role: EngineRole;
  /** From the process's start to its readiness, ms. */
  readonly readyMs: number;
}

/** What the process still has to do before it may end. */
export interface Server {
  end(): Promise<void>;
}

/** Registers the endpoints of the role. Rooms are imported by the first request that needs them. */
export function serve(connection: MessageConnection, options: ServeOptions): Server {
  handle(connection, Details, () => describeEngine(options));
  handle(connection, WriteProfile, ({ path }) => writeProfile(path, options));
  return options.role === 'serving' ? serveServing(connection) : serveLearning(connection);
}

function serveServing(connection: MessageConnection): Server {
  handle(connection, InspectDataset, async (params, { signal }) =>
    (await datasets()).inspect(params, { signal }),
  );
  handle(connection, SuggestModels, async (params, { signal }) =>
    (await datasets()).suggest(params, { signal }),
  );
  handle(connection, LookAtDataset, async (params, { signal }) =>
    (await datasets()).look(params, { signal }),
  );

  handle(connection, ReadOverview, async (params, context) => (await overviews()).overview(params, context));
  handle(connection, CheckQuality, async (params, context) => (await quality()).check(params, context));
  handle(connection, MendTable, async (params) => (await quality()).mend(params));

  handle(connection, WritePrepared, async (params, context) => (await prepared()).write(params, context));
  handle(connection, ReadThumbnails, async (params, { signal }) =>
    (await thumbnails()).thumbnails(params, { signal }),
  );

  handle(connection, ListRuns, async ({ runsFolders }) => (await runs()).listRuns(runsFolders));
  handle(connection, ReadRun, async ({ runFolder }) => (await runs()).readRun(runFolder));
  handle(connection, RenameRun, async ({ runFolder, name }) => (await runs()).renameRun(runFolder, name));
  handle(connection, DeleteRun, async ({ runFolder, runsFolders }) => {
    await (await runs()).deleteRun(runFolder, runsFolders);
    return null;
  });

  handle(connection, OpenMarks, async (params) => (await marks()).openMarks(params));
  handle(connection, EditMarks, async (params) => (await marks()).editMarks(params));
  handle(connection, CloseMarks, async ({ documentId }) => (await marks()).closeMarks(documentId));
  handle(connection, ReadMark, async ({ documentId, row }) => (await marks()).readMark(documentId, row));
  handle(connection, MeasureInference, async ({ documentId }) => (await marks()).measureMarks(documentId));

  handle(connection, OpenGrid, async (params, context) => (await grids()).openGrid(params, context));
  handle(connection, ReadGridRows, async (params, context) => (await grids()).readGridRows(params, context));
  handle(connection, SummariseGrid, async (params, context) =>
    (await grids()).summariseGrid(params, context),
  );
  handle(connection, FindInGrid, async (params, context) => (await grids()).findInGrid(params, context));
  handle(connection, LocateInGrid, async (params, context) => (await grids()).locateInGrid(params, context));
  handle(connection, ReadGridCell, async (params) => (await grids()).readGridCell(params));
  handle(connection, ReadGridMark, async (params) => (await grids()).readGridMark(params));
  handle(connection, CloseGrid, async ({ gridId }) => (await grids()).closeGrid(gridId));

  handle(connection, PredictFile, async (params, context) => (await models()).predict(params, context));
  handle(connection, Generate, async (params, context) => (await models()).write(params, context));
  return { end: () => Promise.resolve() };
}

function serveLearning(connection: MessageConnection): Server {
  let session: ReturnType<typeof openSession> | undefined;
  const opened = () => (session ??= openSession());
  handle(connection, Train, async (params, context) => (await opened()).train(params, context));
  handle(connection, ResumeTraining, async (params, context) => (await opened()).resume(params, context));
  handle(connection, ControlTraining, async ({ action }) => (await opened()).control(action));
  return { end: async () => (await session)?.end() };
}

const datasets = () => withFeatures(import('./server/dataset-requests'));
const overviews = () => withFeatures(import('./server/overview-requests'));
const quality = () => withFeatures(import('./server/quality-requests'));
const prepared = () => withFeatures(import('./server/prepared-file'));
const thumbnails = () => withFeatures(import('./server/thumbnail-requests'));
const runs = () => import('./runs');
const marks = () => withFeatures(import('./server/marked-documents'));
const grids = () => withFeatures(import('./server/grids'));
const models = () => withFeatures(import('./server/model-requests'));
const openSession = async () =>
  new (await withFeatures(import('./server/training-session'))).TrainingSession();

/** Rooms that read tables use the kinds of columns without waiting for them. */
async function withFeatures<Room>(room: Promise<Room>): Promise<Room> {
  await (await import('./features/open-features')).openFeatures();
  return room;
}
