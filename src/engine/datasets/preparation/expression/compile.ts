/**
 * From the tree of an expression to a function of a row. Types are checked once, before any row is asked; a missing value
 * makes its expression missing, `and` and `or` by the three-valued logic of SQL. Nothing of the text is ever run as code.
 */
import { LabError } from '../../../../protocol/errors';
import { nearestName } from '../../../../protocol/nearest-name';
import { callOf } from './calls';
import { choice } from './joining';
import { isListed, operation } from './operators';
import { type CoreExpression, type Expression, parseExpression, writeExpression } from './parse';
import type { Compiled, Scope } from './value';

/** LabError('invalid') for what is no expression, for columns that are not there, and for types that do not fit. */
export function compileExpression(text: string, scope: Scope): Compiled {
  return compile(parseExpression(text), scope);
}

/** The columns that an expression names, in the order of their first mention. LabError('invalid') as above. */
export function columnsNamedIn(text: string): readonly string[] {
  const named = new Set<string>();
  const recording: Scope = {
    names: [],
    find: (name) => {
      named.add(name);
      return undefined;
    },
  };
  visit(parseExpression(text), recording);
  return [...named];
}

function compile(expression: Expression, scope: Scope): Compiled {
  const node = expression as CoreExpression;
  switch (node.type) {
    case 'Literal':
      return constantOf(node, expression);
    case 'Identifier':
      return columnOf((node as { name: string }).name, scope);
    case 'UnaryExpression': {
      const { operator, argument } = node as { operator: string; argument: Expression };
      return operation(operator, [compile(argument, scope)], () => writeExpression(node));
    }
    case 'BinaryExpression':
      return binaryOf(node, scope);
    case 'ConditionalExpression': {
      const { test, consequent, alternate } = node as ConditionalNode;
      return choice(compile(test, scope), compile(consequent, scope), compile(alternate, scope), () =>
        writeExpression(test),
      );
    }
    case 'CallExpression': {
      const call = node as { callee: Expression; arguments: Expression[] };
      const name = identifierOf(call.callee);
      if (name === undefined) throw unknownPart(expression);
      if (name === 'column') return columnOf(columnName(call.arguments), scope);
      return callOf(
        name,
        call.arguments.map((argument) => compile(argument, scope)),
        () => writeExpression(node),
      );
    }
    default:
      throw unknownPart(expression);
  }
}

interface BinaryNode extends Expression {
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

interface ConditionalNode extends Expression {
  readonly test: Expression;
  readonly consequent: Expression;
  readonly alternate: Expression;
}

function binaryOf(node: BinaryNode, scope: Scope): Compiled {
  const left = compile(node.left, scope);
  if (node.operator === 'in') {
    if (node.right.type !== 'ArrayExpression') {
      throw new LabError('invalid', '"in" is followed by a list of values.', {
        advice: 'For example: species in ["Adelie", "Gentoo"].',
      });
    }
    const elements = (node.right as { elements?: (Expression | null)[] }).elements ?? [];
    const values = elements.flatMap((element) => (element === null ? [] : [compile(element, scope)]));
    return isListed(left, values, () => writeExpression(node));
  }
  return operation(node.operator, [left, compile(node.right, scope)], () => writeExpression(node));
}

function constantOf({ value }: { value: unknown }, expression: Expression): Compiled {
  if (typeof value === 'number' && Number.isFinite(value)) return constant('number', value);
  if (typeof value === 'string') return constant('text', value);
  if (typeof value === 'boolean') return constant('boolean', value);
  throw unknownPart(expression);
}

function constant(type: Compiled['type'], value: number | string | boolean): Compiled {
  return { type, at: () => value, constant: value };
}

function columnOf(name: string, scope: Scope): Compiled {
  const found = scope.find(name);
  if (found !== undefined) return found;
  const nearest = nearestName(name, scope.names);
  throw new LabError('invalid', `There is no column "${name}".`, {
    advice:
      nearest === undefined
        ? 'A text is written in quotes, a column with spaces in its name as column("its name").'
        : `Did you mean "${nearest}"? A text is written in quotes.`,
  });
}

function identifierOf({ type, name }: Expression): string | undefined {
  return type === 'Identifier' && typeof name === 'string' ? name : undefined;
}

function columnName(args: readonly Expression[]): string {
  const [only] = args;
  if (args.length === 1 && only?.type === 'Literal' && typeof only['value'] === 'string')
    return only['value'];
  throw new LabError('invalid', 'column() names one column, in quotes.', {
    advice: 'For example: column("Culmen Length (mm)").',
  });
}

function unknownPart(expression: Expression): LabError {
  return new LabError('invalid', `"${writeExpression(expression)}" has no meaning in an expression.`, {
    advice: 'Use columns, numbers, texts in quotes, operators and the functions of the lab.',
  });
}

function visit(expression: unknown, scope: Scope): void {
  if (Array.isArray(expression)) {
    for (const each of expression) visit(each, scope);
    return;
  }
  if (typeof expression !== 'object' || expression === null) return;
  const node = expression as Expression;
  if (node.type === 'CallExpression') {
    const { callee, arguments: args } = node as { callee?: Expression; arguments?: Expression[] };
    if (callee?.['name'] === 'column') scope.find(columnName(args ?? []));
    else visit(args, scope);
    return;
  }
  const name = identifierOf(node);
  if (name !== undefined) scope.find(name);
  else for (const part of Object.values(node)) visit(part, scope);
}
