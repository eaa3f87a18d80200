/** The names of a table's columns, each different from all others. */
import type { DatasetIssue } from '../../../../../protocol/dataset';
import { writeCount } from '../../../../../protocol/words';

/** Missing names become `column 3`, repeated ones `name (2)`: said once for all of them. */
export function columnNames(
  names: readonly string[],
  line: number | undefined,
): { readonly columns: readonly string[]; readonly issues: readonly DatasetIssue[] } {
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  const columns: string[] = [];
  const repeated: { own: string; name: string; column: number }[] = [];
  names.forEach((written, index) => {
    const own = written.trim();
    const base = own === '' ? `column ${index + 1}` : own;
    let name = base;
    // Where the last copy left off: thousands of equal names cost no more than others.
    let copy = copies.get(base) ?? 1;
    while (taken.has(name)) name = `${base} (${++copy})`;
    copies.set(base, copy);
    taken.add(name);
    columns.push(name);
    if (own !== '' && name !== own) repeated.push({ own, name, column: index + 1 });
  });
  const missing =
    line === undefined ? [] : names.flatMap((name, index) => (name.trim() === '' ? [index] : []));
  return { columns, issues: [...repeatedNames(repeated, line), ...missingNames(missing, line)] };
}

/**
 * Names of a header of several lines. Those of its first line are enough where they are filled and different; else the words
 * of all lines above a column make its name, and a gap in the first line belongs to the name on its left.
 */
export function joinedNames(
  names: readonly string[],
  below: readonly (readonly string[])[],
): readonly string[] {
  const own = names.map((name) => name.trim());
  if (below.length === 0 || (!own.includes('') && new Set(own).size === own.length)) return names;
  let left = '';
  return own.map((name, column) => {
    if (name !== '') left = name;
    const further = below.map((line) => (line[column] ?? '').trim()).filter((word) => word !== '');
    const words = [further.length > 0 ? left : name, ...further].filter((word) => word !== '');
    return words.filter((word, index) => words.indexOf(word) === index).join(' ');
  });
}

function repeatedNames(
  repeated: readonly { own: string; name: string; column: number }[],
  line: number | undefined,
): DatasetIssue[] {
  const [first] = repeated;
  if (first === undefined) return [];
  const more = repeated.length - 1;
  return [
    {
      severity: 'warning',
      code: 'repeated-name',
      message:
        `More than one column is named "${first.own}"; column ${first.column} is called "${first.name}" here.` +
        (more > 0
          ? ` ${more === 1 ? 'One more column is' : `${writeCount(more)} more columns are`} told apart the same way.`
          : ''),
      advice: 'Give every column a name of its own.',
      line,
      column: first.column,
    },
  ];
}

/** A nameless first column is what R and pandas write before their index. */
function missingNames(missing: readonly number[], line: number | undefined): DatasetIssue[] {
  const first = missing.find((index) => index > 0);
  if (first === undefined) return [];
  const many = missing.length > 1;
  return [
    {
      severity: 'information',
      code: 'missing-name',
      message: many
        ? `${writeCount(missing.length)} columns have no name; they are called by their place, as "column ${(missing[0] as number) + 1}".`
        : `A column has no name; it is called "column ${first + 1}" here.`,
      advice: many
        ? 'Name them in the header, or leave them out.'
        : 'Name it in the header, or leave it out.',
      line,
      column: first + 1,
    },
  ];
}
