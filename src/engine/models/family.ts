/**
 * What a family of models is to the rest of the engine. Each has a folder: `description.ts` (data, for everyone),
 * `defaults.ts` (settings that suit the data at hand) and `family.ts`, which exports one of these as `family`.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../../protocol/families';
import type { EncodedRows, FeatureBlock } from '../features';
import type { Parameter, Weights } from './parameters';

export type Family = FeatureFamily | TokenFamily;

/** A family for rows of numbers. It learns by gradients (`descent`), or directly (`fit`). */
export interface FeatureFamily {
  readonly takes: 'features';
  /** The model for rows of `features` numbers, with `outputs` numbers for each: classes, or 1. */
  model(hyperparameters: Hyperparameters, features: number, outputs: number): FeatureModel;
  /** How gradients are followed. */
  readonly descent?: ((hyperparameters: Hyperparameters) => FeatureDescent) | undefined;
  /** Begins to fit the parameters of `model`, or goes on from a saved state. */
  readonly fit?:
    ((request: FitRequest, from?: Readonly<Record<string, Float64Array>>) => DirectFit) | undefined;
}

/** Parameters and the way from a row to what is said of it: predictions and `model.onnx` are made of it, too. */
export interface FeatureModel {
  readonly parameters: readonly Parameter[];
  /** All that `forward` depends on beside its arguments and the shapes of the parameters, as text. */
  readonly structure: string;
  /** `[batch, features]` -> `[batch, outputs]`: logits of the classes, or the standardised target. */
  forward(weights: Weights, x: tf.Tensor2D): tf.Tensor2D;
}

/** The settings of `protocol/hyperparameters.ts`, in their units. */
export interface FeatureDescent {
  readonly batch: number;
  readonly epochs: number;
  readonly lr: number;
  readonly warmup: number;
  readonly patience: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly classWeights: 'auto' | 'balanced' | 'none';
}

export interface FitRequest {
  readonly hyperparameters: Hyperparameters;
  /** Training rows. */
  readonly x: EncodedRows;
  /** `[rows]`: class index, or standardised value. */
  readonly wanted: Int32Array | Float32Array;
  readonly outputs: number;
  /** Which stretch of a row of `x` stands for which column. */
  readonly blocks: readonly FeatureBlock[];
}

/** A direct fit, in slices of a few dozen milliseconds, between which it can be paused, stopped and saved. */
export interface DirectFit {
  readonly slices: number;
  /** Does slice 0 … slices - 1, in this order. */
  slice(number: number): void;
  /** All that is needed to go on behind the latest slice. */
  state(): Readonly<Record<string, Float64Array>>;
  /** The parameters as they follow from the slices so far, flat, in the order that the model declares. */
  weights(): Float32Array;
}

/** A family for running text, as tokens. */
export interface TokenFamily {
  readonly takes: 'tokens';
  model(hyperparameters: Hyperparameters, vocabulary: number): TokenModel;
  descent(hyperparameters: Hyperparameters): TokenDescent;
}

export interface TokenModel {
  readonly parameters: readonly Parameter[];
  /** As of `FeatureModel`. */
  readonly structure: string;
  /** Tokens that it can look back on. */
  readonly context: number;
  readonly vocabulary: number;
  /** `[batch, time]` int32 -> logits `[batch * time, vocabulary]` of each next token. */
  forward(weights: Weights, tokens: tf.Tensor2D): tf.Tensor2D;
  readonly decoding: CachedDecoding;
}

export interface TokenDescent {
  readonly batch: number;
  readonly steps: number;
  readonly evaluateEvery: number;
  readonly sampleEvery: number;
  readonly lr: number;
  readonly warmup: number;
  readonly patience: number;
  readonly weightDecay: number;
  readonly clip: number;
}

/** Writing token by token, with the keys and values of earlier positions kept. */
export interface CachedDecoding {
  /** `[layers, heads, context, width / heads]` of keys and of values. */
  readonly cache: readonly [number, number, number, number];
  /** `tokens` `[1, context]` int32, padded at the end; `last` `[1]` int32, the position of the last real token. */
  prefill(weights: Weights, tokens: tf.Tensor2D, last: tf.Tensor1D): Prefilled;
  /** Takes in one token behind what the caches hold. */
  step(weights: Weights, inputs: StepInputs): Step;
}

/** What a whole prompt leaves behind. */
export interface Prefilled {
  /** `[vocabulary]`, of the token after the last one. */
  readonly logits: tf.Tensor1D;
  /** `[layers, heads, context, width / heads]`; rows behind the prompt's end mean nothing. */
  readonly keys: tf.Tensor4D;
  readonly values: tf.Tensor4D;
}

export interface StepInputs {
  /** `[1]` int32 each. */
  readonly token: tf.Tensor1D;
  readonly position: tf.Tensor1D;
  /** `[context]`: 0 for cached positions, a large negative number for the others. */
  readonly mask: tf.Tensor1D;
  /** `[layers, heads, context, width / heads]` */
  readonly keys: tf.Tensor4D;
  readonly values: tf.Tensor4D;
}

export interface Step {
  /** `[vocabulary]` */
  readonly logits: tf.Tensor1D;
  /** `[layers, heads, width / heads]`, the rows that belong at `position` in the caches. */
  readonly keys: tf.Tensor3D;
  readonly values: tf.Tensor3D;
}
