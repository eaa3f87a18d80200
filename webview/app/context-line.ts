/** The line above the tabs: the file, target and size of what the page shows below. */
import type { Task } from '../../src/protocol/task-names';
import { tasks } from '../../src/protocol/tasks';
import type { Draft, LabState } from '../../src/protocol/webview';
import { writeCounted, writeNumber } from '../../src/protocol/words';
import { type Memory, showsRun } from './memory';

export interface ContextLine {
  readonly path: string;
  readonly file: string;
  readonly target?: string;
  readonly rest: readonly string[];
}

/** `penguins.csv → species · classification · 344 rows`, in its parts: a line may end between them. */
export function contextLine(draft: Draft): ContextLine {
  const { dataset } = draft;
  const size = dataset.kind === 'table' ? writeRows(dataset.rows) : writeCharacters(dataset.characters);
  return {
    ...named(dataset.path, draft.target),
    file: draft.fileName,
    rest: [taskWord(draft.task), size],
  };
}

/** The line for what the state shows: a run's own file and target, the marked file, else the form's. */
export function contextOf(state: LabState, memory: Memory): ContextLine | undefined {
  const { training, opened, marks } = state;
  const { stage } = memory;
  if (stage === 'infer' && marks !== undefined) {
    return {
      ...named(marks.path, marks.run.target),
      rest: [taskWord(marks.run.task), writeRows(marks.rows)],
    };
  }
  const isRun = stage === 'learn' && state.where === 'sidebar' && showsRun(memory, state);
  if (training === undefined || !isRun) return formLine(state);
  const rows = opened?.folder === training.runFolder ? opened.rows : undefined;
  return {
    ...named(training.datasetPath, training.target),
    rest: [taskWord(training.task), ...(rows ? [sizeOf(training.task, rows)] : [])],
  };
}

/** The form's file; without a form the one in the editor, from which nothing can be learnt. */
function formLine({ draft, front, inspecting }: LabState): ContextLine | undefined {
  if (draft !== undefined) return contextLine(draft);
  if (front === undefined || inspecting) return undefined;
  return { path: front.path, file: front.fileName, rest: ['cannot be learnt from'] };
}

/** `language model`, for the middle of a line. */
function taskWord(task: Task): string {
  return (tasks.find(task)?.title ?? task).toLowerCase();
}

/** The file in the editor, where it is another than the page shows. */
export function openElsewhere(state: LabState, memory: Memory): string | undefined {
  const { stage } = memory;
  if ((stage !== 'learn' && stage !== 'data') || state.front === undefined) return undefined;
  const { front, training, draft } = state;
  const isRun = stage === 'learn' && state.where === 'sidebar' && showsRun(memory, state);
  const shown = isRun ? training?.datasetPath : draft?.dataset.path;
  return shown === undefined || shown === front.path ? undefined : front.fileName;
}

export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function named(path: string, target: string | undefined) {
  return { path, file: baseName(path), ...(target === undefined ? {} : { target }) };
}

function sizeOf(task: Task, { training, validation }: { training: number; validation: number }): string {
  const all = training + validation;
  return tasks.find(task)?.learnsFrom === 'text' ? writeCharacters(all) : writeRows(all);
}

function writeCharacters(characters: number): string {
  return `${writeNumber(characters)} ${characters === 1 ? 'character' : 'characters'}`;
}

function writeRows(rows: number): string {
  return writeCounted(rows, 'row');
}
