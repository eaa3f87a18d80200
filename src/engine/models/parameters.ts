/**
 * A family's parameters: names, shapes, first values. While a model learns they are ONE flat vector, in the declared
 * order: gradient, moments and update are then a handful of operations, whatever the number of tensors.
 */
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { WeightTensor } from '../runs/saved-model';
import { fillNormal } from './noise';

export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: 'zeros' | 'ones' | { readonly deviation: number };
}

/** Weights by parameter name, each in its shape. */
export type Weights = Readonly<Record<string, tf.Tensor>>;

export function sizeOf(parameter: Parameter): number {
  return parameter.shape.reduce((product, size) => product * size, 1);
}

export function parameterCount(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, parameter) => sum + sizeOf(parameter), 0);
}

/** The first values, flat. Each parameter draws from its own stream of the seed. */
export function initialWeights(parameters: readonly Parameter[], seed: number): Float32Array {
  const flat = new Float32Array(parameterCount(parameters));
  eachPart(parameters, (parameter, start, end, index) => {
    const part = flat.subarray(start, end);
    if (parameter.initial === 'ones') part.fill(1);
    else if (parameter.initial !== 'zeros') fillNormal(part, parameter.initial.deviation, seed, index);
  });
  return flat;
}

/** Where biases and gains lie in the flat vector: weight decay is for matrices only. */
export function undecayedPositions(parameters: readonly Parameter[]): Int32Array {
  const positions: number[] = [];
  eachPart(parameters, (parameter, start, end) => {
    if (parameter.shape.length > 1) return;
    for (let at = start; at < end; at++) positions.push(at);
  });
  return Int32Array.from(positions);
}

/** `[size]` -> one tensor per parameter. Differentiable: the gradient of a split is one concatenation. */
export function unflatten(parameters: readonly Parameter[], flat: tf.Tensor): Weights {
  const parts = tf.split(flat, parameters.map(sizeOf));
  return Object.fromEntries(
    parameters.map((parameter, index) => [
      parameter.name,
      tf.reshape(parts[index] as tf.Tensor, [...parameter.shape]),
    ]),
  );
}

/** Cuts flat values into named tensors, as they are saved. */
export function toWeightTensors(
  parameters: readonly Parameter[],
  flat: Float32Array,
): Map<string, WeightTensor> {
  const tensors = new Map<string, WeightTensor>();
  eachPart(parameters, ({ name, shape }, start, end) => {
    tensors.set(name, { shape, data: flat.slice(start, end) });
  });
  return tensors;
}

/** Saved tensors as flat values. LabError('mismatch') when a parameter is missing or of another shape. */
export function flatten(
  parameters: readonly Parameter[],
  tensors: ReadonlyMap<string, WeightTensor>,
): Float32Array {
  const flat = new Float32Array(parameterCount(parameters));
  eachPart(parameters, ({ name, shape }, start) => {
    const tensor = tensors.get(name);
    if (tensor === undefined || tensor.shape.join() !== shape.join()) {
      const found = tensor === undefined ? 'is missing' : `has the shape [${tensor.shape.join(', ')}]`;
      throw new LabError('mismatch', `The weight "${name}" ${found}; expected [${shape.join(', ')}].`, {
        advice: 'The weights belong to another model. Train again.',
      });
    }
    flat.set(tensor.data, start);
  });
  return flat;
}

/** Saved weights as tensors of the current backend: constants, when made inside a trace. */
export function toTensors(weights: ReadonlyMap<string, WeightTensor>): Weights {
  return Object.fromEntries(
    Array.from(weights, ([name, { shape, data }]) => [name, tf.tensor(data, [...shape], 'float32')]),
  );
}

function eachPart(
  parameters: readonly Parameter[],
  visit: (parameter: Parameter, start: number, end: number, index: number) => void,
): void {
  let start = 0;
  parameters.forEach((parameter, index) => {
    const end = start + sizeOf(parameter);
    visit(parameter, start, end, index);
    start = end;
  });
}
