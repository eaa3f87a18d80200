/** From a file to the kind of dataset that opens it, and from a kind's name to what is in its folder. */
import { LabError } from '../../../protocol/errors';
import { type DatasetShape, type KindDescription, kinds, shapeOf } from '../../../protocol/kinds';
import { writeCounted } from '../../../protocol/words';
import { prepareTable } from '../preparation';
import type { ReadTableOptions, Table, TextFile } from '../types';
import { unpack, unpackedName } from '../unpack';
import { Folder } from '../folder/folder';
import { attachNamedImages } from '../images/named-images';
import type { DatasetKind, DatasetSource, FolderKind, ModelDataset, RowKind, TextKind } from './dataset-kind';
import { KindFile } from './kind-file';

const opened = new Map<string, DatasetKind>();

/** The kind of that name. LabError('invalid') for one that the catalogue does not list. */
async function openKind(name: string): Promise<DatasetKind> {
  const known = opened.get(name);
  if (known !== undefined) return known;
  kinds.require(name);
  // The catalogue lists no name without a folder; each folder's `kind.ts` exports a `kind`.
  const { kind } = (await import(`./${name}/kind.ts`)) as { readonly kind: DatasetKind };
  opened.set(name, kind);
  return kind;
}

/** A kind whose folder lies elsewhere, as in tests. Its description is added to `kinds`. */
export function installKind(name: string, kind: DatasetKind): void {
  opened.set(name, kind);
}

export interface KindQuestion {
  readonly path: string;
  readonly source: DatasetSource;
  readonly options?: ReadTableOptions | undefined;
  /** The name of a kind, which decides; or what the file must hold. */
  readonly asked?: string | undefined;
}

export interface ChosenKind {
  readonly name: string;
  readonly kind: DatasetKind;
}

/**
 * The kind that is asked for, or the one that recognises the file most surely; where none does, the usual kind of what
 * is asked for, which says what is wrong. LabError('invalid') for the name of no kind.
 */
export async function chooseKind({ path, source, options, asked }: KindQuestion): Promise<ChosenKind> {
  const shape = asked === 'table' || asked === 'text' ? asked : undefined;
  if (asked !== undefined && shape === undefined) return { name: asked, kind: await openKind(asked) };
  const candidates = candidatesFor(shape);
  const wanted = shape === undefined ? undefined : shape === 'table' ? 'rows' : 'text';
  const file =
    source instanceof Folder
      ? undefined
      : new KindFile(unpackedName(path), await unpack(source, path), options, wanted);
  let chosen: ChosenKind | undefined;
  let surest = 0;
  for (const { name } of candidates) {
    const kind = await openKind(name);
    const sureness =
      source instanceof Folder
        ? ((await kind.folder?.recognise(source, options ?? {})) ?? 0)
        : await kind.recognise(file as KindFile);
    if (sureness <= surest) continue;
    chosen = { name, kind };
    surest = sureness;
  }
  if (chosen !== undefined) return chosen;
  if (source instanceof Folder) throw notRecognised(source);
  const [usual] = candidates;
  if (usual === undefined) throw new LabError('invalid', 'No kind of dataset is known.');
  return { name: usual.name, kind: await openKind(usual.name) };
}

function candidatesFor(shape: DatasetShape | undefined): readonly KindDescription[] {
  return shape === undefined ? kinds.all : kinds.all.filter((kind) => shapeOf(kind) === shape);
}

export interface OpenOptions extends ReadTableOptions {
  readonly path: string;
  /** The name of a kind, or a shape; the file tells where it is absent. */
  readonly kind?: string | undefined;
}

/**
 * The rows of a file or folder. LabError('dataset') for what holds none, LabError('mismatch') for a kind that holds text.
 */
export async function openRows(
  source: DatasetSource,
  { kind: asked = 'table', ...options }: OpenOptions,
): Promise<Table> {
  return openTable(await rowKind({ path: options.path, source, options, asked }), source, options);
}

/**
 * The rows as that kind reads them, prepared by the steps that are asked for; for a model, where the dataset that it learnt from is given. LabError('mismatch') for a
 * folder where the kind reads none.
 */
export async function openTable(
  kind: RowKind,
  source: DatasetSource,
  options: ReadTableOptions,
  model?: ModelDataset,
): Promise<Table> {
  const table = await openUnprepared(kind, source, options, model);
  await attachNamedImages(table, options);
  const prepared = prepareTable(table, options);
  // Steps change rows and cells; images are found by the names in them.
  prepared.images ??= table.images;
  return prepared;
}

async function openUnprepared(
  kind: RowKind,
  source: DatasetSource,
  options: ReadTableOptions,
  model: ModelDataset | undefined,
): Promise<Table> {
  if (source instanceof Folder) return folderOf(kind, source).open(source, options);
  const file = await unpack(source, options.path);
  if (model === undefined || kind.openForModel === undefined) return kind.open(file, options);
  return kind.openForModel(file, options, model);
}

/** The text of a file. LabError('dataset') for what is none, LabError('mismatch') for a kind that holds rows. */
export async function openText(
  source: DatasetSource,
  { kind: asked = 'text', ...options }: OpenOptions,
): Promise<TextFile> {
  return openTextOf(await textKind({ path: options.path, source, options, asked }), source, options);
}

/** The text as that kind reads it. LabError('mismatch') for a folder where the kind reads none. */
export async function openTextOf(
  kind: TextKind,
  source: DatasetSource,
  options: ReadTableOptions,
): Promise<TextFile> {
  if (source instanceof Folder) return folderOf(kind, source).open(source, options);
  return kind.open(await unpack(source, options.path), options);
}

function folderOf<Opened>(
  { folder }: { readonly folder?: FolderKind<Opened> | undefined },
  { path }: Folder,
): FolderKind<Opened> {
  if (folder !== undefined) return folder;
  throw new LabError('mismatch', 'A file is needed for this kind of dataset, and this is a folder.', {
    advice: 'Choose a file inside it.',
    place: { path },
  });
}

function notRecognised({ path, files }: Folder): LabError {
  const none = files.length === 0;
  return new LabError(
    'dataset',
    none ? 'The folder holds no files.' : 'Nothing in this folder can be read as a dataset.',
    {
      advice: none
        ? 'Hidden files do not count. Choose another folder.'
        : `A folder is a dataset where its folders are classes, with a file for each example. It holds ${writeCounted(files.length, 'file')}, the first "${files[0]?.name ?? ''}": choose a folder inside it, or a file.`,
      place: { path },
    },
  );
}

/** The kind that opens the rows of a file. LabError('mismatch') where a kind that holds text is asked for. */
export async function rowKind(question: KindQuestion): Promise<RowKind> {
  const { name, kind } = await chooseKind({ ...question, asked: question.asked ?? 'table' });
  if (kind.holds === 'rows') return kind;
  throw new LabError('mismatch', `${kinds.require(name).title}: this kind of dataset holds no rows.`, {
    place: { path: question.path },
  });
}

async function textKind(question: KindQuestion): Promise<TextKind> {
  const { name, kind } = await chooseKind(question);
  if (kind.holds === 'text') return kind;
  throw new LabError(
    'mismatch',
    `${kinds.require(name).title}: this kind of dataset holds no running text.`,
    {
      place: { path: question.path },
    },
  );
}
