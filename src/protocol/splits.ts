/** The ways in which rows are parted into those that a model learns from and those that judge it. */

export const splitWays = ['stratified', 'random', 'group', 'time'] as const;
export type SplitWay = (typeof splitWays)[number];

/** `by time (sold)`, `by chance`; nothing for the usual way. */
export function writeSplit(way: SplitWay | undefined, column: string | undefined): string | undefined {
  if (way === undefined || way === 'stratified') return undefined;
  if (way === 'random') return 'by chance';
  return `by ${way}${column === undefined ? '' : ` (${column})`}`;
}
