// @ts-check
/**
 * How long a table of 100,000 rows and 12 columns takes from its bytes on disk to figures, plots and relations of every
 * column, in turns with pandas' `read_csv` and `describe` in the same run.
 *
 *   node bench/overview/index.mjs                 three turns each
 *   node bench/overview/index.mjs --rows 1000000  a larger table
 *   node bench/overview/index.mjs --processor     the processor's time, for a look on a busy machine
 *   node bench/overview/index.mjs --json          one JSON object per result
 *
 * pandas is looked for by `python3`, or by the Python that the environment variable MODEL_LAB_PYTHON names.
 */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
    processor: { type: 'boolean', default: false },
    rows: { type: 'string', default: '100000' },
    turns: { type: 'string', default: '3' },
  },
});
const rows = Math.max(10, Number(options.rows));

const PEER = `
import sys, time
import pandas
clock = time.process_time if sys.argv[1:] == ["processor"] else time.perf_counter
print("ready", flush=True)
for line in sys.stdin:
    start = clock()
    frame = pandas.read_csv(line.strip())
    frame.describe(include="all")
    print((clock() - start) * 1000, flush=True)
`;

const folder = mkdtempSync(join(tmpdir(), 'model-lab-overview-'));
const path = join(folder, 'table.csv');
const python = spawn(
  process.env['MODEL_LAB_PYTHON'] || 'python3',
  ['-c', PEER, ...(options.processor ? ['processor'] : [])],
  {
    stdio: ['pipe', 'pipe', 'ignore'],
  },
);
/** @type {AsyncIterator<string, undefined>} */
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
const peer = Promise.race([
  answers.next().then(({ value }) => value === 'ready'),
  once(python, 'error').then(() => false),
]);
try {
  writeFileSync(path, tableOf(rows));
  const outfile = join(folder, 'overview.mjs');
  await build({
    stdin: {
      contents: `
        import '../../catalogue';
        export { openFeatures } from '../features/open-features';
        export { overview } from './overview-requests';
        export { inspect } from './dataset-requests';`,
      resolveDir: join(root, 'src/engine/server'),
      loader: 'ts',
    },
    ...{ bundle: true, platform: 'node', format: 'esm', splitting: true, outdir: folder, logLevel: 'error' },
    entryNames: 'overview',
    outExtension: { '.js': '.mjs' },
    banner: {
      js: "import { createRequire as requireMaker } from 'node:module'; const require = requireMaker(import.meta.url);",
    },
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/*'],
  });
  const bundle = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  const lab =
    /** @type {{ openFeatures(): Promise<void> } & Pick<typeof import('../../src/engine/server/overview-requests'), 'overview'> & Pick<typeof import('../../src/engine/server/dataset-requests'), 'inspect'>} */ (
      bundle
    );
  await lab.openFeatures();
  const listener = { progress: () => undefined, signal: new AbortController().signal };
  let turn = 0;
  const timed = async (/** @type {boolean} */ known) => {
    // Another question than the last one: what the inspection has kept must not help.
    const question = { path, target: turn++ % 2 === 0 ? 'price' : 'quality' };
    if (known) await lab.inspect(question);
    const start = performance.now();
    const used = process.cpuUsage();
    await lab.overview(question, listener);
    const { user, system } = process.cpuUsage(used);
    return [options.processor ? (user + system) / 1000 : performance.now() - start];
  };
  const isThere = await peer;
  if (!isThere) console.error('pandas: not found by python3 or MODEL_LAB_PYTHON, left out.');
  const pandas = async () => {
    python.stdin.write(`${path}\n`);
    const { value } = await answers.next();
    return [Number(value)];
  };
  const contestants = [
    { engine: 'lab', measure: () => timed(false) },
    { engine: 'lab, inspected', measure: () => timed(true) },
    ...(isThere ? [{ engine: 'pandas', measure: pandas }] : []),
  ];
  report(
    await inTurns(
      'overview',
      `${rows.toLocaleString('en-US')} x 12`,
      'ms',
      contestants,
      Number(options.turns),
    ),
    options.json,
  );
} finally {
  python.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Numbers with and without gaps, categories, dates, a name, a text. @param {number} rows */
function tableOf(rows) {
  let state = 12345;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  const pick = (/** @type {readonly string[]} */ from) => from[Math.floor(random() * from.length)] ?? '';
  const words = [
    'soft',
    'round',
    'old',
    'bright',
    'heavy',
    'blue',
    'worn',
    'plain',
    'new',
    'small',
    'fine',
    'odd',
  ];
  const lines = ['carat,depth,width,length,age,cut,colour,city,sold,note,quality,price'];
  for (let row = 0; row < rows; row++) {
    const carat = random() * random() * 5;
    lines.push(
      [
        carat.toFixed(2),
        (55 + random() * 10).toFixed(1),
        random() < 0.05 ? '' : (random() * 9).toFixed(3),
        (carat * 2 + random()).toFixed(3),
        Math.floor(random() * 90),
        pick(['fair', 'good', 'very good', 'premium', 'ideal']),
        pick(['D', 'E', 'F', 'G', 'H', 'I', 'J']),
        `city ${Math.floor(random() ** 2 * 400)}`,
        `20${10 + Math.floor(random() * 15)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-11`,
        Array.from({ length: 3 + Math.floor(random() * 9) }, () => pick(words)).join(' '),
        carat > 1.5 ? pick(['high', 'high', 'low']) : pick(['low', 'middle']),
        Math.round(carat * 4000 + random() * 800),
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
