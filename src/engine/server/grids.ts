/** The grids that are open, by their ids. */
import type { z } from 'zod';
import { CancelledError, type HandlerContext } from '../../protocol/endpoint';
import { LabError } from '../../protocol/errors';
import type {
  FindInGrid,
  GridProgress,
  GridRows,
  GridSummary,
  GridTable,
  LocateInGrid,
  OpenGrid,
  ReadGridCell,
  ReadGridMark,
  ReadGridRows,
  SummariseGrid,
} from '../../protocol/grid';
import type { RowPrediction } from '../../protocol/marks';
import type { DatasetSource, ReadTableOptions } from '../datasets';
import { type FoundCell, Grid, gridColumns, openTable, type SharedTable, SharedTables } from '../grid';
import type { Lease, Predictor, RowMarks } from '../inference';

interface OpenedGrid {
  readonly grid: Grid;
  readonly shared: SharedTable;
  readonly marks?: RowMarks | undefined;
  readonly lease?: Lease<Predictor> | undefined;
}

type Asked<Endpoint extends { readonly params: z.ZodType }> = z.infer<Endpoint['params']>;

const grids = new Map<string, OpenedGrid>();
/** The latest request of each grid that is being opened. */
const opening = new Map<string, symbol>();
const tables = new SharedTables();
/** ms between two messages. */
const interval = 100;

/** CancelledError when the grid was closed, or opened otherwise, before this one was ready. */
export async function openGrid(
  { gridId, ...question }: Asked<typeof OpenGrid>,
  { signal }: Pick<HandlerContext<never>, 'signal'>,
): Promise<GridTable> {
  const request = Symbol(gridId);
  opening.set(gridId, request);
  const isLatest = () => opening.get(gridId) === request && !signal.aborted;
  try {
    const opened = await open(question, signal);
    if (!isLatest()) {
      release(opened);
      throw new CancelledError();
    }
    closeGrid(gridId);
    grids.set(gridId, opened);
    return { gridId, path: question.path, ...tableOf(opened) };
  } finally {
    if (opening.get(gridId) === request) opening.delete(gridId);
  }
}

async function open(
  { path, text, kind, runFolder, ...wishes }: Omit<Asked<typeof OpenGrid>, 'gridId'>,
  signal: AbortSignal,
): Promise<OpenedGrid> {
  const model = runFolder === undefined ? undefined : await openModel(runFolder);
  try {
    // The encoding that is asked for is that of the file; an editor has decoded the text.
    const options = text === undefined ? wishes : { ...wishes, encoding: undefined };
    const question = { path, text, kind, options, openForModel: model?.open };
    const shared = await tables.open({
      // The text of an editor is shown once.
      key: text === undefined ? JSON.stringify([path, kind, options, runFolder, model?.version]) : undefined,
      path,
      signal,
      open: () => openTable(question, { signal }),
    });
    const marks = model && new model.RowMarks(model.lease.model, shared.table);
    return { grid: new Grid({ ...shared, marks }), marks, shared, lease: model?.lease };
  } catch (thrown) {
    model?.lease.release();
    throw thrown;
  }
}

/** The room of inference is loaded for grids with a model only. */
async function openModel(runFolder: string) {
  const [{ readForModel, RowMarks }, { leasePredictor }] = await Promise.all([
    import('../inference'),
    import('./open-runs'),
  ]);
  const lease = await leasePredictor(runFolder);
  return {
    lease,
    RowMarks,
    /** Other weights may come with another encoder. */
    version: versionOf(lease.model),
    open: (source: DatasetSource, options: ReadTableOptions) => readForModel(lease.model, source, options),
  };
}

const versions = new WeakMap<Predictor, number>();
let latestVersion = 0;

function versionOf(model: Predictor): number {
  const version = versions.get(model) ?? ++latestVersion;
  versions.set(model, version);
  return version;
}

function tableOf({ shared, marks }: OpenedGrid): Omit<GridTable, 'gridId' | 'path'> {
  const { table, sample, source, bytes } = shared;
  return {
    source,
    rows: table.rows,
    bytes,
    columns: gridColumns(sample),
    ...(sample === table ? {} : { kindsFrom: sample.rows }),
    issues: [...table.issues, ...(marks?.lacking ?? [])],
    target: marks?.target,
  };
}

/** Progress is told while rows are judged for a filter by marks. */
export async function readGridRows(
  { gridId, ...window }: Asked<typeof ReadGridRows>,
  { signal, progress }: HandlerContext<GridProgress>,
): Promise<GridRows> {
  const { grid } = find(gridId);
  const isJudging = window.view.filters.some(({ by }) => by === 'marks') && grid.judged < grid.rows;
  const tell = () => progress({ judged: grid.judged, rows: grid.rows });
  const timer = isJudging ? setInterval(tell, interval) : undefined;
  try {
    return await grid.read(window, signal);
  } finally {
    clearInterval(timer);
  }
}

export function summariseGrid(
  { gridId, view, columns }: Asked<typeof SummariseGrid>,
  { signal, progress }: HandlerContext<GridSummary>,
): Promise<GridSummary> {
  return find(gridId).grid.summarise(view, columns, signal, progress);
}

export function findInGrid(
  { gridId, view, text, from, backwards = false }: Asked<typeof FindInGrid>,
  { signal }: Pick<HandlerContext<never>, 'signal'>,
): Promise<FoundCell | null> {
  return find(gridId).grid.find(view, { text, from, backwards }, signal);
}

export function locateInGrid(
  { gridId, view, row }: Asked<typeof LocateInGrid>,
  { signal }: Pick<HandlerContext<never>, 'signal'>,
): Promise<number | null> {
  return find(gridId).grid.locate(view, row, signal);
}

export function readGridCell({ gridId, row, column }: Asked<typeof ReadGridCell>): string {
  return find(gridId).grid.cell(row, column);
}

export function readGridMark({ gridId, row }: Asked<typeof ReadGridMark>): Promise<RowPrediction> {
  return find(gridId).grid.mark(row);
}

/** Also of a grid that is being opened; nothing for one that is not known. */
export function closeGrid(gridId: string): null {
  opening.delete(gridId);
  const opened = grids.get(gridId);
  grids.delete(gridId);
  if (opened !== undefined) release(opened);
  return null;
}

function release({ grid, shared, lease }: OpenedGrid): void {
  grid.close();
  shared.release();
  lease?.release();
}

function find(gridId: string): OpenedGrid {
  const found = grids.get(gridId);
  if (found !== undefined) return found;
  throw new LabError('invalid', 'The engine does not know this grid.', {
    advice: 'Close the file and open it again.',
  });
}

/** Tables that are in memory for grids. */
export function tablesHeld(): number {
  return tables.size;
}
