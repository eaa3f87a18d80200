/** Values of a column of names that differ only in how they are written. */
import { writeCount, writeCounted } from '../../../protocol/words';
import { groupSpellings, hasSpellings, PLAIN_NUMBER } from '../../datasets';
import { type Change, type Check, type Found, MOST_PLACES, type Place, SLICE } from '../check';
import type { Subject } from '../subject';
import { lookalikes } from '../lookalikes';
import { quote, where } from '../wording';

export const check: Check = { find, mend };

/** Columns with more values than this hold no categories. */
const MOST_VALUES = 1_000;
const NAMED = 3;

/** Other spelling -> the one that most rows have. */
type Respelled = ReadonlyMap<string, string>;

interface Spelled {
  /** Are read as one value already. */
  readonly same: Respelled;
  /** Count as different, and look as if they were meant to be one. */
  readonly alike: Respelled;
  readonly rowsOf: ReadonlyMap<string, number>;
}

function* find(subject: Subject): Generator<Found | undefined> {
  for (const { index, kind, distinct } of subject.columns) {
    if ((kind !== 'category' && kind !== 'boolean') || distinct > MOST_VALUES) continue;
    const spelled = spellingsOf(subject, index);
    yield;
    if (spelled.same.size > 0) yield foundIn(subject, index, spelled.same, spelled.rowsOf, true);
    if (spelled.alike.size > 0) yield foundIn(subject, index, spelled.alike, spelled.rowsOf, false);
  }
}

function foundIn(
  subject: Subject,
  column: number,
  respelled: Respelled,
  rowsOf: ReadonlyMap<string, number>,
  isSame: boolean,
): Found {
  const { table } = subject;
  const name = table.columns[column] as string;
  const places: Place[] = [];
  let first = -1;
  for (const row of subject.rows) {
    const value = table.value(row, column);
    const usual = respelled.get(value);
    if (usual === undefined) continue;
    if (first < 0) first = row;
    if (places.length === MOST_PLACES) break;
    const says = isSame
      ? `${quote(value)} is ${quote(usual)} written otherwise: the lab reads both as one value.`
      : `${quote(value)} may be ${quote(usual)} written otherwise: they count as different values.`;
    places.push({ row, column, says });
  }
  const rows = [...respelled.keys()].reduce((sum, value) => sum + (rowsOf.get(value) ?? 0), 0);
  const pairs = [...respelled].map(([value, usual]) => `${quote(value)} for ${quote(usual)}`);
  const more = pairs.length > NAMED ? ` and ${writeCount(pairs.length - NAMED)} more` : '';
  const one = respelled.size === 1;
  return {
    severity: isSame ? 'information' : undefined,
    message: `"${name}" has ${writeCounted(respelled.size, 'value')} that ${isSame ? (one ? 'is' : 'are') : 'may be'} another one written otherwise, in ${writeCounted(rows, 'row')} (${pairs.slice(0, NAMED).join(', ')}${more}; ${where(table, first, rows)}).`,
    advice: isSame
      ? 'The lab reads them as one; other programs may not.'
      : 'They count as different values. Write them alike if they are the same.',
    rows,
    columns: [column],
    places,
    mends: [
      {
        kind: 'edit',
        name: isSame ? 'same' : 'alike',
        label: one
          ? `Write ${quote([...respelled.values()][0] ?? '')} in all of its rows`
          : `Write each value as most of its rows do (${writeCounted(rows, 'cell')})`,
      },
    ],
  };
}

function* mend(subject: Subject, { name, column }: { name: string; column: number }): Generator<Change> {
  const spelled = spellingsOf(subject, column);
  const respelled = name === 'same' ? spelled.same : spelled.alike;
  for (const row of subject.rows) {
    const value = respelled.get(subject.table.value(row, column));
    if (value !== undefined) yield { row, column, value };
  }
}

function spellingsOf({ table, rows }: Subject, column: number): Spelled {
  const rowsOf = new Map<string, number>();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    if (table.isMissing(row, column)) continue;
    const value = table.value(row, column);
    rowsOf.set(value, (rowsOf.get(value) ?? 0) + 1);
    if (rowsOf.size > MOST_VALUES && at > SLICE) return { same: new Map(), alike: new Map(), rowsOf };
  }
  const groups = groupSpellings(rowsOf);
  const same = new Map<string, string>();
  for (const { spellings } of hasSpellings(rowsOf) ? groups : []) {
    const [usual = '', ...others] = spellings;
    if (PLAIN_NUMBER.test(usual)) continue;
    for (const other of others) same.set(other, usual);
  }
  const alike = new Map<string, string>();
  const names = new Map(groups.map(({ spellings, rows: count }) => [spellings[0] ?? '', count]));
  for (const [value, usual] of lookalikes(names)) {
    const group = groups.find(({ spellings }) => spellings[0] === value);
    for (const spelling of group?.spellings ?? []) alike.set(spelling, usual);
    // What is one with a rare value already is told with it.
    for (const spelling of group?.spellings ?? []) same.delete(spelling);
  }
  return { same, alike, rowsOf };
}
