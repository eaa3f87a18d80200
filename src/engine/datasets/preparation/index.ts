/**
 * Steps that prepare a table: rows left out, columns computed, values filled and replaced. In: a table as its kind of
 * dataset has opened it, and steps. Out: a table in which everything behind finds other rows and columns, each row at its
 * place in the file.
 */
import type { DatasetIssue } from '../../../protocol/dataset';
import { LabError } from '../../../protocol/errors';
import { type PreparationStep, type StepOutcome, writeStep } from '../../../protocol/preparation';
import { writeCounted } from '../../../protocol/words';
import type { ReadTableOptions, Table } from '../types';
import { columnsNamedIn } from './expression';
import { type PreparedTable, unprepared } from './prepared-table';
import { applyStep, filterOf } from './steps';

/**
 * The table after all steps, in their order. For a table that a model judges (`options.judging`) every row is kept: what a
 * filter would have left out is counted and said instead. LabError('invalid' | 'dataset') names the step that does not fit.
 */
export function prepareTable(file: Table, options: ReadTableOptions): Table {
  const { steps = [], judging = false } = options;
  if (steps.length === 0) return file;
  let table = unprepared(file, readingOf(options));
  const outcomes: StepOutcome[] = [];
  const issues: DatasetIssue[] = [];
  steps.forEach((step, index) => {
    try {
      const judged = judging ? judgedStep(table, step, index, issues) : undefined;
      if (judged === 'skipped')
        outcomes.push({ words: writeStep(step), rowsBefore: table.rows, rowsAfter: table.rows });
      else {
        const done = applyStep(table, step);
        table = done.table;
        outcomes.push({ words: writeStep(step), ...done.outcome });
      }
    } catch (thrown) {
      throw atStep(LabError.from(thrown), step, index, file.path);
    }
  });
  if (!judging) issues.push(...emptyComputations(steps, outcomes));
  return table.withTold([...file.issues, ...issues], outcomes);
}

function readingOf({ columns, readings, settled, decimalAsked }: ReadTableOptions) {
  return { wishes: columns, readings, settled, decimalAsked };
}

/** What leaves rows out is only counted; what needs a column that the file lacks (the target, mostly) is left undone. */
function judgedStep(
  table: PreparedTable,
  step: PreparationStep,
  index: number,
  issues: DatasetIssue[],
): 'skipped' | undefined {
  if (step.do === 'drop-duplicates') return 'skipped';
  const lacking = namedIn(step).filter((name) => table.find(name) < 0);
  if (lacking.length > 0) {
    if (step.do === 'compute') issues.push(notComputed(step.column, lacking[0] as string));
    return 'skipped';
  }
  if (step.do !== 'filter') return undefined;
  const passes = filterOf(table, step);
  let unlike = 0;
  let first = -1;
  for (let row = 0; row < table.rows; row++) {
    if (passes(row) !== false) continue;
    unlike++;
    if (first < 0) first = row;
  }
  if (unlike > 0) issues.push(notLearntFrom(step.where, unlike, table.startLine[first], index));
  return 'skipped';
}

function namedIn(step: PreparationStep): readonly string[] {
  switch (step.do) {
    case 'filter':
      return columnsNamedIn(step.where);
    case 'compute':
      return columnsNamedIn(step.as);
    case 'fill':
    case 'replace':
      return [step.column];
    case 'drop-duplicates':
      return step.columns ?? [];
  }
}

function notComputed(column: string, lacking: string): DatasetIssue {
  return {
    severity: 'warning',
    code: 'not-computed',
    message: `The column "${column}" is not computed: the file has no column "${lacking}".`,
    advice: '',
  };
}

function notLearntFrom(where: string, rows: number, line: number | undefined, index: number): DatasetIssue {
  return {
    severity: 'information',
    code: `not-learnt-from-${index + 1}`,
    message: `${writeCounted(rows, 'row')} ${rows === 1 ? 'is' : 'are'} of a kind that the model did not learn from: its data kept rows where ${where}.`,
    advice: 'Their predictions may mean little.',
    line,
    rows,
  };
}

function emptyComputations(
  steps: readonly PreparationStep[],
  outcomes: readonly StepOutcome[],
): DatasetIssue[] {
  return steps.flatMap((step, index) =>
    step.do === 'compute' && outcomes[index]?.cells === 0
      ? [
          {
            severity: 'warning' as const,
            code: 'computed-nothing',
            message: `"${writeStep(step)}" has no value in any row.`,
            advice:
              'A missing value in an expression makes the whole of it missing; coalesce(a, b) takes the first that is there.',
          },
        ]
      : [],
  );
}

function atStep(error: LabError, step: PreparationStep, index: number, path: string | undefined): LabError {
  return new LabError(error.code, `Step ${index + 1} (${writeStep(step)}): ${error.message}`, {
    ...(error.advice === undefined ? {} : { advice: error.advice }),
    place: { path },
    cause: error,
  });
}
