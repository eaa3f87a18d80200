/** The records of a training, thinned for drawing. */
import type { MetricRecord } from '../../protocol';

export const HISTORY_LIMIT = 400;

/**
 * At most `limit` of the records, spread evenly, the newest included. Records with a validation part are rarer and
 * are dropped last: they share the limit first.
 */
export function thinHistory(records: readonly MetricRecord[], limit = HISTORY_LIMIT): MetricRecord[] {
  if (records.length <= limit) return [...records];
  const evaluated = records.filter((record) => record.validation !== undefined);
  const others = records.filter((record) => record.validation === undefined);
  const keptEvaluated = spread(evaluated, Math.min(evaluated.length, limit - 1));
  const keptOthers = spread(others, limit - keptEvaluated.length);
  return [...keptEvaluated, ...keptOthers].sort((a, b) => a.step - b.step || a.time - b.time);
}

/** `count` items at even distances, the last one included. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  const kept: T[] = [];
  for (let k = 1; k <= count; k++) {
    const item = items[Math.ceil((k * items.length) / count) - 1];
    if (item !== undefined) kept.push(item);
  }
  return kept;
}
