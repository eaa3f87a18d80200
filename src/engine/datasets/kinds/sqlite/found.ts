/** What is said of the values of a table, once for each kind: binary data, numbers too long, several types in a column. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { writeCounted } from '../../../../protocol/words';
import type { CollectedColumn } from './collected-column';

export function valueIssues(columns: readonly CollectedColumn[]): DatasetIssue[] {
  const mixed = columns.filter(({ numbers, long, texts }) => numbers + long > 0 && texts > 0);
  return [
    ...told(
      columns.filter(({ binary }) => binary > 0),
      ({ name, binary, first }, more) => ({
        severity: 'warning',
        code: 'binary-values',
        message: `The column "${name}"${more} holds binary data in ${writeCounted(binary, 'row')}, first in row ${first.binary}: it counts as missing.`,
        advice: 'Nothing can be learnt from it here; write what it stands for as text or numbers.',
        line: first.binary,
        rows: binary,
      }),
    ),
    ...told(
      columns.filter(({ long }) => long > 0),
      ({ name, long, first }, more) => ({
        severity: 'warning',
        code: 'long-number',
        message: `The column "${name}"${more} has whole numbers beyond 9,007,199,254,740,991 in ${writeCounted(long, 'row')}, first in row ${first.long}: as a number each is rounded.`,
        advice: 'Leave the column out where it holds identifiers.',
        line: first.long,
        rows: long,
      }),
    ),
    ...told(mixed, ({ name, numbers, long, texts, first }, more) => {
      const fewer = Math.min(numbers + long, texts);
      const line = numbers + long < texts ? first.number || first.long : first.text;
      return {
        severity: 'information',
        code: 'mixed-types',
        message: `The column "${name}"${more} holds numbers in ${writeCounted(numbers + long, 'row')} and text in ${writeCounted(texts, 'row')}, the rarer first in row ${line}.`,
        advice: 'Check what the rarer ones stand for.',
        line,
        rows: fewer,
      };
    }),
  ];
}

function told(
  columns: readonly CollectedColumn[],
  tell: (first: CollectedColumn, more: string) => DatasetIssue,
): DatasetIssue[] {
  const [first] = columns;
  if (first === undefined) return [];
  const others = columns.length - 1;
  return [tell(first, others === 0 ? '' : ` (and ${writeCounted(others, 'more column')} alike)`)];
}
