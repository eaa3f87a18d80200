/** What the engine tells about a dataset file, before and without training on it. */
import * as z from 'zod';

export const Task = z.enum(['classification', 'regression', 'language-model']);
export type Task = z.infer<typeof Task>;

/** How the engine treats a column. `date`, `identifier`, `constant` and `empty` are left out, with a note. */
export type ColumnKind =
  'number' | 'boolean' | 'category' | 'text' | 'date' | 'identifier' | 'constant' | 'empty';

export type Severity = 'error' | 'warning' | 'information';

/** Something about the file that the user should know. Lines and columns count from 1; none means the whole file. */
export interface DatasetIssue {
  readonly severity: Severity;
  /** A stable name of the kind of issue, e.g. `too-few-cells`. */
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly line?: number | undefined;
  readonly endLine?: number | undefined;
  readonly column?: number | undefined;
}

export interface ColumnSummary {
  /** As in the header, or `column 1`, `column 2`, … where the file has none. */
  readonly name: string;
  readonly index: number;
  readonly kind: ColumnKind;
  /** Number of different values, missing ones not counted; counting stops at `distinctCapped`. */
  readonly distinct: number;
  readonly missing: number;
  /** The most frequent values with their counts, at most 12, for anything but numbers. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** For numbers. */
  readonly range?: { readonly min: number; readonly max: number; readonly mean: number } | undefined;
  /** Why the column is left out, or what is special about it. */
  readonly note?: string | undefined;
}

/** A column that could be predicted, best first. */
export interface TargetSuggestion {
  readonly column: string;
  readonly task: 'classification' | 'regression';
  /** One sentence, e.g. `3 classes: Adelie 152, Gentoo 124, Chinstrap 68`. */
  readonly preview: string;
  /** Why it is ranked here, e.g. `last column`. Empty for the rest. */
  readonly reason: string;
}

export interface TableFormat {
  readonly separator: ',' | ';' | '\t' | '|';
  readonly header: boolean;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly byteOrderMark: boolean;
  readonly newline: '\n' | '\r\n' | '\r';
}

export interface TableSummary {
  readonly kind: 'table';
  readonly path: string;
  readonly format: TableFormat;
  /** Data rows, the header not counted. */
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  readonly targets: readonly TargetSuggestion[];
  readonly issues: readonly DatasetIssue[];
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface TextSummary {
  readonly kind: 'text';
  readonly path: string;
  /** Unicode code points. */
  readonly characters: number;
  /** Different characters: the size of a character model's vocabulary. */
  readonly vocabulary: number;
  readonly lines: number;
  readonly issues: readonly DatasetIssue[];
  readonly sha256: string;
  readonly bytes: number;
}

export type DatasetSummary = TableSummary | TextSummary;
