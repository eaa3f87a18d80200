/** What the columns of a table hold, and which of them is to be predicted. */
import type { ColumnSummary, TargetSuggestion } from '../../protocol/dataset';
import type { TargetTask } from '../../protocol/task-names';
import { answerOf } from '../../protocol/tasks';
import { describeTable } from './columns';
import { suggestTargets } from './suggest';
import { answerOfColumn } from './target-column';
import { targetGroups } from './target-groups';
import type { Answer, Table } from './types';

export interface TargetWish {
  /** What is to be predicted, which decides what some columns hold; the likeliest where it is absent or not there. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
}

export interface PresumedTarget {
  readonly column: string;
  readonly answer: Answer;
}

export interface UnderstoodTable {
  /** As a training for the target takes them. */
  readonly columns: readonly ColumnSummary[];
  readonly targets: readonly TargetSuggestion[];
  /** Undefined where no column can be predicted. */
  readonly target: PresumedTarget | undefined;
}

export function understandTable(table: Table, wish: TargetWish): UnderstoodTable {
  const described = describeTable(table);
  const targets = suggestTargets(table, described.columns);
  const target = targetOf(table, described.columns, wish, targets[0]?.column);
  const groups = target === undefined ? undefined : targetGroups(table, target.column, target.answer);
  return {
    columns: groups === undefined ? described.columns : described.forTarget(groups),
    targets,
    target,
  };
}

/** What is to be predicted: the column asked for where it is there, else the likeliest. */
function targetOf(
  table: Table,
  columns: readonly ColumnSummary[],
  { target, task }: TargetWish,
  likeliest: string | undefined,
): PresumedTarget | undefined {
  const name = target !== undefined && table.find(target) >= 0 ? target : likeliest;
  const column = columns.find((each) => each.name === name);
  return (
    column && {
      column: column.name,
      answer: task === undefined ? answerOfColumn(table, column) : answerOf(task),
    }
  );
}
