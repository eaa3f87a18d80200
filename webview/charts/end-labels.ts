/** Where the labels at the ends of the lines go. */

/**
 * Vertical centres (px) of labels that want to stand at `wanted`, kept in their order, `lineHeight` apart and
 * inside `[top, bottom]`. Where there is not room for all, the lower ones give way and overlap at the bottom.
 */
export function placeEndLabels(
  wanted: readonly number[],
  lineHeight: number,
  top: number,
  bottom: number,
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const first = top + lineHeight / 2;
  const last = bottom - lineHeight / 2;
  const placed = wanted.map(() => first);
  let ceiling = -Infinity;
  for (const index of order) {
    ceiling = Math.max(wanted[index] ?? first, ceiling + lineHeight, first);
    placed[index] = ceiling;
  }
  let floor = Infinity;
  for (const index of order.reverse()) {
    floor = Math.min(placed[index] ?? last, floor - lineHeight, last);
    placed[index] = Math.max(floor, first);
  }
  // Pairs that were pushed apart downwards share the shift, so that neither stands far from its line.
  return settle(placed, wanted, lineHeight, first, last);
}

function settle(
  placed: readonly number[],
  wanted: readonly number[],
  lineHeight: number,
  first: number,
  last: number,
): number[] {
  if (placed.length !== 2) return [...placed];
  const [a = 0, b = 0] = placed;
  const [wantedA = 0, wantedB = 0] = wanted;
  if (Math.abs(wantedA - wantedB) >= lineHeight || last - first < lineHeight) return [a, b];
  const half = lineHeight / 2;
  const middle = Math.min(Math.max((wantedA + wantedB) / 2, first + half), last - half);
  return a <= b ? [middle - half, middle + half] : [middle + half, middle - half];
}
