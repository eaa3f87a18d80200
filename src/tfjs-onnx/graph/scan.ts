/** ONNX's `Scan`: one graph that is run once per step of a sequence, in place of a copy of its nodes for each step. */
import type { Graph } from './graph';
import { reachable } from './graph';
import type { GraphNode, Value } from './values';
import { usedBy } from './values';

/** What one step gives: the states for the next one, and what is stacked over all steps. */
export interface Step {
  readonly states: readonly Value[];
  readonly stacked: readonly Value[];
}

export interface ScanParts {
  /** The states before the first step; of any shapes. */
  readonly states: readonly Value[];
  /** Each `[time, ...]`: a step sees its own `[...]`. At least one. */
  readonly sequences: readonly Value[];
  /** Begins with the last step. What is stacked still lies in the order of time. */
  readonly reverse?: boolean;
  /**
   * Records one step into `body`, not into the graph around it. Values from around may be used and are not copied, which
   * is the way for weights; as states they would be copied at each step.
   */
  readonly step: (body: Graph, states: readonly Value[], now: readonly Value[]) => Step;
}

/**
 * A loop over time: the states after the last step, and what the steps gave, stacked `[time, ...]`. The number of nodes
 * does not depend on the number of steps.
 */
export function scan(g: Graph, { states, sequences, reverse = false, step }: ScanParts): Step {
  const [time] = sequences.map(({ shape }) => shape[0] ?? 1);
  if (time === undefined) throw new Error('a scan goes over one sequence or more');
  const body = g.subgraph((inner) => {
    const before = states.map(({ shape, dtype }) => inner.input('state', shape, dtype));
    const now = sequences.map(({ shape, dtype }) => inner.input('now', shape.slice(1), dtype));
    const { states: after, stacked } = step(inner, before, now);
    if (after.length !== states.length) throw new Error('a step gives as many states as it takes');
    return [...after, ...stacked];
  });
  const outputs = body.results.map(({ shape, dtype }, i) => ({
    shape: i < states.length ? shape : [time, ...shape],
    dtype,
  }));
  const stacks = outputs.length - states.length;
  const directions = reverse
    ? { scan_input_directions: sequences.map(() => 1), scan_output_directions: Array<number>(stacks).fill(1) }
    : {};
  const attributes = { num_scan_inputs: sequences.length, ...directions };
  const values = g.nodeAround('Scan', [...states, ...sequences], outputs, attributes, body);
  return { states: values.slice(0, states.length), stacked: values.slice(states.length) };
}

/** The nodes with those stacks left out that nothing uses: going forward only, most of what a gradient would need. */
export function withoutUnusedStacks(nodes: readonly GraphNode[], results: readonly Value[]): GraphNode[] {
  if (!nodes.some(({ op }) => op === 'Scan')) return [...nodes];
  const used = new Set([...results, ...nodes.flatMap(usedBy)]);
  return nodes.map((node) => {
    const { op, inputs, attributes, outputs, body } = node;
    if (op !== 'Scan' || !body) return node;
    const states = inputs.length - Number(attributes['num_scan_inputs']);
    const kept = outputs.map((output, i) => i < states || used.has(output));
    if (!kept.includes(false)) return node;
    const remaining = body.results.filter((_, i) => kept[i]);
    const directions = attributes['scan_output_directions'];
    return {
      ...node,
      outputs: outputs.filter((_, i) => kept[i]),
      attributes: Array.isArray(directions)
        ? { ...attributes, scan_output_directions: directions.slice(0, remaining.length - states) }
        : attributes,
      body: { ...body, results: remaining, nodes: reachable(body, remaining) },
    };
  });
}
