/** From the metric records of a run to the lines of a chart. */
import type { Task } from '../../src/protocol/task-names';
import { tasks } from '../../src/protocol/tasks';
import type { Headline, MetricRecord } from '../../src/protocol/training';

/** Columns of equal length; `null` where a part was not measured. */
export interface ChartData {
  /** Epochs for tables, steps for texts. */
  readonly x: readonly number[];
  readonly training: readonly (number | null)[];
  readonly validation: readonly (number | null)[];
}

/** The metric of the second chart, that of the headline where there is one; the first is always the loss. */
export function qualityMetric(task: Task, headline?: Headline): string {
  if (headline !== undefined) return headline.metric;
  return tasks.require(task).charted;
}

export function chartData(history: readonly MetricRecord[], task: Task, metric: string): ChartData {
  const bySteps = tasks.find(task)?.place === 'step';
  const measured = history.filter(
    (record) => finite(record.training?.[metric]) !== null || finite(record.validation?.[metric]) !== null,
  );
  return {
    x: measured.map((record) => (bySteps ? record.step : record.epoch)),
    training: measured.map((record) => finite(record.training?.[metric])),
    validation: measured.map((record) => finite(record.validation?.[metric])),
  };
}

/** Diverged numbers are not drawn: they would flatten all others. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The last measured value with its index. */
export function lastOf(
  line: readonly (number | null)[],
): { readonly index: number; readonly value: number } | undefined {
  for (let index = line.length - 1; index >= 0; index--) {
    const value = line[index];
    if (value !== null && value !== undefined) return { index, value };
  }
  return undefined;
}

/** The latest measured value at or before an index: what a line shows under the cursor. */
export function valueAt(line: readonly (number | null)[], index: number): number | undefined {
  return lastOf(line.slice(0, index + 1))?.value;
}

/** The ends of a vertical axis: all values with a little air, never of zero height. */
export function valueRange(data: ChartData): readonly [number, number] {
  const values = [...data.training, ...data.validation].filter((value) => value !== null);
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = high > low ? (high - low) * 0.08 : Math.abs(high) * 0.1 || 0.5;
  return [low - air, high + air];
}
