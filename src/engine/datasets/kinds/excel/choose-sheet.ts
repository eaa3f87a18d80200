/** Which sheet of a workbook is read: the one that is asked for, or the first that looks as if it held a table. */
import { LabError } from '../../../../protocol/errors';
import { findPart, type FilePart, type PartWords } from '../../parts';
import type { Archive } from './archive';
import { type CellContext, readExtent, readSheet, type SheetCells } from './sheet';
import type { SheetEntry } from './workbook';

export const sheetWords: PartWords = { one: 'sheet', many: 'sheets' };

/** Bytes of a sheet's XML that are read to count its rows; what is larger is believed in what it says of itself. */
const COUNTED = 4 * 2 ** 20;
/** The same for all sheets of a workbook together. */
const COUNTED_IN_ALL = 32 * 2 ** 20;
/** A sheet is no note beside the data where it has this share of the largest one's cells. */
const WORTHY_SHARE = 0.1;
const FEWEST_ROWS = 3;
const FEWEST_COLUMNS = 2;

/** A sheet with what is known of it; `cells` where all of it was read. */
export interface MeasuredSheet extends FilePart {
  readonly entry: string;
  readonly hidden: boolean;
  readonly cells?: SheetCells | undefined;
}

export interface ChosenSheet {
  readonly chosen: MeasuredSheet;
  readonly all: readonly MeasuredSheet[];
  /** Those that could have been meant, where none was asked for. */
  readonly fitting: readonly MeasuredSheet[];
}

/** MissingPart for a sheet that is asked for and not there; LabError('dataset') for a workbook without values. */
export async function chooseSheet(
  archive: Archive,
  sheets: readonly SheetEntry[],
  context: CellContext,
  { path, part }: { readonly path?: string | undefined; readonly part?: string | undefined },
): Promise<ChosenSheet> {
  if (part !== undefined) findPart(sheets, part, sheetWords, path);
  const all: MeasuredSheet[] = [];
  let left = COUNTED_IN_ALL;
  for (const sheet of sheets) {
    const size = archive.size(sheet.entry);
    const counts = size <= Math.min(COUNTED, left);
    if (counts) left -= size;
    all.push(await measured(archive, sheet, counts, context, path));
  }
  if (part !== undefined) return { chosen: findPart(all, part, sheetWords, path), all, fitting: [] };
  const fitting = fittingOf(all);
  const chosen = fitting[0] ?? largest(all);
  if (chosen === undefined) {
    throw new LabError('dataset', 'The workbook has no values.', {
      advice: 'Choose a workbook with a table: a row of names, and rows below it.',
      place: { path },
    });
  }
  return { chosen, all, fitting };
}

async function measured(
  archive: Archive,
  { name, entry, hidden }: SheetEntry,
  counts: boolean,
  context: CellContext,
  path: string | undefined,
): Promise<MeasuredSheet> {
  const note = hidden ? { note: 'hidden' } : {};
  if (!counts) return { name, entry, hidden, ...(await readExtent(archive, entry, path)), ...note };
  const cells = await readSheet(archive, entry, context, path);
  return { name, entry, hidden, rows: cells.rows.length, columns: cells.columns.length, cells, ...note };
}

/** In the order of the workbook; hidden ones only where no other fits. */
function fittingOf(all: readonly MeasuredSheet[]): readonly MeasuredSheet[] {
  const tables = all.filter(
    ({ rows = Infinity, columns = Infinity }) => rows >= FEWEST_ROWS && columns >= FEWEST_COLUMNS,
  );
  const visible = tables.filter(({ hidden }) => !hidden);
  const candidates = visible.length > 0 ? visible : tables;
  const most = Math.max(...candidates.map(cellsOf));
  return candidates.filter((sheet) => cellsOf(sheet) >= WORTHY_SHARE * most);
}

function largest(all: readonly MeasuredSheet[]): MeasuredSheet | undefined {
  return all.filter((sheet) => cellsOf(sheet) > 0).sort((a, b) => cellsOf(b) - cellsOf(a))[0];
}

/** A sheet that does not say how large it is is too large to be counted. */
function cellsOf({ rows, columns }: MeasuredSheet): number {
  return rows === undefined || columns === undefined ? MANY : rows * columns;
}

const MANY = 1e6;
