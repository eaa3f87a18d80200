/** The values of an expression and their types. */

/** A date is the number of days since 1 January 1970, the time of day as a fraction. */
export type ValueType = 'number' | 'text' | 'boolean' | 'date';

/** Undefined for a value that is missing; never NaN, never infinite. */
export type Value = number | string | boolean | undefined;

/** An expression that is ready to be asked for each row; its type is the same in all of them. */
export interface Compiled {
  readonly type: ValueType;
  readonly at: (row: number) => Value;
  /** Set for a value that is written in the expression: `"2024-01-01"` can then be read as a date. */
  readonly constant?: Value;
}

/** The columns that an expression may name. */
export interface Scope {
  readonly names: readonly string[];
  find(name: string): Compiled | undefined;
}

/** For the middle of a sentence: `a number`. */
export function typeTitle(type: ValueType): string {
  return { number: 'a number', text: 'a text', boolean: 'true or false', date: 'a date' }[type];
}
