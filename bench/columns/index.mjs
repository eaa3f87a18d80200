// @ts-check
/**
 * A table of many rows and twenty columns, as CSV and as Parquet: inspecting it, the way to the first step of a training
 * and an epoch of a 64-64 perceptron, with the memory that it takes; beside pandas' `describe` and DuckDB's `SUMMARIZE`.
 *
 *   node bench/columns/index.mjs                    1,000,000 rows
 *   node bench/columns/index.mjs --rows 100000 --python /path/to/python
 *
 * Parquet and the peers need a Python with pyarrow, pandas and duckdb; without it they are left out.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/paths.mjs';
import { buildLab } from './build-lab.mjs';
import { target, writeRows } from './rows.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    python: { type: 'string', default: 'python3' },
  },
});

const peers = join(root, 'bench/columns/peers.py');
const lab = join(root, 'dist/bench-columns.cjs');
const folder = mkdtempSync(join(tmpdir(), 'model-lab-columns-'));

/** @param {readonly string[]} args */
const python = (...args) => execFileSync(options.python, [peers, ...args], { encoding: 'utf8' });
/** @typedef {Record<string, { wall: number, processor: number }> & { megabytes: number }} Measured */

/**
 * @param {readonly string[]} args
 * @returns {Measured}
 */
function measure(...args) {
  const printed = execFileSync(process.execPath, [lab, ...args], { encoding: 'utf8' });
  const parsed = /** @type {unknown} */ (JSON.parse(printed));
  return /** @type {Measured} */ (parsed);
}

/** @param {{ wall: number, processor: number } | undefined} moment */
const seconds = (moment) =>
  `${(moment?.wall ?? NaN).toFixed(2)} s (${(moment?.processor ?? NaN).toFixed(2)} s of the processor)`;

try {
  await buildLab(lab);
  const csv = join(folder, 'rows.csv');
  writeRows(csv, Number(options.rows));
  const files = [csv];
  try {
    python('convert', csv, join(folder, 'rows.parquet'));
    files.push(join(folder, 'rows.parquet'));
  } catch {
    console.error('Parquet is left out: no Python with pyarrow.');
  }
  for (const file of files) {
    console.log(`\n${file.endsWith('.csv') ? 'CSV' : 'Parquet'}, ${options.rows} rows`);
    const inspected = measure('inspect', file, target);
    console.log(`  inspected         ${seconds(inspected['done'])}`);
    const trained = measure('train', file, target, folder);
    const [first, epoch] = [trained['first'], trained['epoch']];
    console.log(`  first step        ${seconds(first)}`);
    if (first && epoch) {
      const one = { wall: epoch.wall - first.wall, processor: epoch.processor - first.processor };
      console.log(`  one epoch         ${seconds(one)}`);
    }
    console.log(`  memory            ${Math.round(trained.megabytes)} MB`);
    for (const peer of ['pandas', 'duckdb']) {
      try {
        const [wall = NaN, processor = NaN] = python('measure', peer, file).trim().split(' ').map(Number);
        const ratio = (inspected['done']?.processor ?? NaN) / processor;
        console.log(
          `  ${peer.padEnd(16)}  ${seconds({ wall, processor })}, inspection takes ${ratio.toFixed(2)} of it`,
        );
      } catch {
        console.error(`  ${peer} is left out.`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
