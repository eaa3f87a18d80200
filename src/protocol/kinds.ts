/**
 * The kinds of datasets: each as data, by which files are offered to be learnt from, opened as samples and read. A kind is
 * described in its own folder (`src/engine/datasets/kinds/<kind>/description.ts`) and listed in `src/catalogue/kinds.ts`.
 */
import { Registry } from './registry';
import { tasks } from './tasks';

export interface KindDescription {
  readonly name: string;
  /** `Delimited table` */
  readonly title: string;
  /** For the middle of a sentence, where it is the usual kind of what it holds: `a table`. */
  readonly called: string;
  /** What can be learnt from: rows with columns, or running text. The tasks that fit are those that learn from it. */
  readonly holds: 'rows' | 'text';
  /** Of the names of its files, in lower case: `.csv`. */
  readonly extensions: readonly string[];
  /** VS Code's languages whose documents are of this kind, whatever their names. */
  readonly languages: readonly string[];
  /** False for files that no text editor can show: they are opened as a grid. Absent: text. */
  readonly isText?: false | undefined;
  /** A file in `samples/`. */
  readonly sample?: string | undefined;
}

export const kinds = new Registry<KindDescription>('kind of dataset');

/** What a file becomes when it is read: a table, or a text. */
export const datasetShapes = ['table', 'text'] as const;
export type DatasetShape = (typeof datasetShapes)[number];

export function shapeOf({ holds }: Pick<KindDescription, 'holds'>): DatasetShape {
  return holds === 'rows' ? 'table' : 'text';
}

/** What a file must be read as for a task; a table for a task that is not known here. */
export function shapeForTask(task: string): DatasetShape {
  return shapeOf({ holds: tasks.find(task)?.learnsFrom ?? 'rows' });
}

/** The kinds that are read as a table, or as a text; the usual one first. */
export function kindsOfShape(shape: DatasetShape): readonly KindDescription[] {
  return kinds.all.filter((kind) => shapeOf(kind) === shape);
}

/** By name and language alone. `extension` with its dot, in lower case; undefined for a file of no known kind. */
export function kindOfFile(extension: string, language?: string): KindDescription | undefined {
  return kinds.all.find(
    ({ extensions, languages }) =>
      extensions.includes(extension) || (language !== undefined && languages.includes(language)),
  );
}
