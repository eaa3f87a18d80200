/**
 * Which lines are painted in the overview ruler. VS Code draws every mark at least 6 pixels high, so that a few rows in
 * a hundred, each with a mark of its own, paint a large file's ruler from top to bottom. Here the ruler is cut into
 * slots of about a mark's height, and as large a share of them is painted as rows are meant.
 */

/** Slots of 6 pixels in an editor of usual height. */
const slots = 100;
/** So many marks are always exact: a few wrong rows are looked for one by one. */
const exact = 5;

/** A stretch of lines, first and last. */
export type Stretch = readonly [number, number];

/**
 * `lines`: those of the meant rows, ascending; `rows`: of all rows; `lineCount`: of the document. Slots are chosen by
 * error diffusion, so that a region where more rows are meant has more paint.
 */
export function rulerStretches(lines: readonly number[], rows: number, lineCount: number): Stretch[] {
  const share = lines.length / Math.max(1, rows);
  const budget = Math.max(exact, Math.round(share * slots));
  if (lines.length <= budget || lineCount <= slots) return lines.map((line) => [line, line]);
  const counts = new Uint32Array(slots);
  for (const line of lines) counts[slotOf(line, lineCount)] = (counts[slotOf(line, lineCount)] ?? 0) + 1;
  const perSlot = rows / slots;
  // A slot cannot be painted more than wholly; what is over passes on to the next one.
  const densities = Array.from(counts, (count) => Math.min(1, count / perSlot));
  const scale = budget / densities.reduce((sum, density) => sum + density, 0);
  const painted: Stretch[] = [];
  let owed = 0.5;
  densities.forEach((density, slot) => {
    owed += density * scale;
    if (density === 0 || owed < 1) return;
    owed -= 1;
    const end = Math.ceil(((slot + 1) * lineCount) / slots) - 1;
    painted.push([Math.ceil((slot * lineCount) / slots), end]);
  });
  return painted;
}

function slotOf(line: number, lineCount: number): number {
  return Math.min(slots - 1, Math.floor((line * slots) / lineCount));
}
