/**
 * The room of tasks: what is learnt. A column to predict, what a model gives, and what was wanted come in; losses,
 * figures, judgements of rows and their words leave. Knows tables and targets, nothing of model families, runs or
 * processes. One folder for each task.
 */
export { installTask, openRowTask, openTextTask } from './open-task';
export * from './row-task';
export { quantile } from './quantile';
export type { TextTask } from './text-task';
