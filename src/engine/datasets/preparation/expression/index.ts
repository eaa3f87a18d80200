/**
 * A small language of expressions over the columns of a row: numbers, texts, true and false, dates; what is missing stays
 * missing. jsep parses it; nothing of it is ever run as code. In: a text and the columns. Out: a function of a row.
 */
export { columnsNamedIn, compileExpression } from './compile';
export { type FunctionDescription, functions } from './functions';
export type { Compiled, Scope, Value, ValueType } from './value';
