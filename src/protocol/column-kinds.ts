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
  /** In which ways its values may become numbers, where there is a choice. */
  readonly encodings?:
    | {
        /** What is done where nothing is asked, as the form calls it: `standardised`. */
        readonly usual: string;
        readonly others: readonly ColumnEncoding[];
      }
    | undefined;
}

/** Another way in which the values of a column become numbers. */
export interface ColumnEncoding {
  readonly name: string;
  /** As the form calls it: `rank alone`. */
  readonly title: string;
  /** One sentence on what it is good for. */
  readonly description: string;
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

/** Every way that may be asked for, of any kind of column. */
export function encodingNames(): readonly string[] {
  return [
    ...new Set(columnKinds.all.flatMap(({ encodings }) => (encodings?.others ?? []).map(({ name }) => name))),
  ];
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
