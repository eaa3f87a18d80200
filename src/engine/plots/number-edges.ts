/** Round edges for the bins of numbers, as axes have ticks: 1, 2 or 5 times a power of ten apart. */

/** A range of numbers has about so many bins at least (fewer where a double tells no more values apart), and at most. */
export const MOST_BINS = 24;
/** The whole range is so many times that of the central values before the outermost bins take the rest. */
const TAIL = 4;

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** The values below and above which one of a hundred lies. */
  readonly low: number;
  readonly high: number;
  /** All of them are whole numbers. */
  readonly whole: boolean;
}

/**
 * `[bins + 1]`, ascending: from a round number at or below `min` to one at or above `max`, 10 to 24 bins where the values
 * allow it. Whole numbers have bins of whole numbers, the last edge above `max`. Where `max - min` is more than four times
 * `high - low`, the bins stand on the latter and the outermost ones reach to `min` and `max`.
 */
export function numberEdges({ min, max, low, high, whole }: NumberRange): number[] {
  const tailed = high > low && (max - min) / TAIL > high - low;
  const [from, to] = tailed ? [low, high] : [min, max];
  const step = stepOf(from, to, whole);
  const { first, bins } = binsOf(step, from, to, whole);
  const edges = Array.from({ length: bins + 1 }, (_, at) => step.edge(first + at));
  if (tailed && min < (edges[0] as number)) edges[0] = min;
  if (tailed && max > (edges.at(-1) as number)) edges[edges.length - 1] = max;
  const ascending = edges.every((edge, at) => at === 0 || edge > (edges[at - 1] as number));
  return ascending && edges.every(Number.isFinite) ? edges : [min, max];
}

interface Step {
  /** Where a value stands, counted in steps from 0. */
  indexOf(value: number): number;
  edge(index: number): number;
}

/** The smallest round step by which there are at most `MOST_BINS` bins. */
function stepOf(min: number, max: number, whole: boolean): Step {
  // Halves, since the range of doubles is wider than a double.
  const least = (max / 2 - min / 2) / (MOST_BINS / 2);
  for (let power = Math.floor(Math.log10(least)); ; power++) {
    for (const factor of [1, 2, 5]) {
      const step = stepBy(factor, power);
      if (whole && step.edge(1) < 1) continue;
      // Not `<=`: where a range is too small or too large for figures, any step will do.
      if (!(binsOf(step, min, max, whole).bins > MOST_BINS)) return step;
    }
  }
}

function binsOf(step: Step, from: number, to: number, whole: boolean): { first: number; bins: number } {
  const first = Math.floor(step.indexOf(from));
  const beyond = whole ? Math.floor(step.indexOf(to)) + 1 : Math.ceil(step.indexOf(to));
  return { first, bins: Math.max(1, beyond - first) };
}

/** Below 1 by a divisor, which is a whole number: 3 / 10 is nearer to 0.3 than 3 * 0.1. */
function stepBy(factor: number, power: number): Step {
  if (power >= 0) {
    const step = factor * 10 ** power;
    return { indexOf: (value) => value / step, edge: (index) => index * step };
  }
  const divisor = 10 ** -power / factor;
  return { indexOf: (value) => value * divisor, edge: (index) => index / divisor };
}
