/** The columns of a table as an expression sees them. */
import type { Table } from '../types';
import type { Compiled, Scope, Value } from './expression';

export function scopeOf(table: Table): Scope {
  return {
    names: table.columns,
    find: (name) => {
      const column = table.find(name);
      return column < 0 ? undefined : columnOf(table, column);
    },
  };
}

/** Numbers and dates as the column is read; everything else is text. */
function columnOf(table: Table, column: number): Compiled {
  const { reading } = table.reader.found(column);
  if (reading.holds === 'numbers') {
    const numbers = table.numbers(column);
    return { type: 'number', at: (row) => known(numbers[row] as number) };
  }
  if (reading.holds === 'dates') {
    const order = reading.dates ?? 'year-first';
    return { type: 'date', at: (row) => known(table.reader.dayAt(row, column, order)) };
  }
  return {
    type: 'text',
    at: (row) => (table.isMissing(row, column) ? undefined : table.value(row, column)),
  };
}

function known(number: number): Value {
  return Number.isNaN(number) ? undefined : number;
}
