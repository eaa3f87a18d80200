/** Figures of columns as they are written on the dataset's page, and the order in which columns stand there. */
import type { ColumnOverview } from '../../src/protocol/overview';
import type { ColumnPlot } from '../../src/protocol/plots';
import { writeShare } from '../../src/protocol/words';

/** `12 %` of the rows. */
export function share(some: number, all: number): string {
  return writeShare(all === 0 ? 0 : some / all);
}

/** How much of the target is told, in whole per cent: `0 %` is exact, and so is `100 %`. */
export function writeInformation(information: number): string {
  if (information === 0 || information === 1) return `${information * 100} %`;
  if (information < 0.005) return '< 1 %';
  return information > 0.995 ? '> 99 %' : `${Math.round(information * 100)} %`;
}

/** Another value in each row, as of identifiers: a bar for each would show nothing. */
export function isAllDifferent({ plot, distinct, rows, missing }: ColumnOverview['figures']): boolean {
  return plot?.shape === 'bars' && distinct > 12 && distinct > 0.9 * (rows - missing);
}

export function isOfTime(plot: ColumnPlot | undefined): boolean {
  return plot?.shape === 'histogram' && (plot.days === true || plot.clock === true);
}

export type ColumnOrder = 'file' | 'telling';

/** `telling`: those first that tell most of the target, and the target before all; else the order of the file. */
export function ordered(
  columns: readonly ColumnOverview[],
  order: ColumnOrder,
  target: string | undefined,
): readonly ColumnOverview[] {
  if (order === 'file') return columns;
  const rank = ({ name, relation }: ColumnOverview): number =>
    name === target ? 2 : (relation?.information ?? -1);
  return [...columns].sort((a, b) => rank(b) - rank(a) || a.figures.index - b.figures.index);
}
