/** Options that take a number: one voice for all that are out of range, and the range out of the schema of the value. */
import { Option } from 'commander';
import * as z from 'zod';
import { writeCount } from '../protocol';
import { UsageError } from './usage';

/** The number that an option was given. UsageError naming option, value and range where the schema refuses it. */
export function numberWithin(flag: string, schema: z.ZodType<number | undefined>, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || !schema.safeParse(value).success) {
    throw outOfRange(flag, Number.isNaN(value) ? `"${text}"` : text, allowedBy(schema));
  }
  return value;
}

/** `--folds is 99, but it must be …`. `given` and `allowed` as they are to be read; `reason`: a sentence. */
export function outOfRange(flag: string, given: string, allowed: string, reason?: string): UsageError {
  return new UsageError(`${flag} is ${given}, but it must be ${allowed}.`, reason);
}

/** An option whose value is checked as soon as it is read, before any work is begun. */
export function numberOption(
  flag: string,
  schema: z.ZodType<number | undefined>,
  description: string,
  reason?: (value: number) => string | undefined,
): Option {
  return new Option(`${flag} <number>`, description).argParser((text) => {
    const why = reason?.(Number(text));
    if (why !== undefined) throw outOfRange(flag, text, allowedBy(schema), why);
    return numberWithin(flag, schema, text);
  });
}

/** What is read of the JSON schema of a number. */
interface Range {
  readonly type?: string;
  readonly const?: number;
  readonly anyOf?: readonly Range[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** `a whole number from 1 to 100,000`, `a number above 0, at most 10`, `0 or a whole number from 2 to 50`. */
export function allowedBy(schema: z.ZodType): string {
  return writeRange(z.toJSONSchema(schema, { io: 'input' }) as Range);
}

function writeRange(range: Range): string {
  if (range.anyOf) return range.anyOf.map(writeRange).join(' or ');
  if (range.const !== undefined) return String(range.const);
  const what = range.type === 'integer' ? 'a whole number' : 'a number';
  const { minimum, exclusiveMinimum, maximum = Number.MAX_SAFE_INTEGER } = range;
  const bounded = maximum < Number.MAX_SAFE_INTEGER;
  const last = writeCountOrShare(maximum);
  if (exclusiveMinimum !== undefined) {
    return `${what} above ${writeCountOrShare(exclusiveMinimum)}${bounded ? `, at most ${last}` : ''}`;
  }
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return what;
  return `${what} from ${writeCountOrShare(minimum)}${bounded ? ` to ${last}` : ' on'}`;
}

function writeCountOrShare(value: number): string {
  return Number.isInteger(value) ? writeCount(value) : String(value);
}
