/** Measures the page of a grid from inside, for `bench/grid`: frames while it scrolls, first rows, a filter. */

export interface Frames {
  readonly frames: number;
  readonly perSecond: number;
  /** ms. */
  readonly longest: number;
  /** Share of the frames that came more than 25 ms after the one before. */
  readonly late: number;
  /** Share of the frames in which some row was still on its way. */
  readonly loading: number;
}

let times: number[] = [];
let loading = 0;
let isOn = false;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const isLoading = () => document.querySelector('.rows .row.loading:not([hidden])') !== null;

async function count(): Promise<void> {
  while (isOn) {
    times.push(await nextFrame());
    if (isLoading()) loading++;
  }
}

function start(): void {
  times = [];
  loading = 0;
  isOn = true;
  void count();
}

function stop(): Frames {
  isOn = false;
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const all = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    frames: gaps.length,
    perSecond: (gaps.length * 1000) / all,
    longest: Math.max(...gaps),
    late: gaps.filter((gap) => gap > 25).length / gaps.length,
    loading: loading / times.length,
  };
}

/** Moves the scroll bar from end to end, a step each frame. */
async function drag(ms: number): Promise<void> {
  const table = document.querySelector('.grid-table');
  const steps = 240;
  const end = performance.now() + ms;
  for (let step = 0; table !== null && performance.now() < end; step = (step + 1) % steps) {
    table.scrollTop = (table.scrollHeight * step) / steps;
    await nextFrame();
  }
}

/** ms from a click on the first bar until the rows that are left are counted and drawn. */
async function filter(): Promise<number> {
  const bar = document.querySelector('[data-bar="0"]');
  const words = document.querySelector('.count');
  if (bar === null || words === null) return NaN;
  const before = words.textContent;
  const began = performance.now();
  bar.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  for (;;) {
    await nextFrame();
    const isCounted = words.textContent !== before && !words.textContent.startsWith('Filtering');
    if (isCounted && !isLoading()) return performance.now() - began;
  }
}

/** When the first rows were seen: since the page began to load, and since the table was open. */
async function firstRows(): Promise<{ all: number; asked: number }> {
  const at = (mark: string) => performance.getEntriesByName(mark)[0]?.startTime;
  while (at('grid-rows') === undefined) await nextFrame();
  const seen = at('grid-rows') ?? NaN;
  return { all: seen, asked: seen - (at('grid-opened') ?? NaN) };
}

Object.assign(window, { gridProbe: { start, stop, drag, filter, firstRows } });
