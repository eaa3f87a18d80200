/** Runs the quality checks over a table, and makes the edits that mend what they find. */
import { CancelledError } from '../../protocol/endpoint';
import { LabError } from '../../protocol/errors';
import type {
  Mend,
  QualityFinding,
  QualityPlace,
  SpanEdit,
  TableMend,
  TextSpan,
} from '../../protocol/quality';
import { type CheckDescription, checks } from '../../protocol/quality-checks';
import { writeCount } from '../../protocol/words';
import type { Table, TableText } from '../datasets';
import { type Change, type Check, type Found, type MendWish, MOST_PLACES, type Place } from './check';
import type { Subject } from './subject';

/** How long a check works before it lets others have a word, ms. */
const LONGEST_SLICE = 15;
/** Findings of one check that are told; the rest is counted. */
const MOST_FINDINGS = 20;

const opened = new Map<string, Check>();

async function openCheck(name: string): Promise<Check> {
  const known = opened.get(name);
  if (known !== undefined) return known;
  checks.require(name);
  // The registry lists no name without a file; each file exports a `check`.
  const { check } = (await import(`./checks/${name}.ts`)) as { readonly check: Check };
  opened.set(name, check);
  return check;
}

/** A check that lies elsewhere, as in tests. Its description is added to `checks`. */
export function installCheck(name: string, check: Check): void {
  opened.set(name, check);
}

export interface QualityOptions {
  /** Names of the checks to run; all where it is absent. */
  readonly checks?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where cells stand, for a file that is text. */
  readonly text?: TableText | undefined;
}

/** What the checks find, in the order of the registry. CancelledError soon after the signal. */
export async function checkQuality(
  subject: Subject,
  { checks: wanted = checks.names, signal, text }: QualityOptions = {},
): Promise<QualityFinding[]> {
  const findings: QualityFinding[] = [];
  let rested = performance.now();
  for (const name of wanted) {
    const description = checks.require(name);
    const check = await openCheck(name);
    const told: Found[] = [];
    let more = 0;
    for (const found of check.find(subject)) {
      if (found !== undefined && told.length < MOST_FINDINGS) told.push(found);
      else if (found !== undefined) more++;
      if (performance.now() - rested < LONGEST_SLICE) continue;
      await new Promise(setImmediate);
      if (signal?.aborted === true) throw new CancelledError();
      rested = performance.now();
    }
    findings.push(...told.map((found) => findingOf(subject, description, found, text)));
    if (more > 0) findings.push(countedOf(description, more));
  }
  return findings;
}

function findingOf(
  { table, rows, whole }: Subject,
  { name, severity }: CheckDescription,
  found: Found,
  text: TableText | undefined,
): QualityFinding {
  const { message, advice, columns, mends = [] } = found;
  const looked = whole ? '' : ` Looked at were ${writeCount(rows.length)} of ${writeCount(table.rows)} rows.`;
  return {
    check: name,
    severity: found.severity ?? severity,
    message: `${message}${looked}`,
    advice,
    rows: found.rows,
    columns: columns.map((column) => table.columns[column] as string),
    places: found.places.slice(0, MOST_PLACES).map((place) => placeOf(table, place, text)),
    mends: mends.filter((mend) => isPossible(mend, text)),
  };
}

function isPossible(mend: Mend, text: TableText | undefined): boolean {
  return mend.kind !== 'edit' || text !== undefined;
}

function placeOf(table: Table, { row, column, says }: Place, text: TableText | undefined): QualityPlace {
  const place = { row, ...(column === undefined ? {} : { column }), ...(says === undefined ? {} : { says }) };
  const span = text === undefined ? linesOf(table, row) : spanOf(table, row, column, text);
  return span === undefined ? place : { ...place, span };
}

/** All that is known of a place in a table whose text has other cells, such as a prepared one. */
function linesOf({ counted, startLine, endLine }: Table, row: number): TextSpan | undefined {
  if (counted !== 'line' || row < 0) return undefined;
  return { line: startLine[row] as number, endLine: endLine[row] as number };
}

/** A name that stands nowhere is shown at the first cell of its column, a cell that does at its row. */
function spanOf(table: Table, row: number, column: number | undefined, text: TableText) {
  if (column === undefined) return row < 0 ? undefined : text.row(row);
  const own = row < 0 ? text.name(column) : text.cell(row, column);
  if (own !== undefined || table.rows === 0) return own;
  return text.cell(Math.max(0, row), column) ?? text.row(Math.max(0, row));
}

function countedOf({ name, severity, title }: CheckDescription, more: number): QualityFinding {
  return {
    check: name,
    severity,
    message: `${title}: found ${writeCount(more)} more ${more === 1 ? 'time' : 'times'}.`,
    advice: 'Mend what is named first.',
    rows: 0,
    columns: [],
    places: [],
    mends: [],
  };
}

/** LabError('invalid') where there is nothing to mend. */
export async function mendTable(
  subject: Subject,
  check: string,
  wish: MendWish,
  text: TableText,
): Promise<TableMend> {
  const { mend } = await openCheck(check);
  const changes = mend === undefined ? [] : [...mend(subject, wish)];
  const removed = changes.flatMap((change) => ('remove' in change ? [change.row] : []));
  const replaced = changes.flatMap((change) => ('remove' in change ? [] : [replaceIn(text, change)]));
  const edits = replaced.filter((edit) => edit !== undefined);
  const cuts = removed.length === 0 ? [] : text.remove(removed);
  const left = replaced.length - edits.length + (cuts === undefined ? removed.length : 0);
  const changed = changes.length - left;
  if (changed === 0) {
    throw new LabError('invalid', 'There is nothing to mend here any more.', {
      advice: 'The file has changed, or it cannot hold the new values.',
    });
  }
  return { edits: [...edits, ...(cuts ?? [])], changed, left };
}

function replaceIn(text: TableText, change: Exclude<Change, { remove: true }>): SpanEdit | undefined {
  return text.replace(change.row, change.column, change.value);
}
