/** What the families for tables have in common: rows of numbers in, one row of outputs each. */
import type * as tf from '@tensorflow/tfjs-core';
import type { ModelChoice } from '../../protocol';
import { linearForward, linearParameters } from './linear';
import { mlpForward, mlpParameters } from './mlp';
import type { Parameter, Weights } from './parameters';

/** The families for tables. */
export type TableChoice = Extract<ModelChoice, { family: 'linear' | 'mlp' }>;
export type TextChoice = Extract<ModelChoice, { family: 'transformer' }>;

export interface TableModel {
  readonly parameters: readonly Parameter[];
  /** All that `forward` depends on beside its arguments and the shapes of the parameters, as text. */
  readonly structure: string;
  /** `[batch, features]` -> `[batch, outputs]`: logits of the classes, or the standardised target. */
  forward(weights: Weights, x: tf.Tensor2D): tf.Tensor2D;
}

/** `outputs` is the number of classes, or 1 for a regression. */
export function tableModel(choice: TableChoice, features: number, outputs: number): TableModel {
  switch (choice.family) {
    case 'linear':
      return {
        parameters: linearParameters(features, outputs),
        structure: choice.family,
        forward: linearForward,
      };
    case 'mlp': {
      const { family, hyperparameters } = choice;
      const { layers, width, activation } = hyperparameters;
      return {
        structure: JSON.stringify({ family, layers, width, activation }),
        parameters: mlpParameters(hyperparameters, features, outputs),
        forward: (weights, x) => mlpForward(hyperparameters, weights, x),
      };
    }
  }
}
