/** What a lowering is: the recording of one TensorFlow.js kernel as nodes of a graph. */
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';

/** Records one call. Kernels that take a list of tensors find them under '0', '1' and so on. */
export type Lowering = (
  g: Graph,
  inputs: Readonly<Record<string, Value>>,
  attrs: Readonly<Record<string, unknown>>,
) => Value | readonly Value[];

/**
 * One entry of a table of kernels: `I` names its inputs, `A` is TensorFlow.js' own type of its attributes. The engine
 * of TensorFlow.js erases both types when it calls a kernel; this is the one place that takes its word for them.
 */
export function lower<I extends string, A extends object = object>(
  record: (g: Graph, inputs: Readonly<Record<I, Value>>, attrs: Readonly<A>) => Value | readonly Value[],
): Lowering {
  return record as Lowering;
}
