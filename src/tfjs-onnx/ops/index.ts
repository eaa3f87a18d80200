/**
 * Formulas of neural networks with gradients of their own, cheaper than what the tape would find. They are plain
 * TensorFlow.js on every backend and become good nodes where programs are recorded.
 */
export { attend, causalSelfAttention, mergeHeads, projectHeads } from './causal-attention';
export type { AttentionShape, HeadProjections } from './causal-attention';
export { gelu } from './gelu';
export { layerNorm, normalise } from './layer-norm';
export { lstm } from './lstm';
export type { LstmWeights } from './lstm';
export { softmaxCrossEntropy } from './softmax-cross-entropy';
