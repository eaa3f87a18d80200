/** Random numbers for splits: counter-based, so that the n-th number depends on the seed and n alone. */

/** Number `counter` of the stream `stream` of `seed`, uniform in [0, 1), 32 bits; the same on every machine. */
export function uniformAt(seed: number, stream: number, counter: number): number {
  let x = mix(Math.imul(seed | 0, 0x9e3779b1) ^ 0x243f6a88);
  x = mix(x ^ Math.imul(stream + 1, 0x85ebca6b));
  x = mix(x ^ Math.imul(counter + 1, 0xc2b2ae35));
  return x / 4294967296;
}

/** The 32-bit finaliser of C. Wellons' hash prospector ("lowbias32", bias 0.17). */
function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Shuffles in place (Fisher-Yates). */
export function shuffle(items: Uint32Array, seed: number, stream: number): Uint32Array {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(uniformAt(seed, stream, last) * (last + 1));
    const kept = items[last] as number;
    items[last] = items[other] as number;
    items[other] = kept;
  }
  return items;
}
