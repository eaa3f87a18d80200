/** The column to predict: found by name, read as classes or as numbers. */
import type { ColumnSummary, DatasetIssue } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import { writeCount, writeCounted } from '../../protocol/words';
import { describeColumn } from './columns';
import { type LabelGroup, readLabels } from './labels';
import { nearestName } from '../../protocol/nearest-name';
import { placeholderOf } from './placeholders';
import { lineOf, placeOf } from './row-words';
import { RowShape } from './types';
import type { Answer, ClassLabels, Table, TargetColumn, TargetValues } from './types';

/** Numbers with at most so many different whole values are taken for classes when nobody says otherwise. */
const FEW_NUMBERS = 10;
/** Rows that each of them must have on average: ten salaries of ten people are numbers. */
const ROWS_PER_CLASS = 3;
const MOST_CLASSES = 1000;
/** More classes than this need two rows each. */
const MANY_CLASSES = 20;
const DATES_AS_NUMBERS =
  'dates are not predicted as they are. Write them as numbers, such as days from a first day, or choose another column.';
const NAMES_LISTED = 12;
/** Predictions are float32 in the marks of an editor and in exported graphs: beyond this they would read as infinite. */
const LARGEST_TARGET = 1e30;

/** What is best predicted of the column: what inspection proposes when nobody says. */
export function suggestAnswer(table: Table, column: string): Answer {
  return answerOfColumn(table, describeColumn(table, requireColumn(table, column)));
}

/** `summary`: of the column over all rows. */
export function answerOfColumn(table: Table, { index, range, distinct, missing }: ColumnSummary): Answer {
  if (range === undefined) return 'name';
  if (distinct > FEW_NUMBERS) return 'number';
  if (distinct > 2 && distinct * ROWS_PER_CLASS > table.rows - missing) return 'number';
  for (const value of table.numbers(index)) {
    if (!Number.isNaN(value) && !Number.isInteger(value)) return 'number';
  }
  return 'name';
}

/** Index of the column; LabError('dataset') naming the columns there are, the nearest first. */
export function requireColumn(table: Table, name: string): number {
  const column = table.find(name);
  if (column >= 0) return column;
  const nearest = nearestName(name, table.columns);
  const listed = table.columns.slice(0, NAMES_LISTED).map((each) => `"${each}"`);
  const more = table.columns.length - listed.length;
  throw new LabError(
    'dataset',
    `There is no column "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    {
      advice: `The columns are ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
      place: { path: table.path, line: table.namesLine },
    },
  );
}

/**
 * Reads the column to predict. LabError('dataset') when it is not there (with the nearest name), has no values,
 * only one class, a class for nearly every row, or (regression) something else than numbers.
 */
export function readTarget(table: Table, column: string, answer: 'name'): ClassLabels;
export function readTarget(table: Table, column: string, answer: 'number'): TargetValues;
export function readTarget(table: Table, column: string, answer: Answer): TargetColumn;
export function readTarget(table: Table, column: string, answer: Answer): TargetColumn {
  const index = requireColumn(table, column);
  return answer === 'name' ? readClasses(table, column, index) : readValues(table, column, index);
}

function readClasses(table: Table, column: string, index: number): ClassLabels {
  const { groups, group, unlabelled, first } = readLabels(table, index);
  const usable = groups.reduce((sum, { rows }) => sum + rows, 0);
  const place = {
    path: table.path,
    line: table.namesLine,
    column: index + 1,
  };
  if (usable === 0) {
    throw new LabError('dataset', `The column "${column}" has no values to learn from.`, {
      advice: 'Choose another column to predict, or fill in some labels.',
      place,
    });
  }
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) {
    throw new LabError('dataset', `The column "${column}" has only one class, "${only.name}".`, {
      advice: 'There is nothing to tell apart: choose another column, or add rows of another class.',
      place,
    });
  }
  if (areTooMany(groups.length, usable)) {
    throw new LabError(
      'dataset',
      `The column "${column}" has ${writeCount(groups.length)} different values in ${writeCounted(usable, 'row')}.`,
      {
        advice: `Too few rows for each class: ${insteadOfClasses(table, index)}`,
        place,
      },
    );
  }
  return {
    answer: 'name',
    column,
    classes: groups.map(({ name }) => name),
    labels: group,
    issues: [
      ...withoutTarget(table, index, { rows: unlabelled, first, odd: -1 }, 'label'),
      ...putTogether(column, index, groups),
      ...loneClasses(column, index, groups),
    ],
  };
}

function areTooMany(classes: number, rows: number): boolean {
  return classes > MOST_CLASSES || (classes > MANY_CLASSES && classes > rows / 2);
}

function insteadOfClasses(table: Table, index: number): string {
  if (holdsDates(table, index)) return DATES_AS_NUMBERS;
  return table.reader.forcedReading(index).holds === 'numbers'
    ? 'predict it as a number (task regression), or choose another column.'
    : 'choose another column, or add rows of the same classes.';
}

/** Never a task that would be refused as well. */
function insteadOfNumbers(table: Table, index: number, odd: number): string {
  const { groups } = readLabels(table, index);
  const example = `${capitalised(placeOf(table, odd))} has "${table.cell(odd, index).slice(0, 40)}"`;
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  if (groups.length > 1 && !areTooMany(groups.length, rows))
    return `${example}: predict it as classes (task classification) instead.`;
  return `${example}: ${holdsDates(table, index) ? DATES_AS_NUMBERS : 'choose another column.'}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function holdsDates(table: Table, index: number): boolean {
  return table.reader.found(index).reading.holds === 'dates';
}

/** Rows that cannot be learnt from, told once. `odd`: the first whose cell is no placeholder; -1 without any. */
function withoutTarget(
  table: Table,
  index: number,
  { rows, first, odd }: { readonly rows: number; readonly first: number; readonly odd: number },
  what: 'label' | 'number',
): DatasetIssue[] {
  if (rows === 0) return [];
  const quote = (row: number): string => `"${table.cell(row, index).trim().slice(0, 40)}"`;
  const line = table.startLine[first];
  const example = quote(first) === '""' ? '' : `${quote(first)}, `;
  const further = odd < 0 || odd === first ? '' : `, ${quote(odd)} in ${placeOf(table, odd)}`;
  return [
    {
      severity: 'warning',
      code: 'no-target',
      message: `${writeCounted(rows, 'row has', 'rows have')} no ${what} in "${table.columns[index] as string}" (${example}${rows === 1 ? '' : 'first '}in ${placeOf(table, first)}${further}): left out.`,
      advice: `Fill in the ${what}s to learn from these rows, too.`,
      line,
      column: index + 1,
    },
  ];
}

function putTogether(column: string, index: number, groups: readonly LabelGroup[]): DatasetIssue[] {
  const several = groups.filter(({ spellings }) => spellings.length > 1);
  if (several.length === 0) return [];
  const listed = several
    .slice(0, NAMES_LISTED)
    .map(({ name, spellings }) => `${quoted(spellings)} as "${name}"`)
    .join('; ');
  return [
    {
      severity: 'information',
      code: 'labels-together',
      message: `Labels of "${column}" that differ only in their spelling are one class: ${listed}.`,
      advice: 'Write them apart in another way if they are not the same.',
      column: index + 1,
    },
  ];
}

function loneClasses(column: string, index: number, groups: readonly LabelGroup[]): DatasetIssue[] {
  const lone = groups.filter(({ rows }) => rows === 1).map(({ name }) => name);
  if (lone.length === 0) return [];
  const names = quoted(lone.slice(0, NAMES_LISTED));
  const more = lone.length > NAMES_LISTED ? ` and ${lone.length - NAMES_LISTED} more` : '';
  return [
    {
      severity: 'warning',
      code: 'lone-class',
      message: `${lone.length === 1 ? 'One class' : `${lone.length} classes`} of "${column}" ${lone.length === 1 ? 'has' : 'have'} a single row: ${names}${more}.`,
      advice:
        lone.length === 1
          ? 'It cannot be checked whether it is learnt: add rows of it, or correct the label.'
          : 'It cannot be checked whether they are learnt: add rows of them, or correct the labels.',
      column: index + 1,
    },
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name.slice(0, 40)}"`).join(', ');
}

function readValues(table: Table, column: string, index: number): TargetValues {
  const values = table.reader.forcedNumbers(index).slice();
  let usable = 0;
  let without = 0;
  let first = -1;
  let odd = -1;
  let odds = 0;
  for (let row = 0; row < table.rows; row++) {
    if (table.shape[row] === RowShape.tooMany) values[row] = NaN;
    else if (Number.isNaN(values[row])) {
      if (without++ === 0) first = row;
      if (placeholderOf(table.cell(row, index)) !== undefined) continue;
      if (odds++ === 0) odd = row;
    }
    if (!Number.isNaN(values[row])) usable++;
  }
  if (usable === 0 || odds > usable) {
    throw new LabError('dataset', `The column "${column}" holds ${odd < 0 ? 'no values' : 'no numbers'}.`, {
      advice: odd < 0 ? 'Choose another column to predict.' : insteadOfNumbers(table, index, odd),
      place: { path: table.path, line: odd < 0 ? undefined : lineOf(table, odd), column: index + 1 },
    });
  }
  const huge = values.findIndex((value) => Math.abs(value) > LARGEST_TARGET);
  if (huge >= 0) {
    const line = lineOf(table, huge);
    throw new LabError(
      'dataset',
      `The column "${column}" holds ${String(values[huge])} in ${placeOf(table, huge)}: numbers beyond ${LARGEST_TARGET} cannot be predicted.`,
      {
        advice: 'Correct the value, or divide the whole column so that its numbers become smaller.',
        place: { path: table.path, line, column: index + 1 },
      },
    );
  }
  return {
    answer: 'number',
    column,
    values,
    issues: withoutTarget(table, index, { rows: without, first, odd }, 'number'),
  };
}
