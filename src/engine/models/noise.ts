/** Normal random numbers that depend on seed, stream and position alone: the same weights on every machine. */
import { uniformAt } from '../datasets/random';

/** Fills `out` with normal numbers of the given deviation (Box-Muller), a pair from each two uniform ones. */
export function fillNormal(out: Float32Array, deviation: number, seed: number, stream: number): void {
  for (let at = 0; at < out.length; at += 2) {
    // 1 - u is in (0, 1], so that the logarithm is finite.
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - uniformAt(seed, stream, at)));
    const angle = 2 * Math.PI * uniformAt(seed, stream, at + 1);
    out[at] = radius * Math.cos(angle);
    if (at + 1 < out.length) out[at + 1] = radius * Math.sin(angle);
  }
}
