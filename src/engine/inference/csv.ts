/** The columns of an output file: those of the input, then what the model says. */
import type { Table } from '../datasets';
import type { Judgements } from './judgements';
import { type Predictor, softmaxRow } from './predictor';

/** RFC 4180: cells with a comma, a quote or a line break stand in quotes; so do those with an apostrophe in front. */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/^'|[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return quoted.join(',') + '\n';
}

/** `prediction`, `confidence`, one column per class; `prediction`, `low`, `high` for numbers. Names stay different. */
export function headerFor({ target, hasInterval }: Predictor, table: Table): string[] {
  const names = [...table.columns];
  const taken = new Set(names);
  const added =
    target.answer === 'name'
      ? ['prediction', 'confidence', ...target.classes.map((name) => `probability of ${name}`)]
      : ['prediction', ...(hasInterval ? ['low', 'high'] : [])];
  for (const name of added) {
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
  const { target, outputs } = predictor;
  const cells = table.columns.map((_, column) => table.cell(row, column));
  const judged = slot >= 0 && !judgements.broken.has(slot);
  if (target.answer === 'number') {
    const value = judged ? (judgements.value[slot] as number) : undefined;
    cells.push(written(value));
    if (!predictor.hasInterval) return cells;
    const half = value === undefined ? undefined : predictor.halfWidth(value);
    for (const end of [-1, 1]) {
      cells.push(written(value === undefined || half === undefined ? undefined : value + end * half));
    }
    return cells;
  }
  if (!judged) return [...cells, '', '', ...target.classes.map(() => '')];
  const probabilities = new Float64Array(outputs);
  softmaxRow(judgements.outputs, slot, probabilities);
  cells.push(target.decode(judgements.classIndex[slot] as number));
  cells.push(share(judgements.confidence[slot] as number));
  for (const probability of probabilities) cells.push(share(probability));
  return cells;
}

/** Seven significant digits: what a float32 holds. */
function written(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(7)));
}

function share(probability: number): string {
  return String(Number(probability.toFixed(6)));
}
