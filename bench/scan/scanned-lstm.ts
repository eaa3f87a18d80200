/**
 * The LSTM of `src/tfjs-onnx/ops/lstm.ts` by ONNX's `Scan`: the same layout (a row of the batch is a column, weights on
 * the left, gates in the order input | forget | output | candidate) and the same operators in each step.
 */
import { fresh, GraphWriter, modelOf, type Port } from './graph';

export interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
}

/** Inputs of all graphs that are compared. */
export function inputPorts({ batch, time, features, units }: Sizes): Port[] {
  return [
    { name: 'x', shape: [batch, time, features] },
    { name: 'input', shape: [features, 4 * units] },
    { name: 'recurrent', shape: [units, 4 * units] },
    { name: 'bias', shape: [4 * units] },
    { name: 'dy', shape: [batch, units] },
  ];
}

/** x -> `state`, `[batch, units]`; with `keep`, what a gradient needs is stacked over time, and left there. */
export function scannedForward(sizes: Sizes, keep: boolean): Uint8Array {
  const g = new GraphWriter();
  const { state } = forward(g, sizes, prepare(g, sizes), keep);
  g.write('Transpose', [state], ['state'], { perm: [1, 0] });
  const ports = inputPorts(sizes).filter(({ name }) => name !== 'dy');
  return modelOf(g.graph('forward', ports, [{ name: 'state', shape: [sizes.batch, sizes.units] }]));
}

/** The gradients of sum(state · dy) by the weights: two Scans, and one product for each weight behind them. */
export function scannedGradient(sizes: Sizes): Uint8Array {
  const { batch, time, features, units } = sizes;
  const g = new GraphWriter();
  const prepared = prepare(g, sizes);
  const { state, kept } = forward(g, sizes, prepared, true);
  const y = g.node('Transpose', [state], { perm: [1, 0] });
  const products = g.node('Mul', [y, 'dy']);
  g.write('ReduceSum', [products, g.integers([0, 1])], ['loss'], { keepdims: 0 });

  const fromState = g.node('Transpose', [prepared.toState], { perm: [1, 0] });
  const dSums = backward(g, sizes, fromState, g.node('Transpose', ['dy'], { perm: [1, 0] }), kept);
  const all = stepsBeside(g, dSums, [4 * units, time * batch]);
  const states = stepsBeside(g, kept.stateBefore, [units, time * batch]);
  const seen = stepsBeside(g, prepared.features, [features + 1, time * batch]);
  const dInput = gatesApart(g, g.node('FusedMatMul', [all, seen], { transB: 1 }), units);
  const row = g.integers([features]);
  g.write('Slice', [dInput, g.integers([0]), row, g.integers([0])], ['dInput']);
  const last = g.node('Slice', [dInput, row, g.integers([features + 1]), g.integers([0])]);
  g.write('Reshape', [last, g.integers([4 * units])], ['dBias']);
  const dRecurrent = gatesApart(g, g.node('FusedMatMul', [all, states], { transB: 1 }), units);
  g.write('Identity', [dRecurrent], ['dRecurrent']);
  return modelOf(
    g.graph('gradient', inputPorts(sizes), [
      { name: 'loss', shape: [] },
      { name: 'dInput', shape: [features, 4 * units] },
      { name: 'dRecurrent', shape: [units, 4 * units] },
      { name: 'dBias', shape: [4 * units] },
    ]),
  );
}

interface Prepared {
  /** `[time, features + 1, batch]` */
  readonly features: string;
  /** `[4 * units, units]` */
  readonly toState: string;
  /** What comes in, multiplied for all steps at once: `[time, 4 * units, batch]`. */
  readonly driven: string;
}

function prepare(g: GraphWriter, { batch, time, units }: Sizes): Prepared {
  const turned = g.node('Transpose', ['x'], { perm: [1, 2, 0] });
  const features = g.node('Concat', [turned, g.filled([time, 1, batch], 1)], { axis: 1 });
  const bias = g.node('Reshape', ['bias', g.integers([1, 4 * units])]);
  const biased = g.node('Concat', ['input', bias], { axis: 0 });
  const driven = g.node('MatMul', [gatesTogether(g, biased, units), features]);
  return { features, driven, toState: gatesTogether(g, 'recurrent', units) };
}

/** Each `[time, rows, batch]`: what a step's gradient needs. */
interface Kept {
  /** The sigmoids of the three gates one behind the other. */
  readonly gates: string;
  readonly candidate: string;
  readonly memoryBefore: string;
  readonly memoryTanh: string;
  readonly stateBefore: string;
}

/** The last state, `[units, batch]`, and what each step left. */
function forward(g: GraphWriter, sizes: Sizes, { driven, toState }: Prepared, keep: boolean) {
  const { units, batch } = sizes;
  const [state, memory, drive] = [fresh(), fresh(), fresh()];
  const step = new GraphWriter();
  const z = step.node('Gemm', [toState, state, drive]);
  const [toSigmoid = '', toTanh = ''] = step.split(z, [3 * units, units]);
  const gates = step.node('Sigmoid', [toSigmoid]);
  const [inputGate = '', forgetGate = '', outputGate = ''] = step.split(gates, [units, units, units]);
  const candidate = step.node('Tanh', [toTanh]);
  const taken = step.node('Mul', [inputGate, candidate]);
  const nextMemory = step.node('Add', [step.node('Mul', [forgetGate, memory]), taken]);
  const memoryTanh = step.node('Tanh', [nextMemory]);
  const nextState = step.node('Mul', [outputGate, memoryTanh]);
  const before = keep ? [step.node('Identity', [memory]), step.node('Identity', [state])] : [];
  const [memoryBefore = '', stateBefore = ''] = before;
  const left = keep ? [candidate, memoryBefore, memoryTanh, stateBefore] : [];
  const cell = (name: string): Port => ({ name, shape: [units, batch] });
  const body = step.graph(
    'step',
    [cell(state), cell(memory), { name: drive, shape: [4 * units, batch] }],
    [
      cell(nextState),
      cell(nextMemory),
      ...(keep ? [{ name: gates, shape: [3 * units, batch] }] : []),
      ...left.map(cell),
    ],
  );
  const zeros = g.filled([units, batch], 0);
  const kept: Kept = {
    gates: fresh(),
    candidate: fresh(),
    memoryBefore: fresh(),
    memoryTanh: fresh(),
    stateBefore: fresh(),
  };
  const last = fresh();
  const stacks = keep
    ? [kept.gates, kept.candidate, kept.memoryBefore, kept.memoryTanh, kept.stateBefore]
    : [];
  g.write('Scan', [zeros, zeros, driven], [last, fresh(), ...stacks], { body, num_scan_inputs: 1 });
  return { state: last, kept };
}

/** The gradient of what each step's sigmoids and tanh get, `[time, 4 * units, batch]`. */
function backward(
  g: GraphWriter,
  { units, batch }: Sizes,
  fromState: string,
  dLast: string,
  kept: Kept,
): string {
  const [dState, dMemory, gates, candidate] = [fresh(), fresh(), fresh(), fresh()];
  const [memoryBefore, memoryTanh] = [fresh(), fresh()];
  const step = new GraphWriter();
  const mul = (a: string, b: string) => step.node('Mul', [a, b]);
  const [inputGate = '', forgetGate = '', outputGate = ''] = step.split(gates, [units, units, units]);
  const toTanh = mul(dState, outputGate);
  const throughTanh = step.node('Sub', [toTanh, mul(mul(toTanh, memoryTanh), memoryTanh)]);
  const dNow = step.node('Add', [dMemory, throughTanh]);
  const dInputGate = mul(dNow, candidate);
  const dGates = step.node('Concat', [dInputGate, mul(dNow, memoryBefore), mul(dState, memoryTanh)], {
    axis: 0,
  });
  const dSigmoids = mul(dGates, step.node('Sub', [gates, mul(gates, gates)]));
  const taken = mul(inputGate, candidate);
  const dCandidate = step.node('Sub', [mul(dNow, inputGate), mul(dInputGate, taken)]);
  const dSum = step.node('Concat', [dSigmoids, dCandidate], { axis: 0 });
  const dStateBefore = step.node('MatMul', [fromState, dSum]);
  const dMemoryBefore = mul(dNow, forgetGate);
  const cell = (name: string): Port => ({ name, shape: [units, batch] });
  const body = step.graph(
    'step back',
    [
      cell(dState),
      cell(dMemory),
      { name: gates, shape: [3 * units, batch] },
      cell(candidate),
      cell(memoryBefore),
      cell(memoryTanh),
    ],
    [cell(dStateBefore), cell(dMemoryBefore), { name: dSum, shape: [4 * units, batch] }],
  );
  const dSums = fresh();
  g.write(
    'Scan',
    [dLast, g.filled([units, batch], 0), kept.gates, kept.candidate, kept.memoryBefore, kept.memoryTanh],
    [fresh(), fresh(), dSums],
    { body, num_scan_inputs: 4, scan_input_directions: [1, 1, 1, 1], scan_output_directions: [1] },
  );
  return dSums;
}

/** `[time, rows, batch]` -> `[rows, time * batch]`. */
function stepsBeside(g: GraphWriter, x: string, shape: readonly number[]): string {
  return g.node('Reshape', [g.node('Transpose', [x], { perm: [1, 0, 2] }), g.integers(shape)]);
}

/** `[rows, input | forget | candidate | output]` -> `[input | forget | output | candidate, rows]`. */
function gatesTogether(g: GraphWriter, weight: string, units: number): string {
  const turned = g.node('Transpose', [weight], { perm: [1, 0] });
  const [i = '', f = '', c = '', o = ''] = g.split(turned, [units, units, units, units]);
  return g.node('Concat', [i, f, o, c], { axis: 0 });
}

/** The way back. */
function gatesApart(g: GraphWriter, weight: string, units: number): string {
  const [i = '', f = '', o = '', c = ''] = g.split(weight, [units, units, units, units]);
  return g.node('Transpose', [g.node('Concat', [i, f, c, o], { axis: 0 })], { perm: [1, 0] });
}
