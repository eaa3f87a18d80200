// @ts-check
/**
 * A large table as a grid asks for it: opening, the first window, a filter with the summaries of eight columns, a sort, a
 * text that no cell holds; in turns with DuckDB, whose table lies in memory, in the same run.
 *
 *   node bench/grid-engine/index.mjs                            1,000,000 rows, 20 columns
 *   node bench/grid-engine/index.mjs --rows 10000000 --columns 4
 *   node bench/grid-engine/index.mjs --json                     one JSON object per result
 *   node bench/grid-engine/index.mjs --clock                    the wall's clock, which a busy machine slows
 *
 * Processor time (DuckDB on one thread), unless --clock is given. DuckDB is looked for by `python3`, or by the Python that
 * the environment variable MODEL_LAB_PYTHON names.
 */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/paths.mjs';
import { inTurns, report } from '../harness.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    clock: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    columns: { type: 'string', default: '20' },
    turns: { type: 'string', default: '3' },
  },
});
const rows = Math.max(10, Number(options.rows));
const columns = Math.max(4, Number(options.columns));
const turns = Number(options.turns);
/** The columns whose summaries a window of usual width shows. */
const visible = Array.from({ length: Math.min(8, columns) }, (_, column) => column);

const PEER = `
import json, sys, time
import duckdb
clock = time.perf_counter if sys.argv[1] == "clock" else time.process_time
base = duckdb.connect()
base.execute("set threads to 1")
base.execute("set enable_progress_bar = false")
print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    start = clock()
    if "open" in asked:
        base.execute("create or replace table t as select *, row_number() over () as n from read_csv(%s)" % repr(asked["open"]))
    for query in asked.get("queries", []):
        base.execute(query).fetchall()
    print((clock() - start) * 1000, flush=True)
`;

const folder = mkdtempSync(join(tmpdir(), 'model-lab-grid-'));
const path = join(folder, 'table.csv');
const python = spawn(
  process.env['MODEL_LAB_PYTHON'] || 'python3',
  ['-c', PEER, options.clock ? 'clock' : 'processor'],
  {
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
/** @type {AsyncIterator<string, undefined>} */
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
const peer = Promise.race([
  answers.next().then(({ value }) => value === 'ready'),
  once(python, 'error').then(() => false),
]);
try {
  writeTable();
  const outfile = join(folder, 'grids.mjs');
  await build({
    stdin: {
      contents: `
        import '../../catalogue';
        export { openFeatures } from '../features/open-features';
        export * from './grids';`,
      resolveDir: join(root, 'src/engine/server'),
      loader: 'ts',
    },
    ...{ bundle: true, platform: 'node', format: 'esm', splitting: true, outdir: folder, logLevel: 'error' },
    entryNames: 'grids',
    outExtension: { '.js': '.mjs' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/*', 'sharp'],
  });
  const bundle = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  const lab =
    /** @type {{ openFeatures(): Promise<void> } & typeof import('../../src/engine/server/grids')} */ (
      bundle
    );
  await lab.openFeatures();
  const isThere = await peer;
  if (!isThere) console.error('DuckDB: not found by python3 or MODEL_LAB_PYTHON, left out.');
  const context = { progress: () => undefined, signal: new AbortController().signal };
  const gridId = 'bench';
  const all = { filters: [] };
  let turn = 0;
  /** A range that was not asked for before: what is kept must not help. */
  const nextRange = () => {
    const from = 10 + (turn++ % 40);
    return { by: /** @type {const} */ ('range'), column: 0, from, to: from + 30, closed: false };
  };
  const open = () => lab.openGrid({ gridId, path }, context);
  const window = (/** @type {Parameters<typeof lab.readGridRows>[0]['view']} */ view) =>
    lab.readGridRows({ gridId, view, from: 0, to: 60, columns: visible }, context);
  const summarise = (/** @type {Parameters<typeof lab.readGridRows>[0]['view']} */ view) =>
    lab.summariseGrid({ gridId, view, columns: visible }, context);

  const bars = (/** @type {string} */ column, where = '') =>
    `select ${column}, count(*) from t ${where} group by 1 order by 2 desc limit 12`;
  const figures = (where = '') =>
    visible.flatMap((column) =>
      column % 4 === 1 || column % 4 === 2
        ? [bars(`c${column}`, where), `select count(distinct c${column}) from t ${where}`]
        : [
            `select count(*), count(c${column}), min(c${column}), max(c${column}), count(distinct c${column}) from t ${where}`,
            column % 4 === 3
              ? `select date_trunc('month', c${column}), count(*) from t ${where} group by 1`
              : `select avg(c${column}), median(c${column}), stddev(c${column}) from t ${where}`,
            ...(column % 4 === 3
              ? []
              : [`select floor(c${column} / 5), count(*) from t ${where} group by 1`]),
          ],
    );
  /** @type {readonly { name: string, ours: () => Promise<unknown>, theirs: () => object, before?: () => Promise<unknown> }[]} */
  const cases = [
    {
      name: 'open',
      before: () => Promise.resolve(lab.closeGrid(gridId)),
      ours: open,
      theirs: () => ({ open: path }),
    },
    {
      name: 'first window',
      before: async () => {
        lab.closeGrid(gridId);
        await open();
      },
      ours: () => window(all),
      theirs: () => ({ queries: ['select * from t limit 60'] }),
    },
    {
      name: 'first summaries',
      before: async () => {
        lab.closeGrid(gridId);
        await open();
      },
      ours: () => summarise(all),
      theirs: () => ({ queries: figures() }),
    },
    {
      name: 'filter, window and summaries',
      ours: async () => {
        const view = { filters: [nextRange()] };
        await window(view);
        await summarise(view);
      },
      theirs: () => {
        const { from, to } = nextRange();
        return { queries: figures(`where c0 >= ${from} and c0 < ${to}`) };
      },
    },
    {
      name: 'filter, window alone',
      ours: () => window({ filters: [nextRange()] }),
      theirs: () => {
        const { from, to } = nextRange();
        return { queries: [`select * from t where c0 >= ${from} and c0 < ${to} limit 60`] };
      },
    },
    {
      name: 'sort by a number',
      ours: () => window({ filters: [nextRange()], sort: { column: 0, descending: turn % 2 === 0 } }),
      theirs: () => ({
        queries: [
          `create or replace temp table s as select n from t where c0 >= ${nextRange().from} order by c0, n`,
        ],
      }),
    },
    {
      name: 'sort by words',
      ours: () => window({ filters: [nextRange()], sort: { column: 2, descending: turn % 2 === 0 } }),
      theirs: () => ({
        queries: [
          `create or replace temp table s as select n from t where c0 >= ${nextRange().from} order by c2, n`,
        ],
      }),
    },
    {
      name: 'find what is not there',
      ours: () => lab.findInGrid({ gridId, view: all, text: `nowhere ${turn++}`, from: 0 }, context),
      theirs: () => ({
        queries: [
          `select n from t where ${Array.from({ length: columns }, (_, column) => `contains(lower(c${column}::varchar), 'nowhere ${turn}')`).join(' or ')} limit 1`,
        ],
      }),
    },
  ];
  const time = options.clock
    ? () => performance.now()
    : () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      };
  for (const { name, before, ours, theirs } of cases) {
    const contestants = [
      {
        engine: 'lab',
        measure: async () => {
          await before?.();
          const start = time();
          await ours();
          return [time() - start];
        },
      },
      {
        engine: 'duckdb',
        measure: async () => {
          python.stdin.write(`${JSON.stringify(theirs())}\n`);
          return [Number((await answers.next()).value)];
        },
      },
    ];
    report(
      await inTurns('grid', name, 'ms', isThere ? contestants : contestants.slice(0, 1), turns),
      options.json,
    );
  }
  console.error(`${Math.round(process.memoryUsage().rss / 1e6)} MB in memory.`);
} finally {
  python.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** In turns: numbers with gaps, few words, many words, days. */
function writeTable() {
  let state = 12345;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  const colours = ['red', 'green', 'blue', 'white', 'black', 'grey'];
  const cells = [
    () => (random() < 0.02 ? '' : (random() * 60 + random() * 40).toFixed(2)),
    () => colours[Math.floor(random() ** 2 * 6)],
    () => `user ${Math.floor(random() ** 2 * 20_000)}`,
    () => `20${10 + Math.floor(random() * 15)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-11`,
  ];
  const file = openSync(path, 'w');
  writeSync(file, `${Array.from({ length: columns }, (_, column) => `c${column}`).join(',')}\n`);
  for (let from = 0; from < rows; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - from) }, () =>
      Array.from({ length: columns }, (_, column) => cells[column % 4]?.() ?? '').join(','),
    );
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
  // A fresh file would be given a rest first.
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(path, minuteAgo, minuteAgo);
}
