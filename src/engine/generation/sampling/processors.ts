/**
 * Processors narrow the distribution of the next token: each takes logits `[vocabulary]` and changes them in place; a
 * token that is ruled out gets -Infinity. At least one token always stays.
 */
import { LabError } from '../../../protocol/errors';

export type LogitsProcessor = (logits: Float32Array) => void;

/** Divides by `value`: below 1 likely tokens get likelier. At 0 only the likeliest stays, the first of equals. */
export function temperature(value: number): LogitsProcessor {
  if (!(value >= 0)) throw new LabError('invalid', `The temperature must be 0 or more, not ${value}.`);
  if (value === 0) {
    return (logits) => {
      const best = argmax(logits);
      logits.fill(-Infinity);
      logits[best] = 0;
    };
  }
  return (logits) => {
    for (let token = 0; token < logits.length; token++) logits[token] = (logits[token] as number) / value;
  };
}

/** Keeps the `count` likeliest tokens, and those that equal the last of them. */
export function topK(count: number): LogitsProcessor {
  if (!(count >= 1)) throw new LabError('invalid', `top-k must keep at least one token, not ${count}.`);
  return (logits) => {
    if (count >= logits.length) return;
    const threshold = Float32Array.from(logits).sort()[logits.length - count] as number;
    for (let token = 0; token < logits.length; token++) {
      if ((logits[token] as number) < threshold) logits[token] = -Infinity;
    }
  };
}

/**
 * Keeps the smallest set of likeliest tokens whose probabilities reach `mass` together (nucleus sampling, Holtzman et
 * al. 2019, https://arxiv.org/abs/1904.09751).
 */
export function topP(mass: number): LogitsProcessor {
  if (!(mass > 0)) throw new LabError('invalid', `top-p must be more than 0, not ${mass}.`);
  return (logits) => {
    if (mass >= 1) return;
    const order = [...logits.keys()].sort((a, b) => (logits[b] as number) - (logits[a] as number) || a - b);
    const greatest = logits[order[0] as number] as number;
    let total = 0;
    for (const logit of logits) total += Math.exp(logit - greatest);
    let reached = 0;
    for (const token of order) {
      const share = Math.exp((logits[token] as number) - greatest) / total;
      if (reached >= mass) logits[token] = -Infinity;
      reached += share;
    }
  };
}

/** The likeliest token, the first of equals. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if ((logits[token] as number) > (logits[best] as number)) best = token;
  }
  return best;
}
