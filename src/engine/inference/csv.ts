/** The columns of an output file: those of the input, then what the model says. */
import type { Table } from '../datasets';
import type { Judgements } from './judgements';
import type { Predictor } from './predictor';

/** The columns of the file and those that the task adds. Names stay different. */
export function headerFor({ judge }: Predictor, table: Table): string[] {
  const names = [...table.columns];
  const taken = new Set(names);
  for (const name of judge.columns) {
    const own = different(name, taken);
    taken.add(own);
    names.push(own);
  }
  return names;
}

/** The name, or the first of `name (2)`, `name (3)` … that no column has. */
export function different(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let copy = 2;
  while (taken.has(`${name} (${copy})`)) copy++;
  return `${name} (${copy})`;
}

/** One row; what the model says is left empty where the row could not be predicted. */
export function lineFor(
  predictor: Predictor,
  judgements: Judgements,
  table: Table,
  row: number,
  slot: number,
): string[] {
  const cells = table.columns.map((_, column) => table.cell(row, column));
  const judged = slot >= 0 && !judgements.broken.has(slot);
  const said = judged
    ? predictor.judge.cells(judgements.outputsOf(slot))
    : predictor.judge.columns.map(() => '');
  return [...cells, ...said];
}
