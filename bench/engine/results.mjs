// @ts-check
/** What follows from the figures, and their place on disk: results.json keeps them, bench/RESULTS.md shows them. */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';
import { farthestApart, peaksReached } from './comparisons.mjs';
import { renderResults } from './results-page.mjs';

/** @typedef {import('./measure-case.mjs').Measured} Measured */
/** @typedef {import('./comparisons.mjs').Kept} Kept */

/** Losses and shares of the peak, in words. @param {readonly Measured[]} all */
export function gatherNotes(all) {
  const kept = all.map(toKept);
  const notes = peaksReached(kept).map(
    ({ threads, engine, peak, reached }) =>
      `gpt, ${String(threads)} threads, ${engine}: ${reached.toFixed(0)} GFLOP/s in matrix products, ` +
      `${((100 * reached) / peak).toFixed(0)} % of ONNX Runtime's ${peak.toFixed(0)}`,
  );
  for (const ours of kept.filter(({ engine, losses }) => engine === 'onnx' && losses.length > 0)) {
    for (const theirs of kept) {
      if (theirs.case !== ours.case || theirs.threads !== ours.threads || theirs === ours) continue;
      const steps = Math.min(ours.losses.length, theirs.losses.length);
      notes.push(
        `${ours.case}, ${String(ours.threads)} threads: losses of ${theirs.engine} over ${String(steps)} steps ` +
          `within ${farthestApart(ours.losses, theirs.losses).toExponential(1)} of onnx ` +
          `(${(ours.losses[0] ?? NaN).toFixed(4)} -> ${(ours.losses[steps - 1] ?? NaN).toFixed(4)})`,
      );
    }
  }
  return notes;
}

/**
 * Puts new figures in the place of the old ones of the same case, engine and threads, and renders the page.
 * @param {readonly Measured[]} all
 */
export async function keepResults(all) {
  const path = join(root, 'bench/engine/results.json');
  /** @type {unknown} */
  const stored = existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : [];
  const fresh = all.map(toKept);
  const key = (/** @type {Kept} */ line) => `${line.case}|${line.engine}|${String(line.threads)}`;
  const replaced = new Set(fresh.map(key));
  const kept = [.../** @type {Kept[]} */ (stored).filter((line) => !replaced.has(key(line))), ...fresh];
  const lines = kept.map((line) => JSON.stringify(line));
  await replaceFile(path, `[\n${lines.join(',\n')}\n]\n`);
  await replaceFile(join(root, 'bench/RESULTS.md'), renderResults(kept));
}

/** @param {Measured} measured @returns {Kept} */
function toKept({ result, case: measured, threads, engine, version, losses, openMs }) {
  const round = (/** @type {number} */ value) => Number(value.toPrecision(5));
  return {
    case: measured.name,
    title: measured.title,
    unit: measured.unit,
    threads,
    engine,
    version,
    median: round(result.median),
    min: round(result.min),
    max: round(result.max),
    runs: result.runs,
    losses: losses.map((loss) => Number(loss.toPrecision(7))),
    openMs: round(openMs),
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
  };
}

/** Processor, cores, memory, system and Node. */
function machine() {
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  const model = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  const system = `${os.type()} ${os.arch()}`;
  return `${model}, ${String(os.availableParallelism())} processors, ${String(gigabytes)} GiB, ${system}, Node ${process.versions.node}`;
}

/** @param {string} path @param {string} text */
async function replaceFile(path, text) {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
