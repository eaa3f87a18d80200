/**
 * What can be learnt: each task as data, from which choices, words, charts, marks and columns of figures are drawn.
 * A task is described in its own folder (`src/engine/tasks/<task>/description.ts`) and listed in `src/catalogue`.
 */
import { LabError } from './errors';
import { Registry } from './registry';

/** A figure by which models of a task are compared. */
export interface MetricDescription {
  /** Its key in `Metrics`. */
  readonly name: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  /** A share of rows, between 0 and 1, written in per cent. */
  readonly share?: boolean | undefined;
}

/** How a task speaks of the rows that it marks. */
export interface MarkDescription {
  /** Of a row whose label is what the model says, or near enough to it: `Right`, `Inside its interval`. */
  readonly right: string;
  readonly wrong: string;
  /** For counts: `4 wrong`, `4 outside the interval`. */
  readonly missed: string;
  /** What the model gives beside its answer: `confidence`, `interval`. */
  readonly certainty: string;
  /** Names of the metrics that are told of a marked file, in this order. */
  readonly figures: readonly string[];
  /** The one of them that stands for the file where there is room for one. */
  readonly figure: string;
}

export interface TaskDescription {
  readonly name: string;
  /** `Classification` */
  readonly title: string;
  /** One sentence. */
  readonly whatItDoes: string;
  /** Rows of a table, one column of which is predicted; or running text. */
  readonly learnsFrom: 'rows' | 'text';
  /** What a model answers: one of some names, a number, or text that goes on. */
  readonly answer: 'name' | 'number' | 'text';
  /** What is counted: `row`, `rows`. */
  readonly example: string;
  readonly examples: string;
  /** What tells how far a training is: passes over the rows, or steps, where the text is rarely read once. */
  readonly place: 'epoch' | 'step';
  /** Its loss can be made smaller by gradients, so that every family of that way can learn it. */
  readonly byGradients: boolean;
  /** Its figures beside the loss, in the order in which they are shown. */
  readonly metrics: readonly MetricDescription[];
  /** Names of metrics that people judge by: the first that was measured counts. */
  readonly leading: readonly string[];
  /** The metric that the chart shows beside the loss. */
  readonly charted: string;
  /** Tasks that mark rows. */
  readonly marks?: MarkDescription | undefined;
}

export const tasks = new Registry<TaskDescription>('task');

/** The tasks that predict a column, by name. */
export function targetTasks(): readonly string[] {
  return tasks.all.filter(({ learnsFrom }) => learnsFrom === 'rows').map(({ name }) => name);
}

/** What a task that predicts a column says of a row. LabError('invalid') for a task that is not known or predicts none. */
export function answerOf(task: string): 'name' | 'number' {
  const { answer, title } = tasks.require(task);
  if (answer !== 'text') return answer;
  throw new LabError('invalid', `${title}: this task predicts no column.`, {
    advice: `Choose one of ${targetTasks().join(', ')}.`,
  });
}

/** The usual task with that answer: the first of the catalogue. */
export function usualTask(answer: TaskDescription['answer']): string {
  return tasks.all.find((task) => task.answer === answer)?.name ?? '';
}

/** Whether a task writes text; also false for a task that is not known here. */
export function writesText(task: string): boolean {
  return tasks.find(task)?.answer === 'text';
}

/** Whether models of a task mark the rows of a table; also false for a task that is not known here. */
export function marksRows(task: string): boolean {
  return tasks.find(task)?.marks !== undefined;
}

/** What a task calls that which it learns from: `row`, `rows`. */
export function examplesOf(task: string): { readonly one: string; readonly many: string } {
  const { example = 'row', examples = 'rows' } = tasks.find(task) ?? {};
  return { one: example, many: examples };
}

/** The same as a title: `Rows`. */
export function examplesTitle(task: string): string {
  const { many } = examplesOf(task);
  return many.charAt(0).toUpperCase() + many.slice(1);
}
