/** What zod found wrong with a number, in words that fit beside a field. */
import type * as z from 'zod';
import { writeNumber } from '../../src/protocol/words';

export function describeIssue(issue: z.core.$ZodIssue, integer: boolean): string {
  switch (issue.code) {
    case 'too_big':
      return `At most ${writeNumber(Number(issue.maximum))}.`;
    case 'too_small':
      return `${issue.inclusive === false ? 'More than' : 'At least'} ${writeNumber(Number(issue.minimum))}.`;
    case 'invalid_type':
      return integer ? 'A whole number, please.' : 'A number, please.';
    default:
      return issue.message;
  }
}
