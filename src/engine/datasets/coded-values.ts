/** The values of a column of words or dates as its reading has them, each once. */
import type { CodedTexts } from './coded-texts';

export interface CodedValues {
  /** By their first row; what `Table.value` says of a row. */
  readonly values: readonly string[];
  /** `[rows]`, indices into them; -1 for a missing value. */
  readonly codes: Int16Array;
}

/** `valueOf`: what a text stands for; undefined where it is no value. */
export function codedValues(
  { texts, codes }: CodedTexts,
  valueOf: (text: string) => string | undefined,
): CodedValues {
  const known = new Map<string, number>();
  const placeOf = Int16Array.from(texts, (text) => {
    const value = valueOf(text);
    if (value === undefined) return -1;
    const place = known.get(value) ?? known.size;
    known.set(value, place);
    return place;
  });
  const places = new Int16Array(codes.length);
  for (let row = 0; row < places.length; row++) places[row] = placeOf[codes[row] as number] as number;
  return { values: [...known.keys()], codes: places };
}

/**
 * How many of the rows have each value, by the first of these rows with it; all rows where `rows` is absent. `missing`: those
 * without any.
 */
export function countCoded(
  { values, codes }: CodedValues,
  rows: Uint32Array | undefined,
): { readonly counts: Map<string, number>; readonly missing: number } {
  const numbers = new Uint32Array(values.length);
  const order: number[] = [];
  const total = rows?.length ?? codes.length;
  let missing = 0;
  for (let position = 0; position < total; position++) {
    const code = codes[rows === undefined ? position : (rows[position] as number)] as number;
    if (code < 0) missing++;
    else {
      if (numbers[code] === 0) order.push(code);
      numbers[code] = (numbers[code] as number) + 1;
    }
  }
  return {
    counts: new Map(order.map((code) => [values[code] as string, numbers[code] as number])),
    missing,
  };
}
