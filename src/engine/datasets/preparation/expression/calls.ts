/** Calls of functions: the number and types of their arguments, and the calls that see missing values. */
import { LabError } from '../../../../protocol/errors';
import { nearestName } from '../../../../protocol/nearest-name';
import { type FunctionDescription, functions } from './functions';
import { choice, finite, sameType } from './joining';
import { type Compiled, typeTitle, type Value } from './value';

/** Calls that are no plain functions of their values. */
const special = ['isMissing', 'coalesce', 'if'] as const;

/** LabError('invalid') for a function that is not there, or arguments that do not fit. `write`: the call, for messages. */
export function callOf(name: string, args: readonly Compiled[], write: () => string): Compiled {
  switch (name) {
    case 'isMissing': {
      const [value] = exactly(1, name, args);
      return { type: 'boolean', at: (row) => value?.at(row) === undefined };
    }
    case 'coalesce':
      return coalesced(args, write);
    case 'if': {
      const [test, yes, no] = exactly(3, name, args);
      return choice(test as Compiled, yes as Compiled, no as Compiled, write);
    }
    default: {
      const described = functions.get(name);
      if (described === undefined) throw unknownFunction(name);
      return plainCall(described, args, write);
    }
  }
}

function coalesced(args: readonly Compiled[], write: () => string): Compiled {
  const [first, ...others] = args;
  if (first === undefined || others.length === 0) throw wrongCount('coalesce', 'two or more values', args);
  return others.reduce((left, right) => {
    const [one, other, type] = sameType(left, right, write);
    return { type, at: (row) => one.at(row) ?? other.at(row) };
  }, first);
}

function plainCall(described: FunctionDescription, args: readonly Compiled[], write: () => string): Compiled {
  const { name, takes, optional = 0, rest = false, gives } = described;
  const most = rest ? Number.POSITIVE_INFINITY : takes.length;
  if (args.length < takes.length - optional || args.length > most) {
    throw wrongCount(name, countOf(takes.length - optional, most), args);
  }
  args.forEach((arg, at) => {
    const wanted = takes[Math.min(at, takes.length - 1)];
    if (wanted === undefined || wanted === 'any' || wanted === arg.type) return;
    throw new LabError(
      'invalid',
      `"${write()}": ${name}() needs ${typeTitle(wanted)}, and got ${typeTitle(arg.type)}.`,
      wanted === 'text'
        ? { advice: 'text(…) makes a text of a value.' }
        : wanted === 'number'
          ? { advice: 'number(…) reads a number in a text.' }
          : {},
    );
  });
  const of = described.of as (...values: Value[]) => Value;
  return {
    type: gives,
    at: (row) => {
      const values: Value[] = [];
      for (const arg of args) {
        const value = arg.at(row);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return finite(of(...values));
    },
  };
}

function countOf(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `${least} or more values`;
  return least === most ? `${least} ${least === 1 ? 'value' : 'values'}` : `${least} to ${most} values`;
}

function exactly(count: number, name: string, args: readonly Compiled[]): readonly Compiled[] {
  if (args.length !== count) throw wrongCount(name, countOf(count, count), args);
  return args;
}

function wrongCount(name: string, wanted: string, args: readonly Compiled[]): LabError {
  return new LabError('invalid', `${name}() takes ${wanted}, and got ${args.length}.`);
}

function unknownFunction(name: string): LabError {
  const known = [...functions.keys(), ...special, 'column'];
  const nearest = nearestName(name, known);
  return new LabError('invalid', `There is no function "${name}".`, {
    advice: nearest === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${nearest}"?`,
  });
}
