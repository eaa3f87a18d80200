/** Round edges for the bins of days and times: minutes, hours, days, weeks that begin on Mondays, months, years. */
import { MOST_BINS } from './number-edges';

/** Steps that divide a day, by how many of them make one. */
const PARTS_OF_DAY = [86_400, 17_280, 5_760, 2_880, 1_440, 288, 96, 48, 24, 8, 4, 2];
/** Steps of days; 5 January 1970 was a Monday. */
const DAYS = [
  { step: 1, first: 0 },
  { step: 2, first: 0 },
  { step: 7, first: 4 },
  { step: 14, first: 4 },
];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
const MS_OF_DAY = 86_400_000;

/**
 * `[bins + 1]`, ascending, in days since 1970: from a round time at or before `min` to one after `max`, at most 24 bins.
 * `dates`: no value has a time of day, so that no bin is shorter than a day.
 */
export function dayEdges(min: number, max: number, dates: boolean): number[] {
  for (const parts of dates ? [] : PARTS_OF_DAY) {
    const edges = evenEdges(
      min,
      max,
      (value) => value * parts,
      (index) => index / parts,
    );
    if (edges !== undefined) return edges;
  }
  for (const { step, first } of DAYS) {
    const edges = evenEdges(
      min,
      max,
      (value) => (value - first) / step,
      (index) => index * step + first,
    );
    if (edges !== undefined) return edges;
  }
  for (const months of MONTHS) {
    const edges = evenEdges(
      min,
      max,
      (value) => monthOf(value) / months,
      (index) => startOf(index * months),
    );
    if (edges !== undefined) return edges;
  }
  return [min, max];
}

function evenEdges(
  min: number,
  max: number,
  indexOf: (value: number) => number,
  edge: (index: number) => number,
): number[] | undefined {
  const first = Math.floor(indexOf(min));
  const bins = Math.floor(indexOf(max)) + 1 - first;
  if (!(bins <= MOST_BINS)) return undefined;
  return Array.from({ length: bins + 1 }, (_, at) => edge(first + at));
}

/** Whole months since January 1970. */
function monthOf(day: number): number {
  const date = new Date(day * MS_OF_DAY);
  return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}

/** The first day of a month that is counted from January 1970. */
function startOf(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(1970 + Math.floor(month / 12), month - 12 * Math.floor(month / 12), 1);
  return date.getTime() / MS_OF_DAY;
}
