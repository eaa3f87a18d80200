/**
 * The parts of recurrent networks that go step by step, as `Scan`s. A row of the batch is a column: weights stand on the
 * left of the products and are read as they lie.
 */
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import { filled } from '../graph/graph';
import { scan } from '../graph/scan';
import type { Value } from '../graph/values';
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { matMul } from './matmul';

export const recurrent = {
  /**
   * driven `[time, 4 units, batch]` (what comes in from outside), toState `[4 units, units]`; gates in the order input,
   * forget, output, candidate -> the last state `[units, batch]`, and for the gradient, each `[time, rows, batch]`: the
   * three gates one behind the other, candidate, memory before the step, tanh of the memory after it, state before it.
   */
  LstmSteps: lower<'driven' | 'toState'>((g, { driven, toState }) => {
    const units = toState.shape[1] ?? 1;
    const none = zeros(g, [units, driven.shape[2] ?? 1]);
    const { states, stacked } = scan(g, {
      states: [none, none],
      sequences: [driven],
      step: (body, before, now) => {
        const [state, memory, drive] = [...before, ...now] as [Value, Value, Value];
        const z = emit.add(body, matMul(body, toState, state, false, false), drive);
        const [toSigmoid, toTanh] = emit.split(body, z, [3 * units, units], 0) as [Value, Value];
        const gates = emit.unary(body, 'Sigmoid', toSigmoid);
        const [inputGate, forgetGate, outputGate] = thirds(body, gates);
        const candidate = emit.unary(body, 'Tanh', toTanh);
        const taken = emit.mul(body, inputGate, candidate);
        const nextMemory = emit.add(body, emit.mul(body, forgetGate, memory), taken);
        const memoryTanh = emit.unary(body, 'Tanh', nextMemory);
        const nextState = emit.mul(body, outputGate, memoryTanh);
        return { states: [nextState, nextMemory], stacked: [gates, candidate, memory, memoryTanh, state] };
      },
    });
    return [...states.slice(0, 1), ...stacked];
  }),

  /**
   * The way back, from the last step to the first: the gradient of the last state `[units, batch]` and what `LstmSteps`
   * gave for it -> the gradient of `driven`.
   */
  LstmStepsGrad: lower<'dLast' | 'toState' | 'gates' | 'candidate' | 'memoryBefore' | 'memoryTanh'>(
    (g, { dLast, toState, gates, candidate, memoryBefore, memoryTanh }) => {
      const fromState = emit.swapLast(g, toState);
      const { stacked } = scan(g, {
        states: [dLast, zeros(g, dLast.shape)],
        sequences: [gates, candidate, memoryBefore, memoryTanh],
        reverse: true,
        step: (body, before, now) => {
          const { dSum, dMemory } = stepBack(body, before, now);
          return { states: [matMul(body, fromState, dSum, false, false), dMemory], stacked: [dSum] };
        },
      });
      return stacked;
    },
  ),
} satisfies Record<string, Lowering>;

/** The gradient of what a step's sigmoids and tanh get, `[4 units, batch]`, and of the memory before it. */
function stepBack(
  g: Graph,
  before: readonly Value[],
  now: readonly Value[],
): { readonly dSum: Value; readonly dMemory: Value } {
  const [dState, dAfter] = before as [Value, Value];
  const [gates, candidate, memory, memoryTanh] = now as [Value, Value, Value, Value];
  const mul = (a: Value, b: Value): Value => emit.mul(g, a, b);
  const [inputGate, forgetGate, outputGate] = thirds(g, gates);
  // d tanh = 1 - tanh²
  const toTanh = mul(dState, outputGate);
  const throughTanh = emit.sub(g, toTanh, mul(mul(toTanh, memoryTanh), memoryTanh));
  const dNow = emit.add(g, dAfter, throughTanh);
  const dInputGate = mul(dNow, candidate);
  const dGates = emit.concat(g, [dInputGate, mul(dNow, memory), mul(dState, memoryTanh)], 0);
  const dSigmoids = mul(dGates, emit.sub(g, gates, mul(gates, gates)));
  const taken = mul(inputGate, candidate);
  const dCandidate = emit.sub(g, mul(dNow, inputGate), mul(dInputGate, taken));
  return { dSum: emit.concat(g, [dSigmoids, dCandidate], 0), dMemory: mul(dNow, forgetGate) };
}

function thirds(g: Graph, x: Value): readonly [Value, Value, Value] {
  const third = (x.shape[0] ?? 3) / 3;
  return emit.split(g, x, [third, third, third], 0) as [Value, Value, Value];
}

const zeros = (g: Graph, shape: readonly number[]): Value =>
  g.constant(filled('float32', shape, 0), shape, 'float32');
