import * as tf from '@tensorflow/tfjs-core';
import { customGradient } from './custom-gradient';

/** Columns in the order of Keras and PyTorch: input gate, forget gate, candidate, output gate. */
export interface LstmWeights {
  /** `[features, 4 * units]` */
  readonly input: tf.Tensor2D;
  /** `[units, 4 * units]` */
  readonly recurrent: tf.Tensor2D;
  /** `[4 * units]` */
  readonly bias: tf.Tensor1D;
}

/**
 * The last state of a long short-term memory (Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000)
 * that begins with zeros: x `[batch, time, features]` -> `[batch, units]`.
 *
 * Unrolled over time, with its gradient written out. Inside, a row of the batch is a column: so the weights stand on the
 * left of the products, where they are read as they lie, in place of being packed anew at each step (a sixth of the time
 * of a step's products with 128 units and 32 rows), and gates lie one behind the other. The three gates go through one
 * sigmoid and one derivative together.
 *
 * ONNX's `Scan` measures better (`npm run bench:scan`; 2 cores, AMD EPYC with AVX2, shared): at 32, 64, 128, 256 steps a
 * gradient takes 13.0, 27.1, 48.9, 100 ms by Scan and 13.5, 27.4, 51.1, 104 ms unrolled, within the noise at first; opening
 * takes 7 to 13 ms and 75 ms to 1.9 s. Unrolled all the same: its kernels are TensorFlow.js' own, so it runs on any backend.
 */
export function lstm(x: tf.Tensor3D, { input, recurrent, bias }: LstmWeights): tf.Tensor2D {
  return customGradient(
    [x, input, recurrent, bias],
    (sequence, inputWeight, stateWeight, offset) => {
      const [batch, time] = sequence.shape;
      // A feature that is always one takes the bias into the product.
      const features = tf.concat([tf.transpose(sequence, [1, 2, 0]), tf.ones([time, 1, batch])], 1); // [time, in + 1, batch]
      const biased: tf.Tensor2D = tf.concat([inputWeight, tf.reshape(offset, [1, -1])], 0);
      const toInput = gatesTogether(biased); // [4 * units, in + 1]
      const toState = gatesTogether(stateWeight); // [4 * units, units]
      // What comes in is multiplied for all steps at once: time times [4 * units, batch].
      const weight: tf.Tensor3D = tf.expandDims(toInput, 0);
      const sums: tf.Tensor2D = tf.reshape(tf.matMul(weight, features), [-1, batch]);
      const driven: tf.Tensor2D[] = tf.split(sums, time);
      const cells: Cell[] = [];
      for (const drive of driven) cells.push(nextCell(drive, toState, cells.at(-1)));
      const value = tf.transpose((cells.at(-1) as Cell).state);
      return { value, saved: [features, toInput, toState, ...cells.flatMap(tensorsOf)] };
    },
    (dy, [features, toInput, toState, ...tensors]) => {
      const weights = { toInput: toInput, toState: toState };
      return backward(tf.transpose(dy), features as tf.Tensor3D, weights, cellsOf(tensors));
    },
  );
}

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
  features: tf.Tensor3D,
  { toInput, toState }: { readonly toInput: tf.Tensor2D; readonly toState: tf.Tensor2D },
  cells: readonly Cell[],
): tf.Tensor[] {
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
  const all = tf.concat(dSums.reverse(), 1); // [4 * units, time * batch]
  const states = tf.concat([none, ...cells.slice(0, -1).map(({ state }) => state)], 1); // [units, time * batch]
  const [time, inputs, batch] = features.shape;
  const seen = tf.reshape(tf.transpose(features, [1, 0, 2]), [inputs, time * batch]);
  const dInput = gatesApart(tf.matMul(all, seen, false, true)); // [in + 1, 4 * units]
  const dFeatures = tf.reshape(tf.matMul(toInput, all, true, false), [inputs, time, batch]);
  return [
    tf.transpose(tf.slice(dFeatures, 0, inputs - 1), [2, 1, 0]),
    tf.slice(dInput, 0, inputs - 1),
    gatesApart(tf.matMul(all, states, false, true)),
    tf.reshape(tf.slice(dInput, inputs - 1), [-1]),
  ];
}

/** `[rows, input | forget | candidate | output]` -> `[input | forget | output | candidate, rows]`. */
function gatesTogether(weight: tf.Tensor2D): tf.Tensor2D {
  const [i, f, g, o] = tf.split(tf.transpose(weight), 4, 0) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  return tf.concat([i, f, o, g], 0);
}

/** The way back. */
function gatesApart(weight: tf.Tensor2D): tf.Tensor2D {
  const [i, f, o, g] = tf.split(weight, 4, 0) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return tf.transpose(tf.concat([i, f, g, o], 0));
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
