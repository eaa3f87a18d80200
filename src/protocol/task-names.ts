/** Names of tasks in requests and files, held against what is in the catalogue. */
import * as z from 'zod';
import { tasks } from './tasks';

/** A task's name. */
export const Task = z.string().superRefine((name, context) => {
  if (tasks.find(name) !== undefined) return;
  context.addIssue({ code: 'custom', message: `Choose one of ${tasks.names.join(', ')}.` });
});
export type Task = z.infer<typeof Task>;

/** The name of a task that predicts a column. */
export const TargetTask = Task.refine((name) => tasks.find(name)?.learnsFrom !== 'text', {
  message: 'This task predicts no column.',
});
export type TargetTask = z.infer<typeof TargetTask>;
