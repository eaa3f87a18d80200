/** Writing text, token by token. */
import * as z from 'zod';

export const SamplingOptions = z.object({
  /** 0 takes the likeliest token always. */
  temperature: z.number().min(0).max(5).default(0.8),
  /** 0: no limit. */
  topK: z.int().min(0).max(10_000).default(0),
  /** 1: no limit. */
  topP: z.number().min(0.01).max(1).default(1),
  seed: z.int().min(0).max(0x7fffffff).default(1),
  /** Tokens to write. */
  length: z.int().min(1).max(100_000).default(500),
});
export type SamplingOptions = z.infer<typeof SamplingOptions>;

/** Sent at most ten times a second while a text is being written. */
export interface GenerationProgress {
  /** Everything written so far, prompt not included. */
  readonly text: string;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly firstTokenMs: number;
}

export interface GenerationResult extends GenerationProgress {
  /** Whether it was stopped before its length. */
  readonly stopped: boolean;
  /** e.g. prompt characters that the model never saw. */
  readonly notes: readonly string[];
  /** Perplexity of the written text under the model itself, no sampling rules applied. */
  readonly perplexity: number;
}
