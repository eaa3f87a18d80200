// @ts-check
/**
 * How many files are read fully right: encoding, separator, header and its line, rows, names, kinds and numbers.
 *
 *   node bench/reading/index.mjs                 made and real files, then 300 random dialects, peers beside
 *   node bench/reading/index.mjs --faults        what was wrong with each file that was not right
 *   node bench/reading/index.mjs --keep FOLDER   keeps the files
 */
import { decode } from './encodings.mjs';
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/paths.mjs';
import { madeFiles } from './files.mjs';
import { asPeer, faults, judgePeer } from './judge.mjs';
import { openPeers } from './peers.mjs';
import { randomFiles } from './random.mjs';
import { realFiles } from './real.mjs';

/** @typedef {import('./write.mjs').BenchFile} BenchFile */
/** @typedef {import('../../src/protocol/dataset').TableSummary} TableSummary */

const { values: options } = parseArgs({
  options: {
    faults: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    keep: { type: 'string' },
    random: { type: 'string', default: '300' },
  },
});
const say = (/** @type {string} */ line) => console.error(line);

const folder = mkdtempSync(join(tmpdir(), 'model-lab-reading-'));
try {
  const inspect = await openLab(join(folder, 'datasets.cjs'));
  const peers = await openPeers(say);
  const sets = /** @type {const} */ ([
    ['made after files in public', madeFiles()],
    ['real', await realFiles(say)],
    ['random dialects', randomFiles(Number(options.random))],
  ]);
  for (const [set, files] of sets) await judgeSet(set, files, inspect, peers);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} outfile */
async function openLab(outfile) {
  await build({
    stdin: {
      contents: "import './catalogue'; export * from './engine/datasets';",
      resolveDir: join(root, 'src'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const bundle = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  return /** @type {typeof import('../../src/engine/datasets')} */ (bundle).inspectDataset;
}

/**
 * @param {string} set
 * @param {readonly BenchFile[]} files
 * @param {typeof import('../../src/engine/datasets').inspectDataset} inspect
 * @param {readonly import('./peers.mjs').Peer[]} peers
 */
async function judgeSet(set, files, inspect, peers) {
  const place = options.keep ?? join(folder, 'files');
  mkdirSync(place, { recursive: true });
  const saved = files.map(({ name, ending, bytes, expected }) => {
    const path = join(place, name.endsWith(ending) ? name : name + ending);
    const utf8 = join(place, `${name}.utf8.csv`);
    writeFileSync(path, bytes);
    writeFileSync(utf8, decode(bytes, expected.encoding.split('|')[0] ?? 'utf-8'));
    return { path, utf8 };
  });
  let right = 0;
  const ours = { dialect: 0, numbers: 0 };
  const began = performance.now();
  for (const [index, file] of files.entries()) {
    const { found, summary } = await readByLab(inspect, saved[index]?.path ?? '', file);
    if (found.length === 0) right++;
    else if (options.faults) console.log(`  ${file.name} (${file.like}): ${found.join('; ')}`);
    const judged = judgePeer(summary && asPeer(summary), file.expected);
    if (judged.dialect) ours.dialect++;
    if (judged.numbers) ours.numbers++;
  }
  const seconds = (performance.now() - began) / 1000;
  tell(set, 'lab', files.length, { right, ...ours, seconds });
  for (const peer of peers) {
    const readings = await peer.read(saved);
    const judged = readings.map((reading, index) =>
      judgePeer(reading, /** @type {BenchFile} */ (files[index]).expected),
    );
    const knowsNumbers = readings.some((reading) => reading?.numbers !== undefined);
    tell(set, peer.name, files.length, {
      dialect: judged.filter(({ dialect }) => dialect).length,
      ...(knowsNumbers ? { numbers: judged.filter(({ numbers }) => numbers).length } : {}),
    });
  }
}

/**
 * @param {typeof import('../../src/engine/datasets').inspectDataset} inspect
 * @param {string} path
 * @param {BenchFile} file
 * @returns {Promise<{ found: string[], summary?: TableSummary }>}
 */
async function readByLab(inspect, path, { expected }) {
  try {
    const summary = await inspect(path);
    if (summary.kind !== 'table') return { found: ['read as a text'] };
    return { found: faults(summary, expected), summary };
  } catch (error) {
    return { found: [error instanceof Error ? error.message : String(error)] };
  }
}

/**
 * @param {string} set
 * @param {string} reader
 * @param {number} files
 * @param {{ right?: number, dialect: number, numbers?: number, seconds?: number }} counts
 */
function tell(set, reader, files, { right, dialect, numbers, seconds }) {
  if (options.json) {
    console.log(
      JSON.stringify({
        bench: 'reading',
        case: set,
        engine: reader,
        files,
        right,
        dialect,
        numbers,
        seconds,
      }),
    );
    return;
  }
  const share = (/** @type {number | undefined} */ count) =>
    count === undefined
      ? '–'.padStart(16)
      : `${count} of ${files} (${((100 * count) / files).toFixed(1)} %)`.padStart(22);
  console.log(
    `${set.padEnd(28)}${reader.padEnd(24)} fully right ${share(right)}  separator and header ${share(dialect)}  and which columns are numbers ${share(numbers)}`,
  );
}
