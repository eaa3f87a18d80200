/** Writes text with a language model: prompt in, characters out, one after the other. */
import type { GenerationProgress, GenerationResult, SamplingOptions } from '../../protocol/generation';
import type { LanguageModel } from './language-model';
import { readPrompt } from './prompt';
import {
  afterTokens,
  drawToken,
  firstOf,
  processorsFor,
  surprisal,
  TextStream,
  whenAborted,
} from './sampling';

/** ms after which other work of this process gets a turn, so that a cancellation is heard. */
const turn = 20;

export interface GenerateHooks {
  readonly signal?: AbortSignal | undefined;
  /** At most ten times a second. */
  readonly onProgress?: ((progress: GenerationProgress) => void) | undefined;
}

/**
 * Writes up to `options.length` tokens behind the prompt. Cancellation ends the text, it does not reject. Equal model,
 * prompt and options give equal texts. One text at a time per model: a second one waits for the first.
 */
export async function generate(
  model: LanguageModel,
  prompt: string,
  options: SamplingOptions,
  hooks: GenerateHooks = {},
): Promise<GenerationResult> {
  const began = performance.now();
  return model.exclusively(() => write(model, prompt, options, hooks, began));
}

async function write(
  model: LanguageModel,
  prompt: string,
  options: SamplingOptions,
  hooks: GenerateHooks,
  began: number,
): Promise<GenerationResult> {
  const { decoder, vocabulary, context } = model;
  const { tokens: read, notes } = readPrompt(vocabulary, prompt, context);
  const processors = processorsFor(options);
  const stop = firstOf([afterTokens(options.length), whenAborted(hooks.signal)]);
  const stream = new TextStream(began, hooks.onProgress);
  const narrowed = new Float32Array(vocabulary.size);
  let nats = 0;
  let yielded = performance.now();
  let reason = stop(0);
  let logits = reason === undefined ? await decoder.read(read) : narrowed;
  while (reason === undefined) {
    narrowed.set(logits);
    for (const process of processors) process(narrowed);
    const token = drawToken(narrowed, options.seed, stream.tokens);
    nats += surprisal(logits, token);
    stream.write(vocabulary.characters[token] as string, performance.now());
    if (performance.now() - yielded > turn) {
      await new Promise((resolve) => setImmediate(resolve));
      yielded = performance.now();
    }
    reason = stop(stream.tokens);
    if (reason === undefined) logits = await decoder.append(token);
  }
  const progress = stream.progress(performance.now());
  hooks.onProgress?.(progress);
  return {
    ...progress,
    stopped: reason === 'stopped',
    notes,
    perplexity: stream.tokens > 0 ? Math.exp(nats / stream.tokens) : Number.NaN,
  };
}
