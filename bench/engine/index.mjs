// @ts-check
/**
 * The engine and its peers, side by side and in turns: training, inference, writing, and the peak of matrix products.
 *
 *   npm run bench:engine
 *   npm run bench:engine -- --only gpt,mlp --peers torch,jax --threads 1,2 --turns 6
 *   npm run bench:engine -- --quick       few turns and only the fast peers
 *   npm run bench:engine -- --json        one JSON object per result
 *   npm run bench:engine -- --processor   processor time instead of the wall's clock, for a look on a busy machine
 *   npm run bench:engine -- --write       keeps the results in bench/engine/results.json and bench/RESULTS.md
 *
 * Every contestant is a process of its own. What cannot be had or fails is said by name, and the others go on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstall } from '../../scripts/ensure-install.mjs';
import { report } from '../harness.mjs';
import { bundle } from './bundle.mjs';
import { CASES, NETWORKS } from './cases.mjs';
import { bundled, CONTESTANTS } from './contestants.mjs';
import { measureCase } from './measure-case.mjs';
import { gatherNotes, keepResults } from './results.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    processor: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1,2' },
    turns: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});
const turns = Math.max(1, Number(options.turns || (options.quick ? 1 : 6)));
const cases = chosen(options.only, CASES);
const named = chosen(options.peers, CONTESTANTS);
const contestants = CONTESTANTS.filter(
  (kind) =>
    kind.name === 'onnx' || (named.includes(kind) && !(options.quick && options.peers === '' && kind.slow)),
);

if (options.processor) process.env['BENCH_CLOCK'] = 'processor';
await ensureInstall();
bundled.worker = await bundle('engine/lab/worker.ts', 'bench-engine');
const folder = mkdtempSync(join(tmpdir(), 'model-lab-bench-'));
try {
  const problems = await writeProblems();
  /** @type {import('./measure-case.mjs').Measured[]} */
  const all = [];
  for (const threads of options.threads.split(',').map(Number)) {
    const workers = await startAll(threads);
    for (const measured of cases) {
      const network = measured.network ? NETWORKS[measured.network] : undefined;
      const problem = measured.network ? problems.get(measured.network) : undefined;
      const task = { case: measured, ...(network && problem ? { network, problem } : {}) };
      const results = await measureCase(task, workers, { threads, turns, quick: options.quick, say });
      report(
        results.map(({ result }) => result),
        options.json,
      );
      all.push(...results);
      // At once: the whole takes half an hour, and what is measured shall not hang on its end.
      if (options.write && !options.processor) await keepResults(results);
    }
    await Promise.all(Array.from(workers.values(), (worker) => worker.close()));
  }
  for (const note of gatherNotes(all)) say(note);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** First weights and batches of every network that is measured, each in a file. @returns {Promise<Map<string, string>>} */
async function writeProblems() {
  const outfile = await bundle('engine/lab/problem.ts', 'bench-engine-problem');
  const module = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  const { writeProblem } = /** @type {typeof import('./lab/problem')} */ (module);
  const files = new Map();
  for (const name of new Set(cases.flatMap(({ network }) => network ?? []))) {
    const path = join(folder, `${name}.safetensors`);
    await writeProblem(path, NETWORKS[name]);
    files.set(name, path);
  }
  return files;
}

/** @param {number} threads */
async function startAll(threads) {
  /** @type {Map<import('./contestants.mjs').ContestantKind, import('../worker.mjs').Worker>} */
  const workers = new Map();
  for (const kind of contestants) {
    if (kind.singleThreaded && threads > 1) continue;
    if (!cases.some(({ measures }) => kind.measures.includes(measures))) continue;
    try {
      workers.set(kind, await kind.start(threads, say));
    } catch (error) {
      say(`${kind.title} is not measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return workers;
}

/**
 * The entries that a list of names asks for; all of them where it is empty.
 * @template {{ name: string }} T
 * @param {string} wish
 * @param {readonly T[]} from
 * @returns {readonly T[]}
 */
function chosen(wish, from) {
  if (wish === '') return from;
  return wish.split(',').map((name) => {
    const found = from.find((entry) => entry.name === name);
    if (!found)
      throw new Error(`There is no "${name}"; there are ${from.map((entry) => entry.name).join(', ')}.`);
    return found;
  });
}

/** What is not a result goes to standard error. @param {string} line */
function say(line) {
  console.error(line);
}
