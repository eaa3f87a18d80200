/** What operators and calls have in common: one type on both sides, a choice of two, and numbers that are none. */
import { LabError } from '../../../../protocol/errors';
import { daysOf } from '../../dates';
import { type Compiled, typeTitle, type Value, type ValueType } from './value';

/** `test ? yes : no`; missing where the test is. */
export function choice(test: Compiled, yes: Compiled, no: Compiled, write: () => string): Compiled {
  if (test.type !== 'boolean') {
    throw new LabError('invalid', `"${write()}" is ${typeTitle(test.type)}, and true or false is needed.`);
  }
  const [then, otherwise, type] = sameType(yes, no, write);
  return {
    type,
    at: (row) => {
      const decided = test.at(row);
      return decided === undefined ? undefined : decided === true ? then.at(row) : otherwise.at(row);
    },
  };
}

/** Both sides in one type: a text that stands in the expression beside a date is read as one. LabError('invalid'). */
export function sameType(
  left: Compiled,
  right: Compiled,
  write: () => string,
): [Compiled, Compiled, ValueType] {
  if (left.type === right.type) return [left, right, left.type];
  if (left.type === 'date' && typeof right.constant === 'string') return [left, dateIn(right), 'date'];
  if (right.type === 'date' && typeof left.constant === 'string') return [dateIn(left), right, 'date'];
  throw new LabError('invalid', `"${write()}" joins ${typeTitle(left.type)} and ${typeTitle(right.type)}.`, {
    advice:
      left.type === 'text' || right.type === 'text'
        ? 'A text is written in quotes; number(…) reads a number in a text, text(…) makes a text of a value.'
        : 'Both sides must be of one type.',
  });
}

/** Infinite numbers and those that are none (`1 / 0`, `log(-1)`) are missing. */
export function finite(value: Value): Value {
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}

/** A text that stands in the expression, as a date. LabError('invalid') for what is none. */
export function dateIn({ constant }: Compiled): Compiled {
  const day = daysOf(String(constant), 'year-first');
  if (day === undefined) {
    throw new LabError('invalid', `"${String(constant)}" is no date.`, {
      advice: 'Dates in an expression are written as "2024-01-31".',
    });
  }
  return { type: 'date', at: () => day, constant: day };
}
