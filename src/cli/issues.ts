/** Tells what is special or wrong about a dataset, as compilers do: `file:line: warning: message advice`. */
import { extname } from 'node:path';
import { type DatasetIssue, describeError, type Severity } from '../protocol';
import { kindOfFile } from '../protocol/kinds';
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
  const { severity, advice, column } = issue;
  const word = severity === 'information' ? 'note' : severity;
  // Of a file that is no text the place is a row, which no editor could jump to.
  const isText = kindOfFile(extname(path).toLowerCase())?.isText !== false;
  const line = isText ? issue.line : undefined;
  const row = isText || issue.line === undefined ? '' : `row ${issue.line}`;
  const message = row === '' || issue.message.includes(row) ? issue.message : `${row}: ${issue.message}`;
  return describeError({
    code: 'dataset',
    message: `${word}: ${message}`,
    advice,
    place: { path, line, column },
  });
}
