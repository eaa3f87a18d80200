/** Draws tokens. Counter-based: the n-th draw depends on the seed and n alone, whatever was drawn before. */
import { uniformAt } from '../../datasets/random';

/** Keeps the draws of texts apart from the other uses of a seed. */
const stream = 0x7e57;

/** A token drawn from softmax(logits), by the inverse of its cumulative distribution at draw `counter` of `seed`. */
export function drawToken(logits: Float32Array, seed: number, counter: number): number {
  return tokenAt(logits, uniformAt(seed, stream, counter));
}

/** The token at which the cumulative distribution of softmax(logits) passes `share`, 0 to 1. */
export function tokenAt(logits: Float32Array, share: number): number {
  let greatest = -Infinity;
  for (const logit of logits) if (logit > greatest) greatest = logit;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - greatest);
  let left = share * total;
  let last = 0;
  for (let token = 0; token < logits.length; token++) {
    const weight = Math.exp((logits[token] as number) - greatest);
    if (weight === 0) continue;
    left -= weight;
    last = token;
    if (left < 0) return token;
  }
  // Rounding may leave a remainder behind the last token.
  return last;
}

/** -ln of the probability of `token` under softmax(logits), nats. */
export function surprisal(logits: Float32Array, token: number): number {
  let greatest = -Infinity;
  for (const logit of logits) if (logit > greatest) greatest = logit;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - greatest);
  return greatest + Math.log(total) - (logits[token] as number);
}
