import type { ProgramSpec } from '../program';
import type { Trace } from '../trace';
import type { Value } from './values';
export function openBatch(
  trace: Trace,
  _other: Trace,
  _spec: ProgramSpec,
  _probes: readonly [number, number],
): { trace: Trace; dims: (value: Value) => readonly (number | string)[] } {
  return { trace, dims: (v) => v.shape };
}
