/** What a task on running text owns. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Headline, Metrics } from '../../protocol';

export interface TextTask {
  readonly learnsFrom: 'text';
  /** `[positions]`, nats, of `logits` `[positions, vocabulary]` against `next` `[positions]` int32. */
  losses(logits: tf.Tensor2D, next: tf.Tensor1D): tf.Tensor1D;
  /** From the mean loss, nats per token. */
  measure(loss: number): Metrics;
  /** What a guess without any learning reaches on the validation part, by the training part; tokens `[length]` each. */
  baseline(training: Int32Array, validation: Int32Array, vocabulary: number): number;
  headline(metrics: Metrics, baseline: number): Headline | undefined;
}
