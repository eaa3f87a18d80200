/** What each step makes of a table. LabError('invalid') for a step that does not fit the table. */
import { LabError } from '../../../protocol/errors';
import { nearestName } from '../../../protocol/nearest-name';
import type { PreparationStep, StepOutcome } from '../../../protocol/preparation';
import { DateColumn } from '../columns/date-column';
import { NumberColumn } from '../columns/number-column';
import type { StoredColumn } from '../columns/stored-column';
import { TextColumn } from '../columns/text-column';
import { daysOf } from '../dates';
import { type Compiled, compileExpression, type Value, type ValueType } from './expression';
import { PreparedTable } from './prepared-table';
import { scopeOf } from './scope';

const DAY_MS = 86_400_000;

type Step<Name extends PreparationStep['do']> = Extract<PreparationStep, { readonly do: Name }>;

export interface StepResult {
  readonly table: PreparedTable;
  readonly outcome: Omit<StepOutcome, 'words'>;
}

export function applyStep(table: PreparedTable, step: PreparationStep): StepResult {
  switch (step.do) {
    case 'filter':
      return filter(table, step);
    case 'compute':
      return compute(table, step);
    case 'fill':
      return fill(table, step);
    case 'replace':
      return replace(table, step);
    case 'drop-duplicates':
      return dropDuplicates(table, step);
  }
}

/** `[rows]`: whether a filter lets each row through; undefined where its expression has no value. */
export function filterOf(table: PreparedTable, { where }: Step<'filter'>): (row: number) => Value {
  const condition = compileExpression(where, scopeOf(table));
  if (condition.type === 'boolean') return condition.at;
  throw new LabError('invalid', `"${where}" is neither true nor false.`, {
    advice: 'A filter compares something, e.g. price > 0.',
  });
}

function filter(table: PreparedTable, step: Step<'filter'>): StepResult {
  const passes = filterOf(table, step);
  const kept: number[] = [];
  let missing = 0;
  for (let row = 0; row < table.rows; row++) {
    const passed = passes(row);
    if (passed === true) kept.push(table.rowOfFile(row));
    else if (passed === undefined) missing++;
  }
  return left(table, Uint32Array.from(kept), { missing });
}

function dropDuplicates(table: PreparedTable, { columns: named }: Step<'drop-duplicates'>): StepResult {
  const columns: readonly string[] = named ?? table.columns;
  const hashes = table.hashes(Uint32Array.from(columns, (name) => columnNamed(table, name)));
  const seen = new Set<number>();
  const kept: number[] = [];
  hashes.forEach((hash, row) => {
    if (seen.has(hash)) return;
    seen.add(hash);
    kept.push(table.rowOfFile(row));
  });
  return left(table, Uint32Array.from(kept));
}

function compute(table: PreparedTable, { column, as }: Step<'compute'>): StepResult {
  const computed = compileExpression(as, scopeOf(table));
  const { values, present } = valuesOf(table, computed);
  return changed(table, column, values, { cells: present, missing: table.rows - present });
}

function fill(table: PreparedTable, { column: name, with: text }: Step<'fill'>): StepResult {
  columnNamed(table, name);
  const present = scopeOf(table).find(name) as Compiled;
  const substitute = valueIn(text, present.type, name);
  let cells = 0;
  const filled: Compiled = {
    type: present.type,
    at: (row) => {
      const value = present.at(row);
      if (value !== undefined) return value;
      cells++;
      return substitute;
    },
  };
  const { values } = valuesOf(table, filled);
  return changed(table, name, values, { cells });
}

function replace(table: PreparedTable, { column: name, values }: Step<'replace'>): StepResult {
  const column = columnNamed(table, name);
  const others = new Map(Object.entries(values).map(([from, to]) => [from.trim(), to]));
  let cells = 0;
  const texts: Compiled = {
    type: 'text',
    at: (row) => {
      const text = table.cell(row, column);
      const other = others.get(text.trim());
      if (other === undefined) return text;
      cells++;
      return other;
    },
  };
  return changed(table, name, valuesOf(table, texts).values, { cells });
}

/** The value of each row as a column of its type; rows that are not there have none. */
function valuesOf(
  table: PreparedTable,
  computed: Compiled,
): { readonly values: StoredColumn; readonly present: number } {
  const all = table.parts.file.rows;
  const isNumber = computed.type === 'number' || computed.type === 'date';
  const numbers = new Float64Array(isNumber ? all : 0).fill(NaN);
  const texts = isNumber ? [] : new Array<string>(all).fill('');
  let present = 0;
  let hasTime = false;
  for (let row = 0; row < table.rows; row++) {
    const value = computed.at(row);
    if (value === undefined) continue;
    present++;
    const at = table.rowOfFile(row);
    if (!isNumber) texts[at] = String(value);
    else {
      numbers[at] = computed.type === 'date' ? Math.round((value as number) * DAY_MS) : (value as number);
      hasTime ||= !Number.isInteger(value);
    }
  }
  if (computed.type === 'number') return { values: new NumberColumn(numbers), present };
  if (computed.type === 'date')
    return { values: new DateColumn(numbers, { time: hasTime, zone: '' }), present };
  return { values: TextColumn.of(texts), present };
}

function valueIn(text: string, type: ValueType, column: string): Value {
  if (type === 'text' || type === 'boolean') return text;
  const value = type === 'number' ? Number(text.trim() === '' ? NaN : text) : daysOf(text, 'year-first');
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new LabError(
    'invalid',
    `"${text}" is no ${type === 'number' ? 'number' : 'date'}, and the column "${column}" holds such.`,
    { advice: type === 'number' ? 'Numbers are written as 12.5.' : 'Dates are written as 2024-01-31.' },
  );
}

function changed(
  table: PreparedTable,
  name: string,
  values: StoredColumn,
  counts: Pick<StepOutcome, 'cells' | 'missing'>,
): StepResult {
  const at = table.find(name);
  const columns = [...table.parts.columns];
  if (at < 0) columns.push({ name, values });
  else columns[at] = { name, values };
  const outcome = { rowsBefore: table.rows, rowsAfter: table.rows, ...counts };
  return { table: new PreparedTable({ ...table.parts, columns }), outcome };
}

function left(
  table: PreparedTable,
  kept: Uint32Array,
  counts: Pick<StepOutcome, 'missing'> = {},
): StepResult {
  const outcome = { rowsBefore: table.rows, rowsAfter: kept.length, ...counts };
  if (kept.length === table.rows) return { table, outcome };
  if (kept.length === 0) throw new LabError('dataset', 'It leaves no row.', { advice: 'Change the step.' });
  return { table: new PreparedTable({ ...table.parts, kept }), outcome };
}

function columnNamed(table: PreparedTable, name: string): number {
  const column = table.find(name);
  if (column >= 0) return column;
  const nearest = nearestName(name, table.columns);
  throw new LabError(
    'invalid',
    `There is no column "${name}".`,
    nearest === undefined ? {} : { advice: `Did you mean "${nearest}"?` },
  );
}
