/** Which columns a Parquet file becomes: one for each leaf of its schema, and one for what is repeated inside a row. */
import type { ColumnMetaData, FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet';
import { type LeafType, leafType } from './leaf-types';
import type { Leaf } from './pages';

/** Structs within structs are followed so far. */
const DEEPEST = 100;

/** A leaf of the schema. */
export interface PlannedLeaf extends Leaf {
  /** Undefined where its type is not read. */
  readonly holds: LeafType | undefined;
  /** From the root of the schema to the leaf. */
  readonly path: readonly SchemaTree[];
  /** In each group of rows; undefined where it is not there, or not readable. */
  readonly chunks: readonly (ColumnMetaData | undefined)[];
  readonly encrypted: boolean;
}

export interface PlannedColumn {
  /** Names from the root, joined by dots. */
  readonly name: string;
  /** `flat`: one value a row; `list`: a list of values; `nested`: whatever else is repeated. */
  readonly shape: 'flat' | 'list' | 'nested';
  readonly tree: SchemaTree;
  readonly leaves: readonly PlannedLeaf[];
  /** What its type is called, for messages. */
  readonly typeName: string;
}

export function planColumns(footer: FileMetaData): readonly PlannedColumn[] {
  const chunksOf = chunksByPath(footer);
  const planned: PlannedColumn[] = [];
  const visit = (tree: SchemaTree, above: readonly SchemaTree[]): void => {
    const path = [...above, tree];
    if (path.length > DEEPEST) throw new RangeError('The schema is too deep');
    const { element, children } = tree;
    const isGroup = children.length > 0 || element.type === undefined;
    if (isGroup && !isRepeated(tree)) {
      for (const child of children) visit(child, path);
      return;
    }
    const leaves = leavesOf(path).map((to) => plannedLeaf(to, chunksOf.get(pathKey(to)) ?? []));
    const [only] = leaves;
    const isList = leaves.length === 1 && only?.maxRepetition === 1;
    const shape = !isGroup && only?.maxRepetition === 0 ? 'flat' : isList ? 'list' : 'nested';
    planned.push({ name: tree.path.join('.'), shape, tree, leaves, typeName: typeName(element) });
  };
  for (const child of parquetSchema(footer).children) visit(child, [parquetSchema(footer)]);
  return planned;
}

function chunksByPath({ row_groups: groups }: FileMetaData): Map<string, ColumnMetaData[]> {
  const chunks = new Map<string, ColumnMetaData[]>();
  groups.forEach(({ columns }, group) => {
    for (const { meta_data: chunk, file_path: other, crypto_metadata: crypto } of columns) {
      if (chunk === undefined || other !== undefined || crypto !== undefined) continue;
      const key = JSON.stringify(chunk.path_in_schema);
      const known = chunks.get(key) ?? [];
      known[group] = chunk;
      chunks.set(key, known);
    }
  });
  return chunks;
}

function pathKey(path: readonly SchemaTree[]): string {
  return JSON.stringify(path.at(-1)?.path ?? []);
}

function isRepeated(tree: SchemaTree): boolean {
  return (
    tree.element.repetition_type === 'REPEATED' ||
    tree.children.some((child) => child.element.repetition_type === 'REPEATED')
  );
}

function leavesOf(path: readonly SchemaTree[]): readonly (readonly SchemaTree[])[] {
  const tree = path.at(-1) as SchemaTree;
  if (tree.children.length === 0) return [path];
  return tree.children.flatMap((child) => leavesOf([...path, child]));
}

function plannedLeaf(
  path: readonly SchemaTree[],
  chunks: readonly (ColumnMetaData | undefined)[],
): PlannedLeaf {
  const { element } = path.at(-1) as SchemaTree;
  const below = path.slice(1).map((tree) => tree.element.repetition_type);
  return {
    type: element.type ?? '',
    typeLength: element.type_length,
    maxDefinition: below.filter((type) => type !== 'REQUIRED').length,
    maxRepetition: below.filter((type) => type === 'REPEATED').length,
    holds: leafType(element),
    path,
    chunks,
    encrypted: chunks.length === 0,
  };
}

function typeName({ type, converted_type: converted, logical_type: logical }: SchemaElement): string {
  return logical?.type ?? converted ?? type ?? 'GROUP';
}
