/** Rows that belong together, of one person or of neighbouring times, which a random split puts on both sides. */
import type { ColumnSummary } from '../../../protocol/dataset';
import { writeCount, writeShare } from '../../../protocol/words';
import { type Check, type Found, namePlaces } from '../check';
import type { Subject } from '../subject';

export const check: Check = { find };

/** Names of who or what several rows are about. */
const GROUP_NAME =
  /(?:^|[\s_.-])(?:patient|subject|user|customer|client|person|participant|speaker|author|session|household|family|device|machine|sensor|account|group|batch|plot|site|student|animal|player|recording|visit|trip|case)s?(?:[\s_.-]?(?:id|ids|no|nr|number|name|key|code|uuid))?$|(?:patient|subject|user|customer|client|person|participant|session|household|device|account|group|batch)(?:Id|ID)$/iu;
const FEWEST_GROUPS = 5;
/** Rows per group on average below which a split tears hardly any apart. */
const FEWEST_OF_EACH = 1.5;
/** Share of what varies in the answer that the groups, or the neighbours in time, leave no doubt about. */
const ALIKE_IN_GROUP = 0.6;
const ALIKE_IN_TIME = 0.85;
const FEWEST_TIMES = 30;

function* find(subject: Subject): Generator<Found | undefined> {
  if (subject.target === undefined) return;
  let isTimeTold = false;
  for (const column of subject.columns) {
    if (column.index === subject.targetColumn) continue;
    if (GROUP_NAME.test(column.name)) {
      yield;
      yield groupFound(subject, column);
    } else if (column.kind === 'date' && column.distinct >= FEWEST_TIMES && !isTimeTold) {
      yield;
      const found = timeFound(subject, column);
      // One order of the rows is enough to know of.
      isTimeTold = found !== undefined;
      yield found;
    }
  }
}

function groupFound(subject: Subject, { index, name }: ColumnSummary): Found | undefined {
  const { table, target } = subject;
  const known = knownRows(subject).filter((row) => !table.isMissing(row, index));
  const groupOf = new Map<string, number>();
  const groups = Array.from(known, (row) => {
    const value = table.value(row, index);
    const group = groupOf.get(value) ?? groupOf.size;
    groupOf.set(value, group);
    return group;
  });
  if (groupOf.size < FEWEST_GROUPS || known.length < FEWEST_OF_EACH * groupOf.size) return undefined;
  const alike = alikeInGroups(subject, known, groups, groupOf.size);
  if (alike < ALIKE_IN_GROUP) return undefined;
  return {
    message: `Rows of the same "${name}" are alike in "${target?.column ?? ''}" (${writeShare(Math.min(1, alike))} of what varies lies between the ${writeCount(groupOf.size)} of them), and a random split puts them on both sides.`,
    advice: `The validation rows are then no new cases: split by the groups of "${name}", which keeps the rows of each on one side.`,
    rows: known.length,
    columns: [index],
    places: namePlaces([index]),
  };
}

function knownRows({ rows, target }: Subject): Uint32Array {
  return rows.filter((row) =>
    target?.answer === 'name' ? (target.labels[row] as number) >= 0 : !Number.isNaN(target?.values[row]),
  );
}

/**
 * The part of the spread of the answer that is between groups, without what so many groups would have by chance: adjusted
 * R² for numbers, the same of Gini's impurity for names.
 */
function alikeInGroups(
  { target }: Subject,
  rows: Uint32Array,
  groups: readonly number[],
  count: number,
): number {
  if (target === undefined || rows.length <= count) return 0;
  const kinds = target.answer === 'name' ? target.classes.length : 1;
  const sums = Array.from({ length: count }, () => new Map<number, number>());
  const sizes = new Float64Array(count);
  const all = new Map<number, number>();
  let squares = 0;
  rows.forEach((row, at) => {
    const group = groups[at] as number;
    const key = target.answer === 'name' ? (target.labels[row] as number) : 0;
    const value = target.answer === 'name' ? 1 : (target.values[row] as number);
    const tally = sums[group] as Map<number, number>;
    tally.set(key, (tally.get(key) ?? 0) + value);
    all.set(key, (all.get(key) ?? 0) + value);
    sizes[group] = (sizes[group] as number) + 1;
    squares += value * value;
  });
  const left = (tally: ReadonlyMap<number, number>, size: number): number =>
    [...tally.values()].reduce((sum, value) => sum + (value * value) / size, 0);
  const spread = squares - left(all, rows.length);
  const within = squares - sums.reduce((sum, tally, group) => sum + left(tally, sizes[group] as number), 0);
  if (spread <= 0 || kinds === 0) return 0;
  return 1 - within / (rows.length - count) / (spread / (rows.length - 1));
}

function timeFound(subject: Subject, { index, name }: ColumnSummary): Found | undefined {
  const { table, target } = subject;
  const order = table.reader.found(index).reading.dates ?? 'year-first';
  const timed = Array.from(knownRows(subject), (row) => ({ row, day: table.reader.dayAt(row, index, order) }))
    .filter(({ day }) => !Number.isNaN(day))
    .sort((a, b) => a.day - b.day);
  if (timed.length < FEWEST_TIMES) return undefined;
  const alike = alikeInTurn(
    subject,
    timed.map(({ row }) => row),
  );
  if (alike < ALIKE_IN_TIME) return undefined;
  return {
    message: `Rows that follow each other in "${name}" are alike in "${target?.column ?? ''}" (${writeShare(Math.min(1, alike))} of what varies is told by the row before), and a random split puts them on both sides.`,
    advice: `Split by the time of "${name}", so that the model is judged by the latest rows.`,
    rows: timed.length,
    columns: [index],
    places: namePlaces([index]),
  };
}

/** 1 - half of the mean squared step over the variance (von Neumann 1941); of names, by how often they change. */
function alikeInTurn({ target }: Subject, rows: readonly number[]): number {
  if (target === undefined) return 0;
  if (target.answer === 'name') {
    const counts = target.classes.map(() => 0);
    let changes = 0;
    rows.forEach((row, at) => {
      const label = target.labels[row] as number;
      counts[label] = (counts[label] as number) + 1;
      if (at > 0 && target.labels[rows[at - 1] as number] !== label) changes++;
    });
    const impurity = 1 - counts.reduce((sum, count) => sum + (count / rows.length) ** 2, 0);
    return impurity === 0 ? 0 : 1 - changes / (rows.length - 1) / impurity;
  }
  const values = rows.map((row) => target.values[row] as number);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const steps = values.reduce(
    (sum, value, at) => sum + (at === 0 ? 0 : (value - (values[at - 1] as number)) ** 2),
    0,
  );
  return spread === 0 ? 0 : 1 - steps / (values.length - 1) / (2 * spread);
}
