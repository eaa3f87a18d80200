/** Issues of one file: at most so many of a kind are listed, the rest counted. */
import type { DatasetIssue } from '../../protocol/dataset';

const LISTED_OF_A_KIND = 100;

export class IssueList {
  readonly #listed: DatasetIssue[] = [];
  readonly #counts = new Map<string, number>();

  add(issue: DatasetIssue): void {
    const count = (this.#counts.get(issue.code) ?? 0) + 1;
    this.#counts.set(issue.code, count);
    if (count <= LISTED_OF_A_KIND) this.#listed.push(issue);
  }

  /** Whether another issue of this kind would be listed; lets a caller spare itself the message's text. */
  lists(code: string): boolean {
    return (this.#counts.get(code) ?? 0) < LISTED_OF_A_KIND;
  }

  /** Counts an issue that is not listed. */
  count(code: string): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  finish(): DatasetIssue[] {
    const rest = [...this.#counts]
      .filter(([, count]) => count > LISTED_OF_A_KIND)
      .map(([code, count]): DatasetIssue => {
        const first = this.#listed.find((issue) => issue.code === code);
        return {
          severity: first?.severity ?? 'warning',
          code,
          message: `${count - LISTED_OF_A_KIND} more of the same kind (${code}) are not listed.`,
          advice: first?.advice ?? '',
        };
      });
    return [...this.#listed, ...rest];
  }
}
