/** What a table holds and what could be learnt from it, whatever kind of file it was. */
import type { DatasetIssue, TableSummary } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { Encoding, ReadingWishes } from '../../protocol/reading';
import type { TargetTask } from '../../protocol/task-names';
import { findDuplicates, hasEqualRows } from './duplicates';
import { readTarget } from './target-column';
import type { Table } from './types';
import { type PresumedTarget, understandTable } from './understand-table';

/** Rows of larger tables are compared only when they are learnt from: nobody waits for that. */
const MOST_BYTES_COMPARED = 32e6;

/** What is known of a file beside what it holds. */
export interface FileFacts {
  readonly path: string;
  /** The name of its kind. */
  readonly source?: string | undefined;
  readonly sha256: string;
  readonly bytes: number;
}

export interface TableQuestion extends ReadingWishes {
  /** What is to be predicted, which decides what some columns hold; the likeliest where it is absent or not there. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
  /** The encoding of the file where the table was read from an editor's text. */
  readonly encodingOfFile?: Encoding | undefined;
}

/** A table without any column to predict has no targets, and an issue that says so. */
export function summariseTable(table: Table, question: TableQuestion, facts: FileFacts): TableSummary {
  const { columns, targets, target } = understandTable(table, question);
  const encoding = question.encodingOfFile ?? table.format.encoding;
  // Who has read it knows better why.
  const isHopeless = table.issues.some(({ severity }) => severity === 'error');
  return {
    kind: 'table',
    source: facts.source,
    path: facts.path,
    format: { ...table.format, encoding },
    reading: table.tell({ ...question, encoding: question.encodingOfFile ?? question.encoding }, encoding),
    rows: table.rows,
    ...(table.outcomes === undefined ? {} : { steps: table.outcomes }),
    ...(target === undefined ? {} : { target: target.column }),
    columns,
    targets,
    issues: [
      ...table.issues,
      ...(targets.length > 0 || isHopeless ? [] : [NOTHING_TO_PREDICT]),
      ...(target === undefined ? [] : repeatedRows(table, target)),
    ],
    sha256: facts.sha256,
    bytes: facts.bytes,
  };
}

/** Rows that stand more than once, as a training for the target will find them. Nothing where it cannot be learnt. */
function repeatedRows(table: Table, { column, answer }: PresumedTarget): readonly DatasetIssue[] {
  if (table.size > MOST_BYTES_COMPARED || !hasEqualRows(table, column)) return [];
  try {
    const found = findDuplicates(table, readTarget(table, column, answer));
    return found === undefined ? [] : [found.issue];
  } catch (thrown) {
    if (LabError.from(thrown).code === 'dataset') return [];
    throw thrown;
  }
}

/** Not an error: another reading may find more, and a target that is asked for is taken where it can be learnt at all. */
const NOTHING_TO_PREDICT: DatasetIssue = {
  severity: 'warning',
  code: 'nothing-to-predict',
  message: 'No column of this table can be predicted.',
  advice:
    'A target needs at least two different values, each in several rows, or numbers. Check how the file is read, or name the column yourself.',
};
