/** Transformers over characters, learnt by gradients. */
import type { TokenFamily, TokenModel } from '../family';
import { transformerPrefill, transformerStep } from './decode';
import { TransformerHyperparameters } from './description';
import { transformerForward, transformerParameters, type TransformerShape } from './transformer';

export const family: TokenFamily = {
  takes: 'tokens',
  model: (hyperparameters, vocabulary) =>
    transformerModel({ ...TransformerHyperparameters.parse(hyperparameters), vocabulary }),
  descent: (hyperparameters) => TransformerHyperparameters.parse(hyperparameters),
};

export function transformerModel(network: TransformerShape): TokenModel {
  const { layers, heads, width, context, vocabulary } = network;
  const shape = { layers, heads, width, context, vocabulary };
  return {
    parameters: transformerParameters(shape),
    structure: JSON.stringify({ family: 'transformer', ...shape }),
    context,
    vocabulary,
    forward: (weights, tokens) => transformerForward(shape, weights, tokens),
    decoding: {
      cache: [layers, heads, context, width / heads],
      prefill: (weights, tokens, last) => transformerPrefill(shape, weights, tokens, last),
      step: (weights, inputs) => transformerStep(shape, weights, inputs),
    },
  };
}
