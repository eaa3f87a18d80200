import { describe, expect, it } from 'vitest';
import { type Span, SpanLog, traceFile } from '../../../src/engine/profiling';

const span = (name: string, start: number, ms: number, kind = 'run') => ({ name, kind, start, ms });

describe('The log of spans', () => {
  it('adds up what has the same kind and name', () => {
    const log = new SpanLog();
    log.add(span('training step', 0, 10));
    log.add(span('evaluating', 10, 5, 'phase'));
    log.add(span('training step', 15, 30));
    expect(log.totals()).toEqual([
      { kind: 'run', name: 'training step', count: 2, totalMs: 40, maxMs: 30 },
      { kind: 'phase', name: 'evaluating', count: 1, totalMs: 5, maxMs: 5 },
    ]);
  });

  it('keeps the latest spans in their order and forgets the oldest, but not from the totals', () => {
    const log = new SpanLog();
    for (let i = 0; i < 20_003; i++) log.add(span('step', i, 1));
    const latest = log.latest();
    expect(latest).toHaveLength(20_000);
    expect([latest[0]?.start, latest.at(-1)?.start]).toEqual([3, 20_002]);
    expect(log.totals()[0]?.count).toBe(20_003);
  });

  it('measures work that fails, too, and lets its error through', async () => {
    const log = new SpanLog();
    await expect(log.measure('phase', 'reading', () => Promise.reject(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(log.totals()).toMatchObject([{ name: 'reading', count: 1 }]);
  });
});

interface Event {
  readonly ph: string;
  readonly tid: number;
  readonly name: string;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

function eventsOf(spans: readonly Span[]): readonly Event[] {
  const text = traceFile(spans, { pid: 7, name: 'Local Model Lab, learning' }, {});
  return (JSON.parse(text) as { traceEvents: Event[] }).traceEvents;
}

describe('A trace file', () => {
  it('holds complete events in microseconds, on a named row for each kind', () => {
    const file = JSON.parse(
      traceFile(
        [span('training step', 1.5, 0.25)],
        { pid: 7, name: 'Local Model Lab, learning' },
        { engine: 'onnx' },
      ),
    ) as { traceEvents: Event[]; otherData: object };
    const step = file.traceEvents.find(({ ph }) => ph === 'X');
    expect(step).toMatchObject({ name: 'training step', cat: 'run', pid: 7, ts: 1500, dur: 250 });
    const row = file.traceEvents.find(({ name, tid }) => name === 'thread_name' && tid === step?.tid);
    expect(row?.args).toEqual({ name: 'run' });
    expect(file.otherData).toEqual({ engine: 'onnx' });
  });

  it('places the rows, so that viewers do not sort them by name: what contains the other above', () => {
    const events = eventsOf([]);
    const placed = events
      .filter(({ name }) => name === 'thread_sort_index')
      .sort((a, b) => (a.args?.['sort_index'] as number) - (b.args?.['sort_index'] as number));
    const nameOf = (row: number) =>
      events.find(({ name, tid }) => name === 'thread_name' && tid === row)?.args?.['name'];
    expect(placed.map(({ tid }) => nameOf(tid))).toEqual(['phase', 'trace', 'session', 'run']);
  });

  it('lets no span reach into the next one, which a viewer would draw on a row of its own', () => {
    const [one, two] = eventsOf([span('one', 0.0006, 0.0006), span('two', 0.0012, 1)]).filter(
      ({ ph }) => ph === 'X',
    );
    expect(one!.ts! + one!.dur!).toBe(two!.ts);
  });
});
