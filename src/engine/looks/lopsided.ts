/** Tables nearly all of whose rows are of one class: there accuracy is high for what has learnt nothing. */

/** Share of the rows above which one class makes accuracy say too little. */
const LOPSIDED_SHARE = 0.95;

/** Whether nearly all rows are of one class. `counts`: rows of each class. */
export function isLopsided(counts: readonly number[]): boolean {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.length > 1 && Math.max(...counts) > LOPSIDED_SHARE * rows;
}
