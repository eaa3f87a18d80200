/** The classes of a column: labels that differ only in spaces, case or the spelling of a number are one. */
import type { CodedValues } from './coded-values';
import { labelKey, PLAIN_NUMBER } from './label-key';
import { RowShape } from './types';
import type { Table } from './types';

/** A class with all its spellings. */
export interface LabelGroup {
  /** The commonest spelling; of numbers the shortest. */
  readonly name: string;
  readonly rows: number;
  /** More than one where labels were put together. */
  readonly spellings: readonly string[];
}

export interface Labels {
  readonly groups: readonly LabelGroup[];
  /** `[rows]`, index into `groups`; -1 without a usable label. */
  readonly group: Int32Array;
  /** Rows without a label, and the first of them; -1 without any. Rows with too many cells are not counted. */
  readonly unlabelled: number;
  readonly first: number;
}

/** Reads the labels of a column. */
export function readLabels(table: Table, column: number): Labels {
  const coded = table.reader.coded(column);
  if (coded !== undefined) return readCodedLabels(table, coded);
  const spelled = new Map<string, number>();
  const written: (string | undefined)[] = [];
  let unlabelled = 0;
  let first = -1;
  for (let row = 0; row < table.rows; row++) {
    const label = usableLabel(table, row, column);
    written.push(label);
    if (label === undefined) {
      if (table.shape[row] === RowShape.tooMany) continue;
      if (unlabelled++ === 0) first = row;
      continue;
    }
    spelled.set(label, (spelled.get(label) ?? 0) + 1);
  }
  const groups = groupSpellings(spelled);
  const indexOf = new Map(groups.flatMap(({ spellings }, index) => spellings.map((label) => [label, index])));
  const group = Int32Array.from(written, (label) => (label === undefined ? -1 : (indexOf.get(label) ?? -1)));
  return { groups, group, unlabelled, first };
}

function readCodedLabels(table: Table, { values, codes }: CodedValues): Labels {
  const counts = new Uint32Array(values.length);
  let unlabelled = 0;
  let first = -1;
  for (let row = 0; row < codes.length; row++) {
    if (table.shape[row] === RowShape.tooMany) continue;
    const code = codes[row] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
    else if (unlabelled++ === 0) first = row;
  }
  const used = values.flatMap((label, code) =>
    counts[code] === 0 ? [] : [[label, counts[code] as number] as const],
  );
  const groups = groupSpellings(new Map(used));
  const indexOf = new Map(groups.flatMap(({ spellings }, index) => spellings.map((label) => [label, index])));
  const places = Int32Array.from(values, (label) => indexOf.get(label) ?? -1);
  const group = new Int32Array(codes.length);
  for (let row = 0; row < group.length; row++) {
    const code = codes[row] as number;
    const isUsable = code >= 0 && table.shape[row] !== RowShape.tooMany;
    group[row] = isUsable ? (places[code] as number) : -1;
  }
  return { groups, group, unlabelled, first };
}

function usableLabel(table: Table, row: number, column: number): string | undefined {
  if (table.shape[row] === RowShape.tooMany || table.isMissing(row, column)) return undefined;
  return table.value(row, column);
}

/** Whether any two of the labels have the same key: in most columns none have, which is quickly told. */
export function hasSpellings(labels: ReadonlyMap<string, number>): boolean {
  const keys = new Set<string>();
  for (const label of labels.keys()) keys.add(labelKey(label));
  return keys.size < labels.size;
}

/**
 * Spellings with their rows, those with the same key together; each apart where nothing else would be left to tell apart
 * (genes: AA, Aa, aa). Sorted: numbers by value, else by code unit.
 */
export function groupSpellings(spelled: ReadonlyMap<string, number>): LabelGroup[] {
  const byKey = new Map<string, { name: string; rows: number }[]>();
  for (const [name, rows] of spelled) {
    const key = labelKey(name);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [{ name, rows }]);
    else same.push({ name, rows });
  }
  const apart = byKey.size === 1 && spelled.size > 1 && !PLAIN_NUMBER.test([...byKey.keys()].join(''));
  const groups = apart
    ? [...spelled].map(([name, rows]) => [{ name, rows }])
    : [...byKey.values()].map((same) =>
        [...same].sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1)),
      );
  return groups
    .map((same) => ({
      name: nameOf(same.map(({ name }) => name)),
      rows: same.reduce((sum, { rows }) => sum + rows, 0),
      spellings: same.map(({ name }) => name),
    }))
    .sort((a, b) => byNumberThenCodeUnit(a.name, b.name));
}

/** `spellings` the commonest first. */
function nameOf(spellings: readonly string[]): string {
  const [commonest = ''] = spellings;
  return spellings.length > 1 && PLAIN_NUMBER.test(commonest) ? labelKey(commonest) : commonest;
}

function byNumberThenCodeUnit(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : 1) : difference;
}

/**
 * Finds the class of a label among `classes`: as it is written, else by what labels have in common where that leaves no
 * doubt (a model of before there was such a comparison may have `Yes` and `yes`).
 */
export function classFinder(classes: readonly string[]): (label: string) => number {
  const exact = new Map(classes.map((name, index) => [name, index]));
  const keys = new Map<string, number>();
  classes.forEach((name, index) => {
    const key = labelKey(name);
    keys.set(key, keys.has(key) ? -1 : index);
  });
  return (label) => {
    const text = label.trim();
    return exact.get(text) ?? keys.get(labelKey(text)) ?? -1;
  };
}
