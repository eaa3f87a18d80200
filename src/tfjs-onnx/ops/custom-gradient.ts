import * as tf from '@tensorflow/tfjs-core';

/** The value of an operation, and the tensors that its gradient needs. */
export interface ForwardResult<Y extends tf.Tensor, Saved extends readonly tf.Tensor[]> {
  readonly value: Y;
  readonly saved: Saved;
}

/**
 * Applies an operation whose gradient is written out: `tf.customGrad` with the types of what goes in and what is saved.
 *
 * `forward` gets the inputs; `backward` gets the gradient of the value and what `forward` saved, and returns the
 * gradients of the inputs, in their order (a single tensor for a single input).
 */
export function customGradient<
  Inputs extends readonly tf.Tensor[],
  Y extends tf.Tensor,
  Saved extends readonly tf.Tensor[],
>(
  inputs: readonly [...Inputs],
  forward: (...inputs: Inputs) => ForwardResult<Y, readonly [...Saved]>,
  backward: (dy: Y, saved: Saved) => tf.Tensor | tf.Tensor[],
): Y {
  const operation = tf.customGrad<Y>((...args) => {
    // TensorFlow.js calls with the inputs and then `save`, but types each argument as either of them. Of what was saved
    // it gives back the same tensors in the same order, typed as an array of any length.
    const save = args.at(-1) as tf.GradSaveFunc;
    const { value, saved } = forward(...(args.slice(0, -1) as unknown as Inputs));
    save([...saved]);
    return { value, gradFunc: (dy, kept) => backward(dy, kept as unknown as Saved) };
  });
  return operation(...inputs);
}
