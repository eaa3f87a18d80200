/** What is known of a dataset before it is learnt from, as far as the settings of a model follow from it. */
import type { ColumnSummary, DatasetSummary, TableSummary, TargetTask } from '../../protocol';
import { tasks } from '../../protocol/tasks';
import { findFeature } from '../features/open-features';

export interface DataFacts {
  readonly task: string;
  /** Rows to learn from; 0 for a text. */
  readonly rows: number;
  /** The columns that the model will see. */
  readonly features: readonly ColumnSummary[];
  /** Numbers that a row becomes, free text not counted. */
  readonly width: number;
  /** Whether there are columns of free text. */
  readonly hasText: boolean;
  /** Whether there are columns of numbers, categories or dates. */
  readonly hasDense: boolean;
  /** Whether columns lie in files of their own, as images do, which no look reads. */
  readonly liesApart: boolean;
  /** What a look at the rows said, where there was one: whether a linear model finds all that there is to be found. */
  readonly straight: boolean | undefined;
  /** Of a text. */
  readonly characters: number;
}

/** A family's `defaults.ts` exports one as `defaults`. */
export type Defaults = (facts: DataFacts) => {
  /** Those that are not named have the defaults of the schema. */
  readonly hyperparameters: Readonly<Record<string, number | string>>;
  /** Of the families that fit, the one with the highest rank is recommended. */
  readonly rank: number;
};

export interface FactsAsked {
  /** Defaults to what the summary suggests. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
  /** Columns that the model will not see. */
  readonly exclude?: readonly string[] | undefined;
  readonly straight?: boolean | undefined;
}

const TRAINING_SHARE = 0.8;

export function factsOf(summary: DatasetSummary, asked: FactsAsked = {}): DataFacts {
  if (summary.kind === 'text') {
    const task = tasks.all.find(({ learnsFrom }) => learnsFrom === 'text')?.name ?? '';
    return { task, rows: 0, ...nothingOf, straight: undefined, characters: summary.characters };
  }
  const { target = summary.target ?? summary.targets[0]?.column, exclude = [], straight } = asked;
  const features = featuresOf(summary, target, exclude);
  return {
    task: asked.task ?? taskFor(summary, target),
    rows: Math.max(1, Math.round(summary.rows * TRAINING_SHARE)),
    features,
    width: features.reduce((sum, column) => sum + (findFeature(column.kind)?.widthFor?.(column) ?? 0), 0),
    hasText: features.some(({ kind }) => findFeature(kind)?.storage === 'sparse'),
    hasDense: features.some(({ kind }) => findFeature(kind)?.storage === 'dense'),
    liesApart: features.some(({ kind }) => findFeature(kind)?.liesApart === true),
    straight,
    characters: 0,
  };
}

const nothingOf = { features: [], width: 0, hasText: false, hasDense: false, liesApart: false };

function featuresOf(
  summary: TableSummary,
  target: string | undefined,
  exclude: readonly string[],
): readonly ColumnSummary[] {
  const leftOut = new Set([target, ...exclude]);
  return summary.columns.filter(({ name }) => !leftOut.has(name));
}

/** As the summary suggests for the column; a column that is no good as a target is predicted by what it holds. */
function taskFor(summary: TableSummary, target: string | undefined): string {
  const suggested = summary.targets.find(({ column }) => column === target)?.task;
  const holds = summary.columns.find(({ name }) => name === target)?.kind === 'number' ? 'number' : 'name';
  return suggested ?? tasks.all.find(({ answer }) => answer === holds)?.name ?? '';
}
