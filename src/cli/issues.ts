/** Tells what is special or wrong about a dataset, as compilers do: `file:line: warning: message advice`. */
import { type DatasetIssue, describeError, type Severity } from '../protocol';
import type { Terminal } from './terminal';

/** More than this are counted, not told. */
const limit = 10;
const order: readonly Severity[] = ['error', 'warning', 'information'];

export function tellIssues(
  path: string,
  issues: readonly DatasetIssue[],
  terminal: Terminal,
  most = limit,
): void {
  const sorted = [...issues].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  for (const issue of sorted.slice(0, most)) terminal.tell(describeIssue(path, issue));
  if (sorted.length > most) terminal.tell(`… and ${sorted.length - most} more like these.`);
}

export function describeIssue(path: string, issue: DatasetIssue): string {
  const { severity, message, advice, line, column } = issue;
  const word = severity === 'information' ? 'note' : severity;
  return describeError({
    code: 'dataset',
    message: `${word}: ${message}`,
    advice,
    place: { path, line, column },
  });
}
