/** What is wrong or special about a file, told once per kind. */
import type { DatasetIssue } from '../../src/protocol/dataset';
import type { QualityFinding } from '../../src/protocol/quality';
import { isCovered } from '../../src/protocol/quality-checks';

export interface KindOfIssue {
  /** The first of its kind. */
  readonly issue: DatasetIssue;
  /** How many more there are. */
  readonly others: number;
}

/** Every kind of issue once, in the order of the first ones. */
export function oncePerKind(issues: readonly DatasetIssue[]): readonly KindOfIssue[] {
  const kinds = new Map<string, KindOfIssue>();
  for (const issue of issues) {
    const key = `${issue.severity} ${issue.code}`;
    const known = kinds.get(key);
    kinds.set(key, known ? { ...known, others: known.others + 1 } : { issue, others: 0 });
  }
  return [...kinds.values()];
}

const order: readonly QualityFinding['severity'][] = ['error', 'warning', 'information'];

/** What the reading tells, without what the checks say as well; and what the checks found, the gravest first. */
export function toldApart(
  issues: readonly DatasetIssue[],
  findings: readonly QualityFinding[],
): { readonly ofReading: readonly KindOfIssue[]; readonly ofChecks: readonly QualityFinding[] } {
  return {
    ofReading: oncePerKind(issues.filter(({ code }) => !isCovered(code))),
    ofChecks: [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)),
  };
}
