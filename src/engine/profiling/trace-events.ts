/**
 * Spans in the Trace Event Format, which Perfetto, chrome://tracing and speedscope open
 * (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU).
 */
import type { Span } from './spans';

interface TraceEvent {
  readonly name: string;
  readonly cat?: string;
  /** `X`: a complete span; `M`: the name of a process or a row, or the place of a row. */
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  /** µs. */
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** Rows of the picture, from above: what contains the other stands above it. */
const ROWS: Readonly<Record<string, number>> = { phase: 1, trace: 2, session: 3, run: 4 };

/** The text of a trace file. `about` names what is known of the process, e.g. engine and versions. */
export function traceFile(
  spans: readonly Span[],
  process: { readonly pid: number; readonly name: string },
  about: Readonly<Record<string, unknown>>,
): string {
  const { pid } = process;
  const names: TraceEvent[] = [
    { name: 'process_name', ph: 'M', pid, tid: 0, args: { name: process.name } },
    ...Object.entries(ROWS).flatMap(([kind, tid]): TraceEvent[] => [
      { name: 'thread_name', ph: 'M', pid, tid, args: { name: kind } },
      // Without it viewers sort the rows by their names.
      { name: 'thread_sort_index', ph: 'M', pid, tid, args: { sort_index: tid } },
    ]),
  ];
  const events = spans.map(({ name, kind, start, ms }): TraceEvent => ({
    name,
    cat: kind,
    ph: 'X',
    pid,
    tid: ROWS[kind] ?? 0,
    ts: microseconds(start),
    // The difference of two rounded times, so that a span never reaches into the next one of its row.
    dur: microseconds(start + ms) - microseconds(start),
  }));
  return JSON.stringify({ traceEvents: [...names, ...events], displayTimeUnit: 'ms', otherData: about });
}

function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}
