/** What the engine tells about a dataset file, before and without training on it. */
import type {
  ColumnWish,
  Encoding,
  QuoteCharacter,
  QuoteEscape,
  ReadingPart,
  ReadingWishes,
  Separator,
} from './reading';
import type { StepOutcome } from './preparation';
import type { TargetTask } from './task-names';

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
  /** Where it ends, exclusive; the end of the line where it is absent. */
  readonly endColumn?: number | undefined;
  /** How many rows (or lines) it holds for: each kind is said once, at the first of them. */
  readonly rows?: number | undefined;
  /** The first lines of these rows, at most a hundred. */
  readonly lines?: readonly number[] | undefined;
}

/** What the images of a column have in common, and what each becomes for a model. */
export interface ImagesSummary {
  readonly images: number;
  /** Names of some, evenly spaced. */
  readonly samples: readonly string[];
  /** `PNG`, `JPEG`, …, the commonest first. */
  readonly formats: readonly { readonly format: string; readonly count: number }[];
  /** Pixels. */
  readonly smallest: { readonly width: number; readonly height: number };
  readonly largest: { readonly width: number; readonly height: number };
  /** Pixels, and 1 channel (grey) or 3 (red, green, blue). */
  readonly shape: { readonly height: number; readonly width: number; readonly channels: 1 | 3 };
}

export interface ColumnSummary {
  /** As in the header, or `column 1`, `column 2`, … where the file has none. */
  readonly name: string;
  readonly index: number;
  /** A name of `columnKinds`; `identifier`, `constant` and `empty` are left out, with a note. */
  readonly kind: string;
  /** Number of different values, missing ones not counted; counting stops at `distinctCapped`. */
  readonly distinct: number;
  readonly missing: number;
  /** The most frequent values with their counts, at most 12, for anything but numbers. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** For numbers. */
  readonly range?: { readonly min: number; readonly max: number; readonly mean: number } | undefined;
  /** Of a column of images. */
  readonly image?: ImagesSummary | undefined;
  /** Why the column is left out, or what is special about it. */
  readonly note?: string | undefined;
  /** How its cells are written where that is not plain, e.g. `1,250 is 1250`, `per cent`, `day first`. */
  readonly readAs?: string | undefined;
  /** Set where two readings fit: what is asked, and the other reading. */
  readonly question?: ColumnQuestion | undefined;
}

/** A reading of a column that a person should look at: it is read one way and could be meant another. */
export interface ColumnQuestion {
  /** E.g. `"1.250" is read as 1250. Is it 1.25?` */
  readonly text: string;
  /** What the other answers would be, each a wish for this column. */
  readonly answers: readonly { readonly label: string; readonly wish: ColumnWish }[];
}

/** A column that could be predicted, best first. */
export interface TargetSuggestion {
  readonly column: string;
  readonly task: TargetTask;
  /** One sentence, e.g. `3 classes: Adelie 152, Gentoo 124, Chinstrap 68`. */
  readonly preview: string;
  /** Why it is ranked here, e.g. `last column`. Empty for the rest. */
  readonly reason: string;
}

/** How the bytes of a table are read: every part decided. */
export interface TableFormat {
  /** The sheet, table or list that is read, of a file that has several; absent for one that is a single table. */
  readonly part?: string | undefined;
  readonly separator: Separator;
  readonly header: boolean;
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  readonly newline: '\n' | '\r\n' | '\r';
  readonly quote: QuoteCharacter;
  readonly escape: QuoteEscape;
  /** Line (from 1) of the header, or of the first row where there is none. */
  readonly firstLine: number;
  /** Lines that begin with it are no rows; empty for none. */
  readonly comment: string;
  /** Whether the line below the header holds units. */
  readonly units: boolean;
  /** Whether the first cell of each row is a name that no name of the header stands for. */
  readonly rowNames: boolean;
  /** The decimal sign where a column does not tell. */
  readonly decimal: '.' | ',';
}

/** A comma-separated file in UTF-8 with a header, as RFC 4180 has it. */
export const plainFormat: TableFormat = {
  separator: ',',
  header: true,
  encoding: 'utf-8',
  byteOrderMark: false,
  newline: '\n',
  quote: '"',
  escape: 'doubled',
  firstLine: 1,
  comment: '',
  units: false,
  rowNames: false,
  decimal: '.',
};

export interface TableSummary {
  readonly kind: 'table';
  /** The name of its kind of dataset; absent in what earlier versions have stored. */
  readonly source?: string | undefined;
  readonly path: string;
  readonly format: TableFormat;
  /** The same for people, with the choices that each part has. */
  readonly reading: readonly ReadingPart[];
  /** Data rows, the header not counted. */
  readonly rows: number;
  /** What each step of a preparation did, in the order of the steps; absent without any. */
  readonly steps?: readonly StepOutcome[] | undefined;
  /** What is to be predicted: asked for, or the likeliest. The kinds of the columns are those of a training for it. */
  readonly target?: string | undefined;
  readonly columns: readonly ColumnSummary[];
  readonly targets: readonly TargetSuggestion[];
  readonly issues: readonly DatasetIssue[];
  /** SHA-256 of the file's bytes, or of what stands for a folder's content, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface TextSummary {
  readonly kind: 'text';
  /** The name of its kind of dataset; absent in what earlier versions have stored. */
  readonly source?: string | undefined;
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

/** The wishes that bring about a reading again: every part of it that can be asked for. `parts`: those that the file has. */
export function wishesOf(format: TableFormat, parts?: readonly ReadingPart[]): ReadingWishes {
  const { part, encoding, separator, quote, escape, header, firstLine, comment, units, rowNames, decimal } =
    format;
  const ofFile = { encoding, separator, quote, escape, header, firstLine, comment, units, rowNames, decimal };
  const all = part === undefined ? ofFile : { part, ...ofFile };
  if (parts === undefined) return all;
  const fields = new Set<string>(parts.map(({ field }) => field));
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.has(field)));
}

/**
 * How a file is read, in full, as an experiment keeps it: what was decided, and what was asked of single columns. UTF-8
 * is left to be found out unless it was asked for: an editor's text has no other encoding, whatever its file has.
 */
export function wholeReading(dataset: DatasetSummary, asked: ReadingWishes): ReadingWishes {
  if (dataset.kind === 'text') return {};
  const { encoding, ...others } = wishesOf(dataset.format, dataset.reading);
  return {
    ...(encoding === undefined || (encoding === 'utf-8' && asked.encoding === undefined) ? {} : { encoding }),
    ...others,
    ...(asked.columns === undefined ? {} : { columns: asked.columns }),
    ...(asked.steps === undefined ? {} : { steps: asked.steps }),
  };
}
