/** What is said of a sheet, once for each kind: formulas without a value, errors, merged cells, hidden rows. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { writeCounted } from '../../../../protocol/words';
import type { Found, SheetCells } from './sheet';

export function sheetIssues({ withoutValue, errors, merged, hiddenRows }: SheetCells): DatasetIssue[] {
  return [
    ...issue(withoutValue, {
      severity: 'warning',
      code: 'formulas-without-value',
      message: (count, first) =>
        `${writeCounted(count, 'formula')} ${count === 1 ? 'has' : 'have'} no stored value, first in ${first}: ${count === 1 ? 'it counts' : 'they count'} as missing.`,
      advice: 'Open the workbook in a spreadsheet program and save it: that stores the values.',
    }),
    ...issue(errors, {
      severity: 'warning',
      code: 'error-cells',
      message: (count, first) =>
        `${writeCounted(count, 'cell')} ${count === 1 ? 'holds' : 'hold'} an error such as #N/A, first in ${first}: ${count === 1 ? 'it counts' : 'they count'} as missing.`,
      advice: 'Mend the formulas if these values matter.',
    }),
    ...issue(merged, {
      severity: 'information',
      code: 'merged-cells',
      message: (count, first) =>
        `${writeCounted(count, 'area')} of merged cells, first at ${first}: only the first cell of each has its value, the others count as missing.`,
      advice: 'Unmerge the cells and fill them if each row should have the value.',
    }),
    ...issue(
      { count: hiddenRows, first: '' },
      {
        severity: 'information',
        code: 'hidden-rows',
        message: (count) =>
          `${writeCounted(count, 'row')} of the sheet ${count === 1 ? 'is' : 'are'} hidden and read as the others.`,
        advice: 'Delete them, or copy the visible rows to another sheet, if they are not meant.',
      },
    ),
  ];
}

interface Words extends Pick<DatasetIssue, 'severity' | 'code' | 'advice'> {
  readonly message: (count: number, first: string) => string;
}

/** The line of a sheet is its row. */
function issue({ count, first }: Found, { message, ...words }: Words): DatasetIssue[] {
  if (count === 0) return [];
  const line = Number(/\d+$/u.exec(first)?.[0] ?? 0);
  return [{ ...words, message: message(count, first), ...(line > 0 ? { line } : {}) }];
}
