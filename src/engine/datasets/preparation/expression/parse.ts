/** From the text of an expression to its tree: jsep's parser, held to the operators that are meant here. */
import jsep from 'jsep';
import { LabError } from '../../../../protocol/errors';
import { longestExpression } from '../../../../protocol/preparation';

export type Expression = jsep.Expression;
export type CoreExpression = jsep.CoreExpression;

/** Nested parts of an expression; deeper ones would exhaust the stack. */
const DEEPEST = 100;

for (const operator of ['===', '!==', '|', '^', '&', '<<', '>>', '>>>', '??']) jsep.removeBinaryOp(operator);
for (const operator of ['~', '+']) jsep.removeUnaryOp(operator);
jsep.addBinaryOp('or', 1);
jsep.addBinaryOp('and', 2);
jsep.addBinaryOp('=', 6);
jsep.addBinaryOp('<>', 6);
jsep.addBinaryOp('in', 7);
jsep.addUnaryOp('not');
// `true`, `false` and `null` are jsep's own; `this` is no column of a table.
jsep.addLiteral('missing', undefined);

/** LabError('invalid') for what is no expression, with the place of the fault, counted from 1. */
export function parseExpression(text: string): CoreExpression {
  if (text.trim() === '') throw new LabError('invalid', 'The expression is empty.');
  if (text.length > longestExpression) {
    throw new LabError('invalid', `The expression has more than ${longestExpression} characters.`);
  }
  if (depthOf(text) > DEEPEST) throw new LabError('invalid', 'The expression is nested too deeply.');
  let tree: CoreExpression;
  try {
    tree = jsep(text) as CoreExpression;
  } catch (thrown) {
    throw faultOf(thrown);
  }
  if (tree.type === 'Compound') {
    throw new LabError('invalid', 'There are several expressions where one is meant.', {
      advice:
        'Is an operator missing between two of them? A column with spaces is written column("its name").',
    });
  }
  return tree;
}

/** The brackets and signs that can nest, counted without regard to where they close: an upper bound. */
function depthOf(text: string): number {
  return Math.max(text.split(/[([]/u).length, text.split(/[!-]|\bnot\b/u).length / 2, text.split('?').length);
}

function faultOf(thrown: unknown): LabError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const index = thrown instanceof Error && 'index' in thrown ? Number(thrown.index) : undefined;
  const what = message.replace(/ at character \d+$/u, '').replace(/\.$/u, '');
  const where = index === undefined || Number.isNaN(index) ? '' : ` at character ${index + 1}`;
  return new LabError('invalid', `The expression cannot be read${where}: ${what}.`);
}

/** A part of an expression, as it could have been written. */
export function writeExpression(expression: Expression): string {
  const node = expression as CoreExpression;
  switch (node.type) {
    case 'Literal':
      return (node as { raw: string }).raw;
    case 'Identifier':
      return (node as { name: string }).name;
    case 'UnaryExpression': {
      const { operator, argument } = node as { operator: string; argument: Expression };
      return `${operator}${operator === 'not' ? ' ' : ''}${writeExpression(argument)}`;
    }
    case 'BinaryExpression': {
      const { operator, left, right } = node as { operator: string; left: Expression; right: Expression };
      return `${writeExpression(left)} ${operator} ${writeExpression(right)}`;
    }
    case 'CallExpression': {
      const call = node as { callee: Expression; arguments: Expression[] };
      return `${writeExpression(call.callee)}(${call.arguments.map(writeExpression).join(', ')})`;
    }
    default:
      return '…';
  }
}
