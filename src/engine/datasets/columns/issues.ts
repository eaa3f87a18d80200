/** What is said of typed columns that are not used as they are. */
import type { DatasetIssue } from '../../../protocol/dataset';
import { writeCounted } from '../../../protocol/words';

/** Columns that a message names. */
const NAMED = 5;

/** Columns that cannot be read, while the others are. `why`: `encrypted`, `of the type GEOMETRY`. */
export function leftOutColumns(
  columns: readonly { readonly name: string; readonly why: string }[],
): DatasetIssue[] {
  if (columns.length === 0) return [];
  const named = columns.slice(0, NAMED).map(({ name, why }) => `"${name}" (${why})`);
  return [
    {
      severity: 'warning',
      code: 'column-unreadable',
      message: `${writeCounted(columns.length, 'column')} cannot be read and ${columns.length === 1 ? 'is' : 'are'} left out: ${listed(named, columns.length)}.`,
      advice: 'The other columns are used. Write these as numbers, texts or dates to use them, too.',
    },
  ];
}

/** Columns of whole numbers or decimals with more digits than a double holds. */
export function longNumbers(names: readonly string[]): DatasetIssue[] {
  if (names.length === 0) return [];
  const quoted = names.slice(0, NAMED).map((name) => `"${name}"`);
  const one = names.length === 1;
  return [
    {
      severity: 'warning',
      code: 'long-number',
      message: `${listed(quoted, names.length)} ${one ? 'holds' : 'hold'} numbers beyond 9,007,199,254,740,991: they are kept digit by digit, and rounded where they are used as amounts.`,
      advice:
        'Nothing needs to be done where they tell things apart. Divide amounts by a thousand or a million.',
    },
  ];
}

function listed(names: readonly string[], all: number): string {
  const more = all - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
