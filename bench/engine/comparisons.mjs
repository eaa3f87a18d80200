// @ts-check
/** What follows from the figures: the share of the peak, and how far losses are apart. */
import { NETWORKS, stepFlops } from './cases.mjs';

/**
 * One line of results.json.
 * @typedef {object} Kept
 * @property {string} case
 * @property {string} title
 * @property {string} unit
 * @property {number} threads
 * @property {string} engine
 * @property {string} version
 * @property {number} median
 * @property {number} min
 * @property {number} max
 * @property {number} runs
 * @property {readonly number[]} losses
 * @property {number} openMs
 * @property {string} date
 * @property {string} machine
 */

/**
 * GFLOP/s of the matrix products of the nanoGPT step, beside the measured peak at the same number of threads.
 * @param {readonly Pick<Kept, 'case' | 'threads' | 'engine' | 'median'>[]} kept
 * @returns {{ threads: number, engine: string, peak: number, reached: number }[]}
 */
export function peaksReached(kept) {
  const network = NETWORKS.gpt;
  if (network.kind !== 'transformer') return [];
  const flops = stepFlops(network);
  return kept
    .filter((line) => line.case === 'gpt')
    .flatMap(({ threads, engine, median }) => {
      const peak = kept.find(
        (line) => line.case === 'gemm' && line.engine === 'plain-onnx' && line.threads === threads,
      );
      return peak ? [{ threads, engine, peak: peak.median, reached: flops / median / 1e6 }] : [];
    });
}

/**
 * The farthest that two courses of losses are apart over the steps that both have, relative to the first.
 * @param {readonly number[]} ours @param {readonly number[]} theirs
 */
export function farthestApart(ours, theirs) {
  const steps = Math.min(ours.length, theirs.length);
  let farthest = 0;
  for (let step = 0; step < steps; step++) {
    const own = ours[step] ?? NaN;
    farthest = Math.max(farthest, Math.abs((theirs[step] ?? NaN) - own) / Math.abs(own));
  }
  return farthest;
}
