/**
 * What a column can hold: each kind as data, from which the form, the command line's choices and the experiment's JSON
 * schema are drawn. A kind is described in its own folder (`src/engine/features/<kind>/description.ts`) and listed in
 * `src/catalogue`.
 */
import { Registry } from './registry';

export interface ColumnKindDescription {
  readonly name: string;
  /** As the form calls it, for the middle of a sentence: `yes or no`. */
  readonly title: string;
  /** One of VS Code's icons. */
  readonly icon: string;
  /** What a model answers that predicts such a column, where nothing else tells. */
  readonly answer: 'name' | 'number';
}

export const columnKinds = new Registry<ColumnKindDescription>('kind of column');

/** A column of which nothing can be learnt: what it looks like instead. */
type ColumnState = Omit<ColumnKindDescription, 'answer'>;
const states: readonly ColumnState[] = [
  { name: 'identifier', title: 'identifier', icon: 'key' },
  { name: 'constant', title: 'constant', icon: 'symbol-constant' },
  { name: 'empty', title: 'empty', icon: 'circle-slash' },
];

/** How a column's kind is called and drawn; also of a column that nothing can be learnt of. */
export function columnLook(kind: string): ColumnState {
  return (
    columnKinds.find(kind) ??
    states.find(({ name }) => name === kind) ?? { name: kind, title: kind, icon: 'symbol-misc' }
  );
}

/** Whether the engine leaves a column of that kind out of itself. */
export function isLeftOut(kind: string): boolean {
  return columnKinds.find(kind) === undefined;
}

/** Keeps a column from the model. */
export const leftOutWish = 'left-out';

/** What a person may ask a column to be. */
export function kindWishes(): readonly string[] {
  return [...columnKinds.names, leftOutWish];
}

/** `yes or no`, `left out` */
export function kindWishTitle(wish: string): string {
  return wish === leftOutWish ? 'left out' : columnLook(wish).title;
}
