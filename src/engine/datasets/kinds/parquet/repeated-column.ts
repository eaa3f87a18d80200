/** Columns in which something is repeated inside a row: lists of values, and whatever is nested deeper, written as JSON. */
import { assembleLists, assembleNested } from 'hyparquet/src/assemble.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { CollectedTexts } from '../../columns/collect-texts';
import { listColumns } from '../../columns/list-columns';
import type { StoredColumn } from '../../columns/stored-column';
import { DateColumn } from '../../columns/date-column';
import type { FlatFile } from './flat-column';
import { isByteRuns, type LeafType } from './leaf-types';
import { type Decoded, type Page, readChunk } from './pages';
import type { PlannedColumn, PlannedLeaf } from './plan';
import { Damaged, Unsupported } from './trouble';

export type NamedColumns = readonly { readonly name: string; readonly values: StoredColumn }[];

/** One list of values in each row. Throws `Damaged` and `Unsupported`. */
export function readList({ bytes, path, rows }: FlatFile, name: string, leaf: PlannedLeaf): NamedColumns {
  const type = requireType(leaf);
  const present = presentFrom(leaf);
  const starts: number[] = [];
  const missing: boolean[] = [];
  const values: (number | string)[] = [];
  eachPage(bytes, leaf, type, (page, plainValues) => {
    let next = 0;
    for (let entry = 0; entry < page.count; entry++) {
      const level = page.definition?.[entry] ?? leaf.maxDefinition;
      if ((page.repetition?.[entry] ?? 0) === 0) {
        starts.push(values.length);
        missing.push(level < present - 1);
      }
      if (level === leaf.maxDefinition) values.push(plainValues[next++] as number | string);
      else if (level >= present) values.push(type.holds === 'numbers' ? NaN : '');
    }
  });
  if (starts.length !== rows) throw new Damaged(`${starts.length} of ${rows} lists`);
  starts.push(values.length);
  return listColumns(
    name,
    {
      starts,
      isMissing: (row) => missing[row] === true,
      values: type.holds === 'numbers' ? Float64Array.from(values as number[]) : (values as string[]),
      single: type.holds === 'numbers' && type.single,
    },
    path,
  );
}

/** The level from which on an entry is an element of the list, be it missing itself. */
function presentFrom({ path }: PlannedLeaf): number {
  let level = 0;
  for (const { element } of path.slice(1)) {
    if (element.repetition_type !== 'REQUIRED') level++;
    if (element.repetition_type === 'REPEATED') return level;
  }
  return level;
}

/** Lists of structs, maps and lists of lists. Throws `Damaged` and `Unsupported`. */
export function readNested(
  { bytes, path, rows }: FlatFile,
  { name, tree, leaves }: PlannedColumn,
): NamedColumns {
  if (tree.path.length !== 1) throw new Unsupported('lists of lists or structs inside a struct');
  const groups = leaves[0]?.chunks.length ?? 0;
  const collected = new CollectedTexts(name, path);
  for (let group = 0; group < groups; group++) {
    const data = new Map<string, unknown[]>();
    for (const leaf of leaves) {
      const output: unknown[] = [];
      const own = { ...leaf, chunks: [leaf.chunks[group]] };
      eachPage(bytes, own, requireType(leaf), ({ count, definition, repetition }, values) => {
        const levels = Array.from(definition ?? new Uint8Array(count).fill(leaf.maxDefinition));
        assembleLists(output, levels, Array.from(repetition ?? new Uint8Array(count)), values, [
          ...leaf.path,
        ]);
      });
      data.set((leaf.path.at(-1)?.path ?? []).join('.'), output);
    }
    assembleNested(data, tree, DEFAULT_PARSERS);
    for (const value of data.get(name) ?? []) collected.add(value == null ? '' : JSON.stringify(value));
  }
  if (collected.rows !== rows) throw new Damaged(`${collected.rows} of ${rows} values`);
  return [{ name, values: collected.finish() }];
}

function requireType({ holds }: PlannedLeaf): LeafType {
  if (holds === undefined) throw new Unsupported('values of such a type');
  return holds;
}

/** Each page with its values as numbers or texts. */
function eachPage(
  bytes: Uint8Array,
  leaf: PlannedLeaf,
  type: LeafType,
  visit: (page: Page, values: (number | string)[]) => void,
): void {
  for (const chunk of leaf.chunks) {
    if (chunk === undefined) throw new Damaged('a group without the column');
    let dictionary: (number | string)[] | undefined;
    readChunk(bytes, chunk, leaf, {
      dictionary: (values) => (dictionary = valuesOf(values, type)),
      page: (page) => {
        const { places, values = [] } = page;
        if (places === undefined) {
          visit(page, valuesOf(values, type));
          return;
        }
        const known = dictionary ?? [];
        visit(
          page,
          Array.from(places, (place) => {
            const value = known[place];
            if (value === undefined) throw new Damaged('a place beyond the dictionary');
            return value;
          }),
        );
      },
    });
  }
}

function valuesOf(values: Decoded, type: LeafType): (number | string)[] {
  if ((isByteRuns(values) ? values.starts : values).length === 0) return [];
  if (type.holds === 'texts') return type.texts(values);
  const numbers = type.numbers(values);
  if (type.holds === 'numbers')
    return numbers === undefined ? (type.texts?.(values) ?? []) : Array.from(numbers);
  const dates = new DateColumn(numbers as Float64Array, type.writing);
  return Array.from({ length: dates.rows }, (_, row) => dates.text(row));
}
