/** What the steps of a preparation did, in words. Apart from the steps, which the words of other things rest on. */
import type { StepOutcome } from './preparation';
import { writeCount, writeCounted } from './words';

/** What a step did, for the end of its line: `12 rows left out, 3 of them for a missing value`; empty for nothing worth a word. */
export function writeOutcome({ rowsBefore, rowsAfter, cells, missing = 0 }: StepOutcome): string {
  const rows = rowsBefore - rowsAfter;
  if (cells === undefined) {
    const open = missing === 0 ? '' : `, ${writeCount(missing)} of them for a missing value`;
    return `${writeCounted(rows, 'row')} left out${open}`;
  }
  if (missing > 0) return `no value in ${writeCounted(missing, 'row')}`;
  return cells === rowsBefore ? '' : `${writeCounted(cells, 'cell')} changed`;
}
