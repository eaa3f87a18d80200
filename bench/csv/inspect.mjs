// @ts-check
/**
 * The processor's time of looking at a table of 100,000 rows: by the engine's code in this process, and by the whole
 * command with the processes it starts. csv-parse, which makes strings of the same file, is measured beside both.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/paths.mjs';

export const inspectedRows = 100_000;

/** Adds what a process has used to a file when it ends, and hands itself on to the processes it starts. */
const METER = `import { appendFileSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  appendFileSync(process.env.MODEL_LAB_BENCH_METER, (user + system) / 1000 + '\\n');
});
`;
const PEER = `import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
parse(readFileSync(process.argv[2]));
`;

/** Money, dates, cities, sentences and a label with gaps: what real tables have beside plain numbers. */
export function mixedTable() {
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota'];
  const word = (/** @type {number} */ index) => words[index % words.length] ?? '';
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const rows = Array.from(
    { length: inspectedRows },
    (_, i) =>
      `2024-${two(1 + (i % 12))}-${two(1 + (i % 28))},$${(i * 7919) % 5000}.${10 + (i % 90)},city ${i % 300},` +
      `"${word(i)} ${word(i * 7)} ${i % 977}, ${word(i * 3)} and so on",${['yes', 'no', 'NA'][i % 3] ?? ''}`,
  );
  return Buffer.from(['when,amount,city,comment,label', ...rows].join('\n') + '\n');
}

/**
 * ms of the processor, in turns: in this process, and by the command, of which starting is a part.
 *
 * @param {Buffer} bytes
 * @param {{ inspect: (bytes: Uint8Array) => void, peer: (bytes: Buffer) => void, runs: number }} how
 */
export function inspectTimes(bytes, { inspect, peer, runs }) {
  const folder = mkdtempSync(join(tmpdir(), 'model-lab-inspect-'));
  // Beside this file, where the package is found.
  const peerScript = join(root, 'bench/csv', `peer-${process.pid}.mjs`);
  try {
    const file = join(folder, 'table.csv');
    const tiny = join(folder, 'tiny.csv');
    writeFileSync(file, bytes);
    writeFileSync(tiny, 'size,label\n1,a\n2,b\n3,a\n4,b\n');
    writeFileSync(join(folder, 'meter.mjs'), METER);
    writeFileSync(peerScript, PEER);
    const ours = (/** @type {string} */ table) =>
      metered(folder, [join(root, 'scripts/local-model-lab.mjs'), 'inspect', table]);
    // The first call may have to build.
    ours(tiny);
    const none = () => /** @type {number[]} */ ([]);
    const inProcess = { inspect: none(), 'csv-parse': none() };
    const command = {
      'inspect, command': none(),
      'of a table of 4 rows': none(),
      'csv-parse, process': none(),
    };
    for (let run = 0; run < runs; run++) {
      inProcess.inspect.push(
        processorTime(() => {
          inspect(bytes);
        }),
      );
      inProcess['csv-parse'].push(
        processorTime(() => {
          peer(bytes);
        }),
      );
      command['inspect, command'].push(ours(file));
      command['of a table of 4 rows'].push(ours(tiny));
      command['csv-parse, process'].push(metered(folder, [peerScript, file]));
    }
    return { inProcess, command };
  } finally {
    rmSync(peerScript, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * ms of the processor that the work takes.
 *
 * @param {() => void} work
 */
export function processorTime(work) {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/**
 * @param {string} folder
 * @param {string[]} argv
 */
function metered(folder, argv) {
  const meter = join(folder, 'times');
  writeFileSync(meter, '');
  const { status, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    env: {
      ...process.env,
      MODEL_LAB_BENCH_METER: meter,
      NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'meter.mjs')).href}`,
    },
  });
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`);
  return readFileSync(meter, 'utf8')
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
}
