/** Operators of an expression, by the types of what they join. */
import { LabError } from '../../../../protocol/errors';
import { dateIn, finite, sameType } from './joining';
import { type Compiled, typeTitle, type Value, type ValueType } from './value';

type Write = () => string;

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
};

const order: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** LabError('invalid') for an operator that is none here, or for types that do not fit. */
export function operation(operator: string, parts: readonly Compiled[], write: Write): Compiled {
  const [left, right] = parts as [Compiled, Compiled | undefined];
  if (right === undefined) return unary(operator, left, write);
  switch (operator) {
    case '==':
    case '=':
      return compared(left, right, (a, b) => a === b, write);
    case '!=':
    case '<>':
      return compared(left, right, (a, b) => a !== b, write);
    case '&&':
    case 'and':
      return joined(left, right, false, write);
    case '||':
    case 'or':
      return joined(left, right, true, write);
    case '+':
      if (left.type === 'text' && right.type === 'text') return texts(left, right);
      return dates(operator, left, right) ?? numbers(operator, left, right, write);
    case '-':
      return dates(operator, left, datedBeside(left, right)) ?? numbers(operator, left, right, write);
    default:
      return operator in order
        ? ordered(operator, left, right, write)
        : numbers(operator, left, right, write);
  }
}

/** Whether a value is one of those in a list. */
export function isListed(value: Compiled, listed: readonly Compiled[], write: Write): Compiled {
  const equal = listed.map((each) => compared(value, each, (a, b) => a === b, write));
  return equal.reduce<Compiled>((any, each) => joined(any, each, true, write), {
    type: 'boolean',
    at: (row) => (value.at(row) === undefined ? undefined : false),
  });
}

function unary(operator: string, value: Compiled, write: Write): Compiled {
  if (operator === '-') {
    demand(value, 'number', write);
    const { constant } = value;
    return {
      type: 'number',
      at: (row) => negative(value.at(row)),
      ...(constant === undefined ? {} : { constant: negative(constant) }),
    };
  }
  if (operator === '!' || operator === 'not') {
    demand(value, 'boolean', write);
    return {
      type: 'boolean',
      at: (row) => {
        const known = value.at(row);
        return known === undefined ? undefined : known !== true;
      },
    };
  }
  throw unknownOperator(operator);
}

function negative(value: Value): Value {
  return value === undefined ? undefined : -(value as number);
}

function numbers(operator: string, left: Compiled, right: Compiled, write: Write): Compiled {
  const of = Object.hasOwn(arithmetic, operator) ? arithmetic[operator] : undefined;
  if (of === undefined) throw unknownOperator(operator);
  demand(left, 'number', write);
  demand(right, 'number', write);
  return {
    type: 'number',
    at: (row) => {
      const a = left.at(row);
      const b = right.at(row);
      return a === undefined || b === undefined ? undefined : finite(of(a as number, b as number));
    },
  };
}

/** `sold - "2024-01-31"` */
function datedBeside(left: Compiled, right: Compiled): Compiled {
  return left.type === 'date' && typeof right.constant === 'string' ? dateIn(right) : right;
}

/** Days between two dates, and a date some days later or earlier. */
function dates(operator: '+' | '-', left: Compiled, right: Compiled): Compiled | undefined {
  const between = operator === '-' && left.type === 'date' && right.type === 'date';
  const moved = left.type === 'date' && right.type === 'number';
  if (!between && !moved) return undefined;
  const sign = operator === '-' ? -1 : 1;
  return {
    type: between ? 'number' : 'date',
    at: (row) => {
      const a = left.at(row);
      const b = right.at(row);
      return a === undefined || b === undefined ? undefined : (a as number) + sign * (b as number);
    },
  };
}

function texts(left: Compiled, right: Compiled): Compiled {
  return {
    type: 'text',
    at: (row) => {
      const a = left.at(row);
      const b = right.at(row);
      return a === undefined || b === undefined ? undefined : `${String(a)}${String(b)}`;
    },
  };
}

function ordered(operator: string, left: Compiled, right: Compiled, write: Write): Compiled {
  if (left.type === 'boolean' || right.type === 'boolean') demand(left, 'number', write);
  const of = order[operator] as (a: string | number, b: string | number) => boolean;
  return compared(left, right, (a, b) => of(a as number, b as number), write);
}

function compared(
  left: Compiled,
  right: Compiled,
  of: (a: Value, b: Value) => boolean,
  write: Write,
): Compiled {
  const [one, other] = sameType(left, right, write);
  return {
    type: 'boolean',
    at: (row) => {
      const a = one.at(row);
      const b = other.at(row);
      return a === undefined || b === undefined ? undefined : of(a, b);
    },
  };
}

/** `and` (decided by false) and `or` (decided by true): a missing side leaves open what the other does not decide. */
function joined(left: Compiled, right: Compiled, decides: boolean, write: Write): Compiled {
  demand(left, 'boolean', write);
  demand(right, 'boolean', write);
  return {
    type: 'boolean',
    at: (row) => {
      const a = left.at(row);
      if (a === decides) return decides;
      const b = right.at(row);
      if (b === decides) return decides;
      return a === undefined || b === undefined ? undefined : !decides;
    },
  };
}

function demand(value: Compiled, type: ValueType, write: Write): void {
  if (value.type === type) return;
  throw new LabError(
    'invalid',
    `"${write()}" needs ${typeTitle(type)}, and got ${typeTitle(value.type)}.`,
    type === 'number' && value.type === 'text' ? { advice: 'number(…) reads a number in a text.' } : {},
  );
}

function unknownOperator(operator: string): LabError {
  return new LabError('invalid', `There is no operator "${operator}".`);
}
