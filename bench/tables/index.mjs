// @ts-check
/**
 * How well and how fast the lab learns from tables, measured on the product's command line with real data.
 *
 *   npm run bench:tables             penguins, sms-spam, diamonds; scikit-learn's MLP beside the last
 *   npm run bench:tables -- --json   one JSON object per result
 *   npm run bench:tables -- --only diamonds --seeds 1,2,3,4,5
 *
 * The data lie in the folder named by MODEL_LAB_DATA, or in ../shared/data. What is missing is said and left out.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from '../../scripts/ensure-build.mjs';
import { ensureInstall } from '../../scripts/ensure-install.mjs';
import { root } from '../../scripts/paths.mjs';
import { train } from './lab.mjs';
import { fitScikit, openScikit } from './scikit.mjs';

/** @typedef {{ bench: string, case: string, engine: string, median: number, unit: string, min: number, max: number, runs: number }} Result */

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    seeds: { type: 'string' },
  },
});
const dataFolder = process.env['MODEL_LAB_DATA'] || join(root, '..', 'shared', 'data');
/** Seeds that every figure is taken over; without the option, those that `defaults` names for it. */
const seedsOr = (/** @type {readonly number[]} */ defaults) =>
  options.seeds === undefined ? defaults : parseSeeds(options.seeds);

await ensureInstall();
await ensureBuild();
const runsFolder = mkdtempSync(join(tmpdir(), 'model-lab-bench-'));
try {
  await onData('penguins.csv', measurePenguins);
  await onData('sms-spam.tsv', measureMessages);
  await onData('diamonds.csv', measureDiamonds);
} finally {
  rmSync(runsFolder, { recursive: true, force: true });
}

/**
 * Measures one data file, or says that it is missing.
 * @param {string} file
 * @param {(path: string) => Promise<void>} measure
 */
async function onData(file, measure) {
  if (options.only !== '' && !file.includes(options.only)) return;
  const path = join(dataFolder, file);
  if (existsSync(path)) await measure(path);
  else say(`${file}: left out, it is not in ${dataFolder} (set MODEL_LAB_DATA)`);
}

/** @param {string} path */
async function measurePenguins(path) {
  const runs = [];
  for (const seed of seedsOr([1, 2, 3, 4, 5])) {
    runs.push(await train([path, '--target', 'species', '--seed', String(seed), '--out', runsFolder]));
  }
  report('penguins', 'validation accuracy', 'lab', 'share', runs.map(accuracy));
  report('penguins', 'command to finished, engine start included', 'lab', 's', runs.map(seconds));
}

/** @param {string} path */
async function measureMessages(path) {
  const runs = [];
  for (const seed of seedsOr([1337])) {
    const folds = ['--folds', '5', '--seed', String(seed)];
    runs.push(await train([path, '--no-header', '--target', '1', ...folds, '--out', runsFolder]));
  }
  report('sms-spam', 'accuracy, 5-fold', 'lab', 'share', runs.map(accuracy));
  const f1 = runs.map(({ metrics }) => metrics.validation.f1 ?? NaN);
  report('sms-spam', 'F1 of spam, 5-fold', 'lab', 'share', f1);
  report('sms-spam', 'command to finished', 'lab', 's', runs.map(seconds));
}

/** @param {string} path */
async function measureDiamonds(path) {
  const python = await openScikit(say);
  /** @type {import('./lab.mjs').TrainResult[]} */
  const ours = [];
  /** @type {import('./scikit.mjs').ScikitResult[]} */
  const theirs = [];
  for (const seed of seedsOr([1, 2, 3])) {
    ours.push(await train([path, '--target', 'price', '--seed', String(seed), '--out', runsFolder]));
    if (python !== undefined) theirs.push(await fitScikit(python, path, seed));
  }
  report(
    'diamonds',
    'RMSE on a held-out fifth',
    'lab',
    'dollars',
    ours.map((run) => run.metrics.validation.rmse ?? NaN),
  );
  const lab = report('diamonds', 'command to finished', 'lab', 's', ours.map(seconds));
  if (theirs.length === 0) return;
  const peer = 'scikit-learn MLP 64-64, 30 epochs';
  report(
    'diamonds',
    'RMSE on a held-out fifth',
    peer,
    'dollars',
    theirs.map((run) => run.rmse),
  );
  const fit = report(
    'diamonds',
    'fit alone',
    peer,
    's',
    theirs.map((run) => run.fitSeconds),
  );
  const whole = report(
    'diamonds',
    'program to finished',
    peer,
    's',
    theirs.map((run) => run.seconds),
  );
  say(
    `diamonds: scikit-learn's fit takes ${ratio(fit, lab)}, its whole program ${ratio(whole, lab)} the time of the lab's whole command`,
  );
}

/** @param {import('./lab.mjs').TrainResult} run */
function accuracy(run) {
  return run.metrics.validation.accuracy ?? NaN;
}

/** @param {import('./lab.mjs').TrainResult} run */
function seconds(run) {
  return run.seconds;
}

/** @param {Result} theirs @param {Result} ours */
function ratio(theirs, ours) {
  return `${(theirs.median / ours.median).toFixed(2)} times`;
}

/**
 * Prints the figures of one case and answers with what was printed.
 * @param {string} dataset @param {string} what @param {string} engine @param {string} unit
 * @param {readonly number[]} values
 * @returns {Result}
 */
function report(dataset, what, engine, unit, values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ index) => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  const result = {
    bench: 'tables',
    case: `${dataset}: ${what}`,
    engine,
    median: round((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2),
    unit,
    min: round(at(0)),
    max: round(at(sorted.length - 1)),
    runs: values.length,
  };
  if (options.json) console.log(JSON.stringify(result));
  else {
    const { median, min, max, runs } = result;
    const spread = runs > 1 ? ` (${min} to ${max}, ${runs} runs)` : '';
    console.log(`${result.case.padEnd(52)} ${engine.padEnd(34)} ${median} ${unit}${spread}`);
    if (runs > 1) console.log(`  each: ${values.map(round).join(' ')}`);
  }
  return result;
}

/**
 * Whole numbers between commas; ends the program, with a word, where there are others.
 * @param {string} list @returns {readonly number[]}
 */
function parseSeeds(list) {
  const seeds = list.split(',').map(Number);
  if (seeds.every((seed) => Number.isInteger(seed) && seed >= 0)) return seeds;
  say(`--seeds wants whole numbers, e.g. --seeds 1,2,3, and not "${list}".`);
  process.exit(2);
}

/** Four significant digits. @param {number} value */
function round(value) {
  return Number(value.toPrecision(4));
}

/** What is not a result goes to standard error. @param {string} line */
function say(line) {
  console.error(line);
}
