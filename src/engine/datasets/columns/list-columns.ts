/** Lists inside rows: numbers of one length become a column each, other lists a text. */
import { CollectedTexts } from './collect-texts';
import { NumberColumn } from './number-column';
import type { StoredColumn } from './stored-column';

export interface ListRows {
  /** `[rows + 1]`, where in `values` the list of each row begins. */
  readonly starts: ArrayLike<number>;
  /** Whether the row has no list at all. */
  readonly isMissing: (row: number) => boolean;
  /** Of all rows, one behind the other; NaN or empty for an element that is missing. */
  readonly values: Float64Array | readonly string[];
  /** The numbers are 32 bits wide. */
  readonly single?: boolean | undefined;
}

/** Longer vectors would be more columns than a table has. */
const LONGEST_VECTOR = 100_000;

/** `name.0`, `name.1`, … where every row has as many numbers, or no list; else one column of what the lists say. */
export function listColumns(
  name: string,
  lists: ListRows,
  path: string | undefined,
): readonly { readonly name: string; readonly values: StoredColumn }[] {
  const rows = lists.starts.length - 1;
  const length = commonLength(lists, rows);
  const { values, single = false } = lists;
  if (values instanceof Float64Array && length !== undefined) {
    return Array.from({ length }, (_, at) => {
      const column = new Float64Array(rows);
      for (let row = 0; row < rows; row++)
        column[row] = lists.isMissing(row) ? NaN : (values[(lists.starts[row] as number) + at] as number);
      return { name: `${name}.${at}`, values: new NumberColumn(column, { single }) };
    });
  }
  const collected = new CollectedTexts(name, path);
  const numbers = values instanceof Float64Array ? new NumberColumn(values, { single }) : undefined;
  const textOf = (at: number): string => numbers?.text(at) ?? ((values as readonly string[])[at] as string);
  for (let row = 0; row < rows; row++) {
    const words: string[] = [];
    for (let at = lists.starts[row] as number; at < (lists.starts[row + 1] as number); at++)
      words.push(textOf(at));
    collected.add(words.join(', '));
  }
  return [{ name, values: collected.finish() }];
}

/** Undefined where lists are empty or differ in length. */
function commonLength({ starts, isMissing }: ListRows, rows: number): number | undefined {
  let length: number | undefined;
  for (let row = 0; row < rows; row++) {
    if (isMissing(row)) continue;
    const own = (starts[row + 1] as number) - (starts[row] as number);
    if (own === 0 || own > LONGEST_VECTOR || (length !== undefined && own !== length)) return undefined;
    length = own;
  }
  return length;
}
