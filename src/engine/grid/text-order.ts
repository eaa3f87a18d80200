/** Where the texts of a column stand in their order. */
import type { Table } from '../datasets';
import { MISSING, UNCODED, type WordValues } from '../plots';
import type { Slices } from './slices';

/** Different texts up to which they are ordered as people order them: this takes five times as long. */
const MOST_COLLATED = 100_000;
const RUN = 2048;
/** The rank of a row whose value is missing. */
export const NO_RANK = 0xffffffff;

/**
 * `[rows]`: equal texts have equal ranks, missing ones `NO_RANK`. By the rules of English, numbers inside of texts by their
 * value, capitals beside small letters (`Intl.Collator`); columns of more than 100,000 different texts by code units.
 */
export async function textRanks(
  table: Table,
  column: number,
  { codes, words, uncoded }: WordValues,
  slices: Slices,
): Promise<Uint32Array> {
  const texts = [...words];
  /** Of each row its text: its code, or one of its own behind all codes. */
  const textOf = Int32Array.from(codes);
  if (uncoded > 0) {
    await slices.stretches(codes.length, RUN, (from, to) => {
      for (let row = from; row < to; row++) {
        if (codes[row] === UNCODED) textOf[row] = texts.push(table.value(row, column)) - 1;
      }
    });
  }
  const compare = texts.length <= MOST_COLLATED ? COLLATOR.compare : byCodeUnits;
  const order = await mergeSort(texts, compare, slices);
  const ranks = new Uint32Array(texts.length);
  let rank = 0;
  order.forEach((text, place) => {
    if (place > 0 && compare(texts[order[place - 1] as number] as string, texts[text] as string) !== 0)
      rank++;
    ranks[text] = rank;
  });
  return Uint32Array.from(textOf, (text) => (text === MISSING ? NO_RANK : (ranks[text] as number)));
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The places of the texts in their order, equal ones as they come. */
async function mergeSort(
  texts: readonly string[],
  compare: (a: string, b: string) => number,
  slices: Slices,
): Promise<Uint32Array> {
  const { length } = texts;
  let order = Uint32Array.from({ length }, (_, place) => place);
  let other = new Uint32Array(length);
  const byText = (a: number, b: number): number => compare(texts[a] as string, texts[b] as string);
  await slices.stretches(length, RUN, (from, to) => {
    order.set([...order.subarray(from, to)].sort(byText), from);
  });
  for (let run = RUN; run < length; run *= 2) {
    for (let from = 0; from < length; from += 2 * run) {
      await mergeRuns(
        order,
        other,
        { from, middle: Math.min(length, from + run), to: Math.min(length, from + 2 * run) },
        byText,
        slices,
      );
    }
    [order, other] = [other, order];
  }
  return order;
}

async function mergeRuns(
  source: Uint32Array,
  target: Uint32Array,
  { from, middle, to }: { readonly from: number; readonly middle: number; readonly to: number },
  byText: (a: number, b: number) => number,
  slices: Slices,
): Promise<void> {
  let left = from;
  let right = middle;
  await slices.stretches(to - from, RUN, (begin, end) => {
    for (let at = from + begin; at < from + end; at++) {
      const takesLeft =
        left < middle && (right >= to || byText(source[left] as number, source[right] as number) <= 0);
      target[at] = source[takesLeft ? left++ : right++] as number;
    }
  });
}
