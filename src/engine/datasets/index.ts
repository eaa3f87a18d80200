/**
 * The room of datasets: bytes of a file, or the files of a folder, come in; rows with their places, a schema, splits and the target
 * leave. Knows files and statistics, nothing of models, runs or the editor.
 *
 * The way of a file: `openRows` (its kind finds the places of rows and cells) → `describeColumns` / `inspectDataset` (what
 * is in it) → `readTarget`, `splitRows` (what is learnt from which rows) → `fitTarget` (training rows only); the
 * room of features encodes the other columns. A text goes `openText` → `CharacterVocabulary` → `splitText`.
 */
export * from './types';
export { cellsTable, type CellsTableParts, type PlacedCells } from './cells-table';
export { columnsTable, type ColumnsTableParts } from './columns-table';
export { isNoValue } from './column-reader';
export { describeColumns } from './columns';
export { csvLine } from './csv-line';
export { textOfBytes } from './decode';
export { isSameFile } from './same-file';
export { countsRows, equalByChance, findDuplicates, firstEqual } from './duplicates';
export { inspectDataset, type InspectOptions, openInspected } from './inspect';
export { rowKeys } from './row-keys';
export { placeOf } from './row-words';
export { planSplit, type SplitPlan, type SplitRequest } from './split-plan';
export { EVERY_TRAINING, foldRows, NO_FOLD, rowsOf, splitRows } from './split';
export {
  BeingWritten,
  type FileState,
  fromWholeFile,
  hashOf,
  hasMoved,
  readBytes,
  readWhole,
  type ReadingWay,
  SETTLED,
  sha256,
  sizeOf,
  type WholeFile,
} from './read-bytes';
export { Folder, type FolderFile, folderIssues, type Watching } from './folder/folder';
export {
  type DatasetKind,
  type DatasetSource,
  type RowKind,
  type Source,
  type TextKind,
  type ModelDataset,
  Sureness,
} from './kinds/dataset-kind';
export { chooseKind, installKind, openRows, openTable, openText, rowKind } from './kinds/open-kind';
export { prepareTable } from './preparation';
export { readTable } from './kinds/csv/table';
export { decodeText } from './kinds/text/text';
export { fitTarget, moments, targetFromJSON } from './target';
export { writtenUnit } from './number-text';
export { readTarget, suggestAnswer } from './target-column';
export { targetGroups } from './target-groups';
export type { TableText } from './table-text';
export type { ImageColumn } from './images/image-column';
export { type TargetWish, understandTable } from './understand-table';
export { groupSpellings, hasSpellings } from './labels';
export { labelKey, PLAIN_NUMBER } from './label-key';
export { CharacterVocabulary, splitText } from './character-vocabulary';
