/** What the quality checks find in a table, where it stands, and what would mend it. */
import type { DatasetIssue, Severity } from './dataset';
import { checks } from './quality-checks';
import { joinSentences } from './errors';

/** A place in a text. Lines and characters (UTF-16) count from 1, the end is exclusive; whole lines without characters. */
export interface TextSpan {
  readonly line: number;
  readonly endLine: number;
  readonly character?: number | undefined;
  readonly endCharacter?: number | undefined;
}

/** A place with its characters. */
export interface WholeSpan {
  readonly line: number;
  readonly endLine: number;
  readonly character: number;
  readonly endCharacter: number;
}

export interface QualityPlace {
  /** Row of the table, from 0; -1 for the name of the column. */
  readonly row: number;
  /** Index of the column; absent for the whole row. */
  readonly column?: number | undefined;
  /** Where the file is text. */
  readonly span?: TextSpan | undefined;
  /** What is the matter with this very cell or row; the finding's message where it is absent. */
  readonly says?: string | undefined;
}

/** What would mend a finding, done only when somebody asks for it. */
export type Mend =
  /** Edits of the text, which the engine makes (`MendTable`). */
  | { readonly kind: 'edit'; readonly name: string; readonly label: string }
  /** The columns are kept from the model; the file stays as it is. */
  | { readonly kind: 'exclude'; readonly label: string; readonly columns: readonly string[] };

export interface QualityFinding {
  /** A name of `checks`. */
  readonly check: string;
  readonly severity: Severity;
  /** Counted, with the first line. */
  readonly message: string;
  readonly advice: string;
  /** How many rows it holds for. */
  readonly rows: number;
  /** The columns that it is about; none where it is about whole rows. */
  readonly columns: readonly string[];
  /** The first of them, at most a hundred. */
  readonly places: readonly QualityPlace[];
  readonly mends: readonly Mend[];
}

export interface QualityReport {
  /** Rows of the table, and how many of them were looked at: the checks take evenly spaced ones of a large table. */
  readonly rows: number;
  readonly checked: number;
  readonly findings: readonly QualityFinding[];
}

/** One edit of a text; an empty `text` deletes what stands in the span. */
export interface SpanEdit {
  readonly span: WholeSpan;
  readonly text: string;
}

/** What mends a finding in a text. The edits do not overlap, and come in the order of the text. */
export interface TableMend {
  readonly edits: readonly SpanEdit[];
  /** Cells or rows that are changed, and those that must be left because the file could not hold the new value. */
  readonly changed: number;
  readonly left: number;
}

/** A finding as issues: one for each place, or one for the whole file. */
export function issuesOfFinding(finding: QualityFinding): readonly DatasetIssue[] {
  const { check, severity, message, advice, rows, places } = finding;
  const why = checks.find(check)?.why ?? '';
  const issue = { severity, code: check, rows, advice: joinSentences(advice, why) };
  const placed = places.filter(({ span }) => span !== undefined);
  if (placed.length === 0) return [{ ...issue, message }];
  return placed.map(({ span, says }) => ({
    ...issue,
    message: says ?? message,
    line: span?.line,
    endLine: span?.endLine,
    column: span?.character,
    endColumn: span?.endCharacter,
  }));
}

/** A finding as one issue, at its first place. */
export function issueOfFinding(finding: QualityFinding): DatasetIssue {
  const { check, severity, message, advice, rows, places } = finding;
  const span = places.find((place) => place.span !== undefined)?.span;
  return { severity, code: check, message, advice, rows, line: span?.line, column: span?.character };
}
