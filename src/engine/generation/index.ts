/**
 * The room of generation: a trained language model and a prompt come in; text leaves, token by token, with its speed
 * and its perplexity. Knows programs and vocabularies, nothing of training or the editor.
 */
export { Decoder } from './decoder';
export { generate, type GenerateHooks } from './generate';
export { LanguageModel } from './language-model';
