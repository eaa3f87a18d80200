/** Columns with the same value in every row, or in nearly every one. */
import { writeCounted, writeShare } from '../../../protocol/words';
import type { Check, Found } from '../check';
import { namePlaces, SLICE } from '../check';
import { featureColumns, type Subject } from '../subject';
import { listed, quote } from '../wording';

export const check: Check = { find };

/** Share of the rows with a value that the commonest has in a column that hardly varies. */
const NEARLY_ALL = 0.995;
/** In fewer rows the share says nothing. */
const FEWEST_ROWS = 200;
/** More different values are no column that hardly varies. */
const MOST_VALUES = 50;
const NAMED = 5;

function* find(subject: Subject): Generator<Found | undefined> {
  const constant = subject.columns.filter(({ kind }) => kind === 'constant' || kind === 'empty');
  if (constant.length > 0) yield constantFound(subject, constant);
  let looked = 0;
  for (const { index, name, distinct, kind } of featureColumns(subject)) {
    if (kind === 'constant' || kind === 'empty' || distinct > MOST_VALUES) continue;
    looked += subject.rows.length;
    if (looked >= SLICE) {
      looked = 0;
      yield;
    }
    const common = commonest(subject, index);
    if (common === undefined) continue;
    const { value, share, others } = common;
    yield {
      message: `"${name}" is ${quote(value)} in ${writeShare(share)} of its rows, and something else in ${writeCounted(others, 'row')}.`,
      advice: 'Leave it out unless these few rows matter.',
      rows: others,
      columns: [index],
      places: namePlaces([index]),
      mends: [{ kind: 'exclude', label: `Leave ${quote(name)} out`, columns: [name] }],
    };
  }
}

function constantFound({ table }: Subject, constant: Subject['columns']): Found {
  const names = listed(
    constant.map(({ name }) => name),
    NAMED,
  );
  const one = constant.length === 1;
  return {
    message: `${writeCounted(constant.length, 'column has', 'columns have')} no two different values: ${names}.`,
    advice: `${one ? 'It is' : 'They are'} left out of trainings by themselves.`,
    rows: table.rows,
    columns: constant.map(({ index }) => index),
    places: namePlaces(constant.map(({ index }) => index)),
  };
}

/** The value of nearly every row; undefined for a column without one. */
function commonest(
  { table, rows }: Subject,
  column: number,
): { readonly value: string; readonly share: number; readonly others: number } | undefined {
  const counts = new Map<string, number>();
  let present = 0;
  // Most columns are told by their first rows.
  const early = Math.min(rows.length, FEWEST_ROWS);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    if (at === early && Math.max(...counts.values()) < 0.9 * present) return undefined;
    if (table.isMissing(row, column)) continue;
    present++;
    const value = table.value(row, column);
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_VALUES) return undefined;
  }
  if (present < FEWEST_ROWS) return undefined;
  const [value, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const share = count / present;
  return share < NEARLY_ALL || count === present ? undefined : { value, share, others: present - count };
}
