/** The ways in which rows are parted into those that a model learns from and those that judge it, as data. */

export const splitWays = ['stratified', 'random', 'group', 'time'] as const;
export type SplitWay = (typeof splitWays)[number];

export interface SplitWayDescription {
  readonly name: SplitWay;
  readonly title: string;
  readonly line: string;
  /** What its column holds, for ways that need one. */
  readonly column?: 'groups' | 'times' | undefined;
}

/** `by time (sold)`, `by chance`; nothing for the usual way. */
export function writeSplit(way: SplitWay | undefined, column: string | undefined): string | undefined {
  if (way === undefined || way === 'stratified') return undefined;
  if (way === 'random') return 'by chance';
  return `by ${way}${column === undefined ? '' : ` (${column})`}`;
}

export const splitDescriptions: readonly SplitWayDescription[] = [
  {
    name: 'stratified',
    title: 'Classes in equal shares',
    line: 'By chance, each class (or range of numbers) with its share in both parts.',
  },
  { name: 'random', title: 'By chance', line: 'Rows are drawn without a look at what is predicted.' },
  {
    name: 'group',
    title: 'By groups',
    line: 'Rows with the same value in a column stay on one side, e.g. all rows of a patient.',
    column: 'groups',
  },
  {
    name: 'time',
    title: 'By time',
    line: 'The oldest rows train, the newest judge, e.g. for forecasts.',
    column: 'times',
  },
];
