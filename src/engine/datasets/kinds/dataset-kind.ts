/** What the engine has of a kind of dataset, beside its description: how it is recognised, and how it is opened. */
import type { ColumnReading } from '../column-reading';
import type { ReadTableOptions, Table, TextFile } from '../types';
import type { ReadingWishes } from '../../../protocol/reading';
import type { Folder } from '../folder/folder';
import type { TableText } from '../table-text';
import type { KindFile } from './kind-file';

/** The bytes of a file, or the text of an editor that has decoded it. */
export type Source = Uint8Array | string;

/** What a dataset is opened from. */
export type DatasetSource = Source | Folder;

/** How surely a file is of a kind: the surest kind opens it, of equally sure ones that which the catalogue lists first. */
export const Sureness = {
  no: 0,
  /** It could be, as any text could be a text. */
  perhaps: 0.1,
  /** It looks as such a file does. */
  byLooks: 0.5,
  /** Its name says so. */
  byName: 0.8,
  /** It holds what no other kind holds, e.g. a signature. */
  byContent: 1,
} as const;

interface AnyKind {
  /** A `Sureness`, or something between. Cheap: it is asked at every keystroke, and of files of all kinds. */
  readonly recognise: (file: KindFile) => number | Promise<number>;
}

/** How a kind reads folders, where it does. */
export interface FolderKind<Opened> {
  /** A `Sureness`, or something between, by names and sizes; a few files may be looked into. */
  readonly recognise: (folder: Folder, options: ReadTableOptions) => number | Promise<number>;
  /**
   * LabError('dataset') for what cannot be read. Files are read a few at a time, `options.watching` is told how far it is and
   * ends it. `folderIssues` says what the listing has left out.
   */
  readonly open: (folder: Folder, options: ReadTableOptions) => Promise<Opened>;
}

/** A kind of dataset that holds rows. */
export interface RowKind extends AnyKind {
  readonly holds: 'rows';
  readonly folder?: FolderKind<Table> | undefined;
  /**
   * The rows with the places where they stand; `cellsTable` makes a table of cells. LabError('dataset') for what cannot be
   * read.
   */
  readonly open: (source: Source, options: ReadTableOptions) => Table | Promise<Table>;
  /** Opens a file that a model shall judge, where the model's own dataset tells something of how; else `open` does. */
  readonly openForModel?: (
    source: Source,
    options: ReadTableOptions,
    model: ModelDataset,
  ) => Table | Promise<Table>;
  /** Where the cells of a table that `open` has made stand in its text, for files that people edit as text. */
  readonly textOf?: (source: Source, table: Table) => TableText | undefined;
}

/** A kind of dataset that holds running text. */
export interface TextKind extends AnyKind {
  readonly holds: 'text';
  readonly folder?: FolderKind<TextFile> | undefined;
  /** LabError('dataset') for what is no text. */
  readonly open: (source: Source, options: ReadTableOptions) => TextFile | Promise<TextFile>;
}

export type DatasetKind = RowKind | TextKind;

/** The dataset that a model learnt from, for opening another one alike. */
export interface ModelDataset {
  readonly path: string;
  /** How it was read, of whatever kind it was. */
  readonly reading: ReadingWishes;
  /** The columns that the model knows, the target last, and how they were read. */
  readonly columns: readonly string[];
  readonly readings: Readonly<Record<string, ColumnReading>>;
  /** Whether a table lacks columns that the model needs. */
  readonly isLacking: (table: Table) => boolean;
}
