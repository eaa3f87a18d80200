/** From a task's name to what is in its folder, which is loaded at first need. */
import { LabError } from '../../protocol/errors';
import { tasks } from '../../protocol/tasks';
import type { RowTask } from './row-task';
import type { TextTask } from './text-task';

const opened = new Map<string, RowTask | TextTask>();

/** The task of that name. LabError('invalid') for one that the catalogue does not list. */
async function openTask(name: string): Promise<RowTask | TextTask> {
  const known = opened.get(name);
  if (known !== undefined) return known;
  tasks.require(name);
  // The catalogue lists no name without a folder; each folder's `task.ts` exports a `task`.
  const { task } = (await import(`./${name}/task.ts`)) as { readonly task: RowTask | TextTask };
  opened.set(name, task);
  return task;
}

/** A task whose folder lies elsewhere, as in tests. Its description is added to `tasks`. */
export function installTask(name: string, task: RowTask | TextTask): void {
  opened.set(name, task);
}

/** LabError('mismatch') for a task that does not learn from rows. */
export async function openRowTask(name: string): Promise<RowTask> {
  const task = await openTask(name);
  if (task.learnsFrom === 'rows') return task;
  throw new LabError('mismatch', `The task "${name}" does not learn from the rows of a table.`);
}

/** LabError('mismatch') for a task that does not learn from text. */
export async function openTextTask(name: string): Promise<TextTask> {
  const task = await openTask(name);
  if (task.learnsFrom === 'text') return task;
  throw new LabError('mismatch', `The task "${name}" does not learn from running text.`);
}
