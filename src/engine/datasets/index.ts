/**
 * The room of datasets: bytes of a file come in; rows with their places, a schema, splits and encoded batches
 * leave. Knows files and statistics, nothing of models, runs or the editor.
 */
import type { ColumnSummary, DatasetIssue, DatasetSummary } from '../../protocol/dataset';
import type {
  ClassLabels,
  Encoder,
  FitEncoderOptions,
  ReadTableOptions,
  Table,
  TargetColumn,
  TargetEncoder,
  TargetValues,
  TextFile,
} from './types';

export * from './types';

/** Reads a table from bytes or from an editor's text. Throws LabError('dataset') for what is no table. */
export declare function readTable(source: Uint8Array | string, options?: ReadTableOptions): Table;
/** Reads the file at `path` (or `text`, its unsaved content) as a table. */
export declare function loadTable(path: string, text?: string, options?: ReadTableOptions): Promise<Table>;
export declare function describeColumns(table: Table): ColumnSummary[];
export declare function inspectDataset(
  path: string,
  text?: string,
  options?: ReadTableOptions,
): Promise<DatasetSummary>;

/** Reads the column to predict. LabError('dataset') when it is missing (with the nearest name), has one class… */
export declare function readTarget(table: Table, column: string, task: 'classification'): ClassLabels;
export declare function readTarget(table: Table, column: string, task: 'regression'): TargetValues;
export declare function readTarget(table: Table, column: string, task: TargetColumn['task']): TargetColumn;
/** The task that suits the column best: what inspection proposes when nobody says. */
export declare function suggestTask(table: Table, column: string): TargetColumn['task'];

/** `[rows]` of `Part`: `splitRows({ ...readTarget(table, 'species', 'classification'), validation: 0.2, seed: 1 })`. */
export declare function splitRows(request: TargetColumn & { validation: number; seed: number }): Uint8Array;
/** `[rows]`: fold 0 … folds - 1 of each row, 255 for rows left out. */
export declare function foldRows(request: TargetColumn & { folds: number; seed: number }): Uint8Array;
/** Row numbers whose entry in `parts` is `part`. */
export declare function rowsOf(parts: Uint8Array, part: number): Uint32Array;

export declare function fitEncoder(table: Table, rows: Uint32Array, options: FitEncoderOptions): Encoder;
export declare function encoderFromJSON(json: unknown): Encoder;
export declare function fitTarget(table: Table, rows: Uint32Array, target: TargetColumn): TargetEncoder;
export declare function targetFromJSON(json: unknown): TargetEncoder;
/** What keeps `table` from being predicted with `encoder`; nothing when it fits. */
export declare function checkColumns(encoder: Encoder, table: Table): DatasetIssue[];
/** `[rows]`, a 53-bit hash of each row's bytes: equal rows have equal keys, in any file. */
export declare function rowKeys(table: Table): Float64Array;

/** Reads a plain text from disk. */
export declare function readTextFile(path: string): Promise<TextFile>;
export declare function decodeText(bytes: Uint8Array, path?: string): TextFile;
/** A character model's vocabulary: code points, sorted. */
export declare class CharacterVocabulary {
  readonly characters: readonly string[];
  readonly size: number;
  static fromText(text: string): CharacterVocabulary;
  static fromJSON(json: unknown): CharacterVocabulary;
  /** Different characters of `text` that the vocabulary lacks. */
  unknown(text: string): string[];
  /** LabError('mismatch') for characters never seen, unless they are to be skipped. */
  encode(text: string, options?: { unknown?: 'error' | 'skip' }): Int32Array;
  decode(tokens: ArrayLike<number>): string;
  toJSON(): { characters: readonly string[] };
}
/** First part for training, last `validation` (0.1) of the tokens for validation, each longer than `context`. */
export declare function splitText(
  tokens: Int32Array,
  options: { context: number; validation?: number; path?: string },
): { training: Int32Array; validation: Int32Array };
