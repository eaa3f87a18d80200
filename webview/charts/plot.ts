/** One chart of two lines as uPlot draws it: training solid, validation dashed, each named at its end. */
import uPlot from 'uplot';
import { writeNumber } from '../../src/protocol/words';
import type { ChartColours } from './colours';
import { placeEndLabels } from './end-labels';
import { type ChartData, lastOf, valueRange } from './series';

export const chartHeight = 112;
const labelHeight = 14;
const labelGap = 6;

export interface PlotOptions {
  readonly width: number;
  readonly colours: ChartColours;
  readonly data: () => ChartData;
  /** A value of the vertical axis in words. */
  readonly writeValue: (value: number) => string;
  /** The index under the pointer, undefined when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
}

export function alignedData(data: ChartData): uPlot.AlignedData {
  return [[...data.x], [...data.training], [...data.validation]];
}

export function createPlot(mount: HTMLElement, options: PlotOptions): uPlot {
  const { width, colours, data } = options;
  const labelWidth = measureLabels(colours.font) + labelGap;
  const axis: uPlot.Axis = {
    stroke: colours.text,
    font: colours.font,
    grid: { stroke: colours.lines, width: 1 },
    ticks: { show: false },
  };
  const series = (stroke: string, dash?: number[]): uPlot.Series => ({
    stroke,
    width: 1.5,
    spanGaps: true,
    points: { show: (plot, index) => isSinglePoint(plot, index), size: 5, fill: stroke },
    ...(dash === undefined ? {} : { dash }),
  });
  return new uPlot(
    {
      width,
      height: chartHeight,
      padding: [6, labelWidth, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { time: false }, y: { range: () => [...valueRange(data())] } },
      axes: [
        {
          ...axis,
          size: 20,
          gap: 4,
          space: 40,
          grid: { show: false },
          values: (_, ticks) => ticks.map((tick) => shortenThousands(tick, writeNumber)),
        },
        {
          ...axis,
          size: 42,
          gap: 4,
          space: 28,
          values: (_, ticks) => ticks.map((tick) => shortenThousands(tick, options.writeValue)),
        },
      ],
      series: [{}, series(colours.training), series(colours.validation, [5, 4])],
      hooks: {
        draw: [(plot) => drawEndLabels(plot, data(), colours)],
        setCursor: [(plot) => options.onPoint(plot.cursor.idx ?? undefined)],
      },
    },
    alignedData(data()),
    mount,
  );
}

/** A line of one point would not be seen. */
function isSinglePoint(plot: uPlot, index: number): boolean {
  const line = plot.data[index] ?? [];
  return Array.from(line).filter((value) => value !== null).length === 1;
}

/** There is little room beside an axis. */
function shortenThousands(value: number, write: (value: number) => string): string {
  return Number.isInteger(value) && Math.abs(value) >= 1000 && Math.abs(value) < 1e6
    ? `${writeNumber(value / 1000)}k`
    : write(value);
}

const lineNames = ['training', 'validation'] as const;

function measureLabels(font: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 60;
  context.font = font;
  return Math.ceil(Math.max(...lineNames.map((name) => context.measureText(name).width)));
}

function drawEndLabels(plot: uPlot, data: ChartData, colours: ChartColours): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const ends = lineNames.flatMap((name) => {
    const last = lastOf(data[name]);
    return last === undefined ? [] : [{ name, y: plot.valToPos(last.value, 'y', true) }];
  });
  const centres = placeEndLabels(
    ends.map((end) => end.y),
    labelHeight * ratio,
    bbox.top,
    bbox.top + bbox.height,
  );
  ctx.save();
  ctx.font = colours.font.replace(/^(\d+)px/, (_, size: string) => `${Number(size) * ratio}px`);
  ctx.fillStyle = colours.text;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ends.forEach((end, index) =>
    ctx.fillText(end.name, bbox.left + bbox.width + labelGap * ratio, centres[index] ?? end.y),
  );
  ctx.restore();
}
