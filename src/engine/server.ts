/** The endpoints of both roles, nothing else: what is asked, and which room answers. */
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { handle } from '../protocol/endpoint';
import {
  DeleteRun,
  Details,
  type EngineRole,
  InspectDataset,
  ListRuns,
  ReadRun,
  RenameRun,
} from '../protocol/engine';
import { describeEngine } from './server/details';

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
  return options.role === 'serving' ? serveServing(connection) : serveLearning(connection);
}

function serveServing(connection: MessageConnection): Server {
  handle(connection, InspectDataset, async ({ path, text, ...options }) => {
    const { inspectDataset } = await import('./datasets');
    return inspectDataset(path, text, options);
  });
  handle(connection, ListRuns, async ({ runsFolders }) => (await import('./runs')).listRuns(runsFolders));
  handle(connection, ReadRun, async ({ runFolder }) => (await import('./runs')).readRun(runFolder));
  handle(connection, RenameRun, async ({ runFolder, name }) =>
    (await import('./runs')).renameRun(runFolder, name),
  );
  handle(connection, DeleteRun, async ({ runFolder }) => {
    await (await import('./runs')).deleteRun(runFolder);
    return null;
  });
  return { end: () => Promise.resolve() };
}

function serveLearning(_connection: MessageConnection): Server {
  return { end: () => Promise.resolve() };
}
