// @ts-check
/**
 * How fast tables are read, against csv-parse, in turns in the same run.
 *
 *   node bench/csv/index.mjs             the diamonds, repeated to 20 MB, and 5,000 rows as at each keystroke
 *   node bench/csv/index.mjs --json      one JSON object per result
 *   node bench/csv/index.mjs --processor the processor's time also of reading, for a look on a busy machine
 *
 * Ours reads places and then every number column; csv-parse makes strings. Then the inspection of 100,000 rows, by the
 * processor's time. The data lie in the folder named by MODEL_LAB_DATA, or in ../shared/data; without them a table is
 * made up.
 */
import { parse } from 'csv-parse/sync';
import { build } from 'esbuild';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/paths.mjs';
import { inspectedRows, inspectTimes, mixedTable, processorTime } from './inspect.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    processor: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
  },
});
const runs = Math.max(1, Number(options.runs));
const megabytes = 20;

const folder = mkdtempSync(join(tmpdir(), 'model-lab-csv-'));
try {
  const outfile = join(folder, 'datasets.cjs');
  const contents =
    "import '../../catalogue'; export { readTable, sha256 } from './index'; export { summariseTable } from './summarise-table';";
  await build({
    stdin: { contents, resolveDir: join(root, 'src/engine/datasets'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const bundle = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  const datasets =
    /** @type {Pick<typeof import('../../src/engine/datasets'), 'readTable' | 'sha256'> & Pick<typeof import('../../src/engine/datasets/summarise-table'), 'summariseTable'>} */ (
      bundle
    );

  const lines = source().trimEnd().split('\n');
  const [header = '', ...rows] = lines;
  const small = Buffer.from([header, ...rows.slice(0, 5000)].join('\n') + '\n');
  const copies = Math.ceil((megabytes * 1e6) / Buffer.byteLength(rows.join('\n')));
  const large = Buffer.from(header + '\n' + (rows.join('\n') + '\n').repeat(copies));

  const ours = (/** @type {Uint8Array} */ bytes) => {
    const table = datasets.readTable(bytes);
    table.columns.forEach((_, column) => table.numbers(column));
    return table.rows;
  };
  const theirs = (/** @type {Buffer} */ bytes) => parse(bytes).length - 1;
  const places = (/** @type {Uint8Array} */ bytes) => datasets.readTable(bytes).rows;
  for (const [name, bytes] of /** @type {const} */ ([
    [`${megabytes} MB`, large],
    ['5,000 rows', small],
  ])) {
    /** @type {Record<string, number[]>} */
    const times = { lab: [], 'lab, places only': [], 'csv-parse': [] };
    for (let run = 0; run < runs; run++) {
      for (const [engine, work] of /** @type {const} */ ([
        ['lab', ours],
        ['lab, places only', places],
        ['csv-parse', theirs],
      ])) {
        const start = performance.now();
        const processor = processorTime(() => {
          work(bytes);
        });
        times[engine]?.push(options.processor ? processor : performance.now() - start);
      }
    }
    report(name, bytes.length, times);
  }
  const tall = Buffer.from(
    [header, ...Array.from({ length: inspectedRows }, (_, i) => rows[i % rows.length] ?? '')].join('\n') +
      '\n',
  );
  for (const [name, bytes] of /** @type {const} */ ([
    ['100,000 rows', tall],
    ['100,000 mixed rows', mixedTable()],
  ])) {
    const path = 'table.csv';
    const inspect = (/** @type {Uint8Array} */ own) => {
      const facts = { path, sha256: datasets.sha256(own), bytes: own.length };
      datasets.summariseTable(datasets.readTable(own, { path }), {}, facts);
    };
    const times = inspectTimes(bytes, { inspect, peer: theirs, runs });
    report(name, bytes.length, times.inProcess);
    report(name, bytes.length, times.command);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function source() {
  const path = join(process.env['MODEL_LAB_DATA'] || join(root, '..', 'shared', 'data'), 'diamonds.csv');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const made = Array.from(
    { length: 50_000 },
    (_, i) => `${(i % 997) / 100},"kind ${i % 7}",${i},${(i * 7919) % 10_007}`,
  );
  return ['size,kind,number,other', ...made].join('\n');
}

/**
 * @param {string} name
 * @param {number} bytes
 * @param {Record<string, number[]>} times milliseconds
 */
function report(name, bytes, times) {
  const medians = Object.entries(times).map(([engine, all]) => {
    const sorted = [...all].sort((a, b) => a - b);
    const [min = 0] = sorted;
    const median = sorted[sorted.length >> 1] ?? 0;
    const max = sorted.at(-1) ?? 0;
    if (options.json) {
      console.log(JSON.stringify({ bench: 'csv', case: name, engine, median, unit: 'ms', min, max, runs }));
    }
    return { engine, median };
  });
  if (options.json) return;
  const slowest = medians.at(-1)?.median ?? 0;
  for (const { engine, median } of medians) {
    const speed = (bytes / 1000 / median).toFixed(0);
    const ratio = (slowest / median).toFixed(1);
    console.log(
      `${name.padEnd(20)}${engine.padEnd(24)}${median.toFixed(1).padStart(9)} ms ${speed.padStart(5)} MB/s ${ratio.padStart(6)} times csv-parse`,
    );
  }
}
