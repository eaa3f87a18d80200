/** The steps of an LSTM, forward and back: what `lstm.ts` cannot do for all steps at once. */
import * as tf from '@tensorflow/tfjs-core';
import { runFused } from '../backend';

/** One way to go through the steps. Gates are in the order input, forget, output, candidate. */
export interface LstmSteps {
  /** driven `[time, 4 * units, batch]`, toState `[4 * units, units]` -> the last state `[units, batch]`. */
  forward(
    driven: tf.Tensor3D,
    toState: tf.Tensor2D,
  ): { readonly state: tf.Tensor2D; readonly saved: readonly tf.Tensor[] };
  /** The gradient of `driven` as `[4 * units, time * batch]`, and the states before each step `[units, time * batch]`. */
  backward(
    dLast: tf.Tensor2D,
    toState: tf.Tensor2D,
    saved: readonly tf.Tensor[],
  ): { readonly dSums: tf.Tensor2D; readonly states: tf.Tensor2D };
}

/** As one loop of the graph, whose size does not depend on the number of steps; only while recording. */
export const scanned: LstmSteps = {
  forward(driven, toState) {
    const [state, ...saved] = runFused('LstmSteps', { driven, toState }, {});
    return { state: state as tf.Tensor2D, saved };
  },
  backward(dLast, toState, saved) {
    const [gates, candidate, memoryBefore, memoryTanh, stateBefore] = saved as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor3D,
    ];
    const kept = { gates, candidate, memoryBefore, memoryTanh };
    const [dSums] = runFused('LstmStepsGrad', { dLast, toState, ...kept }, {});
    return { dSums: stepsBeside(dSums as tf.Tensor3D), states: stepsBeside(stateBefore) };
  },
};

/** `[time, rows, batch]` -> `[rows, time * batch]`. */
function stepsBeside(x: tf.Tensor3D): tf.Tensor2D {
  const [time, rows, batch] = x.shape;
  return tf.reshape(tf.transpose(x, [1, 0, 2]), [rows, time * batch]);
}

/** One after the other, of TensorFlow.js' own kernels, on any backend. */
export const unrolled: LstmSteps = {
  forward(driven, toState) {
    const [time, , batch] = driven.shape;
    const drives: tf.Tensor2D[] = tf.split(tf.reshape(driven, [-1, batch]), time);
    const cells: Cell[] = [];
    for (const drive of drives) cells.push(nextCell(drive, toState, cells.at(-1)));
    return { state: (cells.at(-1) as Cell).state, saved: cells.flatMap(tensorsOf) };
  },
  backward: (dLast, toState, saved) => backward(dLast, toState, cellsOf(saved)),
};

/** What one step computes, each `[units, batch]`. */
interface Cell {
  /** The sigmoids of the three gates one behind the other, `[3 * units, batch]`, and each alone. */
  readonly gates: tf.Tensor2D;
  readonly inputGate: tf.Tensor2D;
  readonly forgetGate: tf.Tensor2D;
  readonly outputGate: tf.Tensor2D;
  readonly candidate: tf.Tensor2D;
  /** Input gate times candidate. */
  readonly taken: tf.Tensor2D;
  readonly memory: tf.Tensor2D;
  readonly memoryTanh: tf.Tensor2D;
  readonly state: tf.Tensor2D;
}

function nextCell(drive: tf.Tensor2D, toState: tf.Tensor2D, before: Cell | undefined): Cell {
  const units = toState.shape[1];
  const z = before ? tf.add(tf.matMul(toState, before.state), drive) : drive;
  const [toSigmoid, toTanh] = tf.split<tf.Tensor2D>(z, [3 * units, units], 0) as [tf.Tensor2D, tf.Tensor2D];
  const gates = tf.sigmoid(toSigmoid);
  const [inputGate, forgetGate, outputGate] = tf.split(gates, 3, 0) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const candidate = tf.tanh(toTanh);
  const taken: tf.Tensor2D = tf.mul(inputGate, candidate);
  const memory: tf.Tensor2D = before ? tf.add(tf.mul(forgetGate, before.memory), taken) : taken;
  const memoryTanh = tf.tanh(memory);
  const state: tf.Tensor2D = tf.mul(outputGate, memoryTanh);
  return { gates, inputGate, forgetGate, outputGate, candidate, taken, memory, memoryTanh, state };
}

function backward(
  dLast: tf.Tensor2D,
  toState: tf.Tensor2D,
  cells: readonly Cell[],
): { readonly dSums: tf.Tensor2D; readonly states: tf.Tensor2D } {
  const none = tf.zerosLike(dLast);
  const fromState = tf.transpose(toState); // [units, 4 * units]
  const dSums: tf.Tensor2D[] = []; // of what each step's sigmoids and tanh get, [4 * units, batch], last step first
  let dState = dLast;
  let dMemory: tf.Tensor2D | undefined;
  for (let t = cells.length - 1; t >= 0; t--) {
    const { gates, inputGate, forgetGate, outputGate, candidate, taken, memoryTanh, state } = cells[
      t
    ] as Cell;
    // d tanh = 1 - tanh², and output gate times tanh is the state.
    const throughTanh: tf.Tensor2D = tf.sub(
      tf.mul(dState, outputGate),
      tf.mul(tf.mul(dState, state), memoryTanh),
    );
    const dNow: tf.Tensor2D = dMemory ? tf.add(dMemory, throughTanh) : throughTanh;
    const dInputGate: tf.Tensor2D = tf.mul(dNow, candidate);
    const before = cells[t - 1];
    const dForgetGate: tf.Tensor2D = before ? tf.mul(dNow, before.memory) : none;
    const dGates = tf.concat([dInputGate, dForgetGate, tf.mul<tf.Tensor2D>(dState, memoryTanh)], 0);
    const dSigmoids: tf.Tensor2D = tf.mul(dGates, tf.sub(gates, tf.square(gates)));
    const dCandidate: tf.Tensor2D = tf.sub(tf.mul(dNow, inputGate), tf.mul(dInputGate, taken));
    const dSum = tf.concat([dSigmoids, dCandidate], 0);
    dSums.push(dSum);
    if (before) dState = tf.matMul(fromState, dSum);
    dMemory = tf.mul(dNow, forgetGate);
  }
  const states = tf.concat([none, ...cells.slice(0, -1).map(({ state }) => state)], 1);
  return { dSums: tf.concat(dSums.reverse(), 1), states };
}

/** TensorFlow.js saves a flat list. */
function tensorsOf(cell: Cell): tf.Tensor2D[] {
  const { gates, inputGate, forgetGate, outputGate, candidate, taken, memory, memoryTanh, state } = cell;
  return [gates, inputGate, forgetGate, outputGate, candidate, taken, memory, memoryTanh, state];
}

function cellsOf(tensors: readonly tf.Tensor[]): Cell[] {
  const each = 9;
  return Array.from({ length: tensors.length / each }, (_, t) => {
    const [gates, inputGate, forgetGate, outputGate, candidate, taken, memory, memoryTanh, state] =
      tensors.slice(t * each, (t + 1) * each) as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
    return { gates, inputGate, forgetGate, outputGate, candidate, taken, memory, memoryTanh, state };
  });
}
