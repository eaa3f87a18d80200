/**
 * Cells that a spreadsheet would take for formulas. A file may come from anybody, and a formula in it can fetch
 * addresses or start programs on the machine of whoever opens the predictions.
 */
import type { DatasetIssue } from '../../protocol/dataset';
import type { FormulaPolicy } from '../../protocol/engine';

/** What OWASP lists under "CSV Injection", the wide forms of East Asian writing included. */
const opening = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A signed number as people write it (`-1.5`, `+3`, `-1.234,50 %`, `-$5`, `-inf`), or signs alone, as for a missing value. */
const harmless =
  /^[+-](?:\s?\p{Sc}?\s?\d[\d.,'\u2019 \u00a0\u202f]*|[.,]\d+)(?:e[+-]?\d+)?\s?[%\u2030]?\p{Sc}?$|^[+-]+$|^[+-](?:inf|infinity|nan)$/iu;

/** Whether a spreadsheet would compute the cell. */
export function looksLikeFormula(cell: string): boolean {
  return opening.test(cell) && !harmless.test(cell);
}

/** Lets rows through as the policy has it and counts what it changed. */
export class FormulaGuard {
  private cells = 0;
  private first: Pick<DatasetIssue, 'line'> & { readonly words: string } = { words: '' };

  constructor(private readonly policy: FormulaPolicy) {}

  /** The cells, with an apostrophe before each that looks like a formula. `line` of the input, from 1 on, and `words` for it: `line 3`. */
  guard(cells: readonly string[], line: number, words = `line ${line}`): readonly string[] {
    if (this.policy === 'keep') return cells;
    return cells.map((cell) => {
      if (!looksLikeFormula(cell)) return cell;
      if (this.cells++ === 0) this.first = { line, words };
      return `'${cell}`;
    });
  }

  /** What was changed, said once. */
  issues(): DatasetIssue[] {
    if (this.cells === 0) return [];
    const written =
      this.cells === 1
        ? '1 cell that begins like a formula was written'
        : `${this.cells.toLocaleString('en-US')} cells that begin like a formula were written`;
    return [
      {
        severity: 'information',
        code: 'formulas-escaped',
        message: `${written} with a leading apostrophe, first in ${this.first.words}.`,
        advice: 'A spreadsheet shows them as text and does not run them.',
        line: this.first.line,
      },
    ];
  }
}
