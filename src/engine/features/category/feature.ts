/** Categories as features: one-hot, rare values together, many values hashed. */
import * as z from 'zod';
import { writeCount } from '../../../protocol/words';
import { type CodedValues, countCoded } from '../../datasets/coded-values';
import { labelKey } from '../../datasets/label-key';
import { groupSpellings } from '../../datasets/labels';
import type { Table } from '../../datasets/types';
import type { DenseBlock, DenseFeature, FeatureNote } from '../feature';

/** Up to so many frequent values a category is one-hot, above it is hashed into `BUCKETS`. */
const ONE_HOT_LIMIT = 100;
const BUCKETS = 256;
/** Values of fewer rows than this, and of less than this share, are put together. */
const RARE_ROWS = 3;
const RARE_SHARE = 0.001;

const CategoryBlockData = z.strictObject({
  kind: z.literal('category'),
  column: z.string(),
  /** The values that have a feature of their own; none when hashed. */
  values: z.array(z.string()),
  /** Rare values, which share one feature. */
  other: z.array(z.string()),
  /** Number of hash buckets; 0: one-hot. */
  buckets: z.int().min(0),
  indicator: z.boolean(),
  /** Spaces, case and how a number is written make no other value; absent (also in older models): as it is written. */
  spelling: z.literal('alike').optional(),
});
type CategoryBlockData = z.infer<typeof CategoryBlockData>;

export const feature: DenseFeature<CategoryBlockData> = {
  kind: 'category',
  storage: 'dense',
  data: CategoryBlockData,
  fit: fitCategory,
  open: categoryBlock,
  note: noteOnValues,
  widthFor: ({ distinct }) => distinct,
};

function noteOnValues({ buckets, other }: CategoryBlockData): FeatureNote | undefined {
  if (buckets > 0) {
    return {
      code: 'many-categories',
      message: `it has many values, which share ${buckets} features by hashing.`,
      advice: '',
    };
  }
  if (other.length === 0) return undefined;
  const rare = other.length === 1 ? '1 rare value has' : `${writeCount(other.length)} rare values share`;
  return { code: 'rare-categories', message: `${rare} one feature.`, advice: '' };
}

function fitCategory(table: Table, column: number, rows: Uint32Array): CategoryBlockData {
  const { counts, indicator } = countValues(table, column, rows);

  const groups = groupSpellings(counts);
  // Apart where they differ in nothing but their spelling.
  const alike = groups.length > 1 || counts.size === 1;
  const fewest = Math.max(RARE_ROWS, RARE_SHARE * rows.length);
  const sorted = groups
    .map(({ name, rows: count }) => ({ name, count }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const frequent = sorted.filter(({ count }) => count >= fewest).map(({ name }) => name);
  const rare = sorted.filter(({ count }) => count < fewest).map(({ name }) => name);
  const spelling = alike ? { spelling: 'alike' as const } : {};
  const own = { kind: 'category' as const, column: table.columns[column] as string, indicator, ...spelling };
  if (frequent.length > ONE_HOT_LIMIT || (frequent.length < 2 && rare.length > ONE_HOT_LIMIT)) {
    return { ...own, values: [], other: [], buckets: BUCKETS };
  }
  const alone = rare.length < 2 || frequent.length < 2;
  return {
    ...own,
    values: alone ? sorted.map(({ name }) => name) : frequent,
    other: alone ? [] : rare,
    buckets: 0,
  };
}

function countValues(
  table: Table,
  column: number,
  rows: Uint32Array,
): { readonly counts: ReadonlyMap<string, number>; readonly indicator: boolean } {
  const coded = table.reader.coded(column);
  if (coded !== undefined) {
    const { counts, missing } = countCoded(coded, rows);
    return { counts, indicator: missing > 0 };
  }
  const counts = new Map<string, number>();
  let indicator = false;
  for (const row of rows) {
    if (table.isMissing(row, column)) {
      indicator = true;
      continue;
    }
    const value = table.value(row, column);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { counts, indicator };
}

/** What makes two cells of the column one value. */
function categoryKey({ spelling }: CategoryBlockData): (value: string) => string {
  return spelling === 'alike' ? labelKey : (value) => value.trim();
}

/** A value never seen is all zeros when one-hot, and falls into some bucket when hashed. */
function categoryBlock(data: CategoryBlockData): DenseBlock {
  const { values, other, buckets, indicator } = data;
  const names =
    buckets > 0
      ? Array.from({ length: buckets }, (_, bucket) => `${data.column} in hash bucket ${bucket}`)
      : values.map((value) => `${data.column} = ${value}`);
  const keyOf = categoryKey(data);
  const place = new Map(values.map((value, index) => [keyOf(value), index]));
  if (other.length > 0) {
    other.forEach((value) => place.set(keyOf(value), names.length));
    names.push(`${data.column} is a rare value`);
  }
  const missingPlace = names.length;
  if (indicator) names.push(`${data.column} is missing`);
  const placeOf = (value: string): number => {
    const key = keyOf(value);
    return buckets > 0 ? hash(key) % buckets : (place.get(key) ?? -1);
  };
  /** Of each coded value, of the table that was encoded last. */
  let known: { readonly coded: CodedValues; readonly places: Int32Array } | undefined;
  const placesOf = (coded: CodedValues): Int32Array => {
    if (known?.coded !== coded) known = { coded, places: Int32Array.from(coded.values, placeOf) };
    return known.places;
  };
  return {
    data,
    width: names.length,
    names,
    fill(table, rows, out, stride, offset) {
      const column = table.find(data.column);
      const coded = column < 0 ? undefined : table.reader.coded(column);
      const places = coded && placesOf(coded);
      for (let position = 0; position < rows.length; position++) {
        const row = rows[position] as number;
        const at = position * stride + offset;
        const code = coded?.codes[row];
        if (code === undefined ? column < 0 || table.isMissing(row, column) : code < 0) {
          if (indicator) out[at + missingPlace] = 1;
          continue;
        }
        const index = code === undefined ? placeOf(table.value(row, column)) : (places?.[code] ?? -1);
        if (index >= 0) out[at + index] = 1;
      }
    },
    // Only where training saw a closed set: among rare values put together, and hashed ones, new values are expected.
    outside(table, column) {
      if (buckets > 0 || other.length > 0) return undefined;
      const known = new Set(values.map(keyOf));
      return {
        isOutside: (row) => !table.isMissing(row, column) && !known.has(keyOf(table.value(row, column))),
      };
    },
  };
}

/** FNV-1a, 32 bits, over UTF-16 code units, with a final mix. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
