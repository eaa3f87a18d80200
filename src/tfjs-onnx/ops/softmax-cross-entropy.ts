import * as tf from '@tensorflow/tfjs-core';
import { isRecording } from '../backend';
import { customGradient } from './custom-gradient';

/**
 * -ln softmax(logits)[label] of every row, in nats: logits `[rows, classes]`, labels `[rows]` int32 -> `[rows]`.
 * Logits of any size are safe; the gradient is softmax(logits) - onehot(label), for the logits only.
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const classes = logits.shape[1];
  const hot = tf.cast(tf.oneHot(labels, classes), 'float32');
  return customGradient(
    [logits],
    (input) => {
      const logProbabilities = logSoftmax(input);
      const value: tf.Tensor1D = tf.neg(tf.sum(tf.mul(logProbabilities, hot), -1));
      return { value, saved: [logProbabilities, hot] };
    },
    (dy, [log, label]) => tf.mul(tf.sub(tf.exp(log), label), tf.expandDims(dy, -1)),
  );
}

/** `tf.logSoftmax` never calls the kernel of that name, which is one node where programs are recorded. */
function logSoftmax(logits: tf.Tensor2D): tf.Tensor2D {
  return isRecording()
    ? tf.engine().runKernel<tf.Tensor2D>('LogSoftmax', { logits }, { axis: 1 })
    : tf.logSoftmax(logits);
}
