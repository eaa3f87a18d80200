// @ts-check
/** Other readers of tables on the same files: DuckDB's sniffer, and the one of Python's standard library. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { npm } from '../../scripts/command.mjs';
import { peersFolder } from '../python.mjs';

/** @typedef {import('./judge.mjs').PeerReading} PeerReading */
/** @typedef {{ path: string, utf8: string }} SavedFile the file, and the same text in UTF-8 for readers that know nothing else */
/**
 * What is used of DuckDB's binding.
 * @typedef {{ Delimiter: string, HasHeader: boolean, Columns: { type: string }[] }} Sniffed
 * @typedef {{ runAndReadAll: (sql: string) => Promise<{ getRowObjectsJson: () => [Sniffed] }> }} Connection
 * @typedef {{ DuckDBInstance: { create: (path: string) => Promise<{ connect: () => Promise<Connection> }> } }} DuckDb
 */
/** @typedef {{ name: string, read: (files: readonly SavedFile[]) => Promise<(PeerReading | undefined)[]> }} Peer */

const duckDbVersion = '1.5.6-r.1';
const numeric = /INT|DOUBLE|FLOAT|DECIMAL|REAL|NUMERIC/u;

/** @param {(line: string) => void} say @returns {Promise<Peer[]>} those that can be had */
export async function openPeers(say) {
  const peers = await Promise.all(
    [openDuckDb, openPython].map((open) =>
      open().catch((/** @type {unknown} */ error) => {
        say(`A peer cannot be had: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }),
    ),
  );
  return peers.filter((peer) => peer !== undefined);
}

/** @returns {Promise<Peer>} */
async function openDuckDb() {
  const place = join(peersFolder(), `duckdb-${duckDbVersion}`);
  if (!existsSync(join(place, 'node_modules', '@duckdb'))) {
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'package.json'), '{ "private": true }\n');
    await npm(
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', `@duckdb/node-api@${duckDbVersion}`],
      {
        cwd: place,
        quiet: true,
      },
    );
  }
  const loaded = /** @type {unknown} */ (createRequire(join(place, 'package.json'))('@duckdb/node-api'));
  const { DuckDBInstance } = /** @type {DuckDb} */ (loaded);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  /** @param {SavedFile} file @returns {Promise<PeerReading | undefined>} */
  const read = async ({ utf8 }) => {
    try {
      const answer = await connection.runAndReadAll(
        `SELECT Delimiter, HasHeader, Columns FROM sniff_csv('${utf8.replaceAll("'", "''")}')`,
      );
      const [row] = answer.getRowObjectsJson();
      return {
        separator: row.Delimiter,
        header: row.HasHeader,
        numbers: row.Columns.map(({ type }) => numeric.test(type)),
      };
    } catch {
      // It gives up on files that it finds no dialect for.
      return undefined;
    }
  };
  return {
    name: `DuckDB ${duckDbVersion}`,
    read: async (files) => {
      /** @type {(PeerReading | undefined)[]} */
      const readings = [];
      for (const file of files) readings.push(await read(file));
      return readings;
    },
  };
}

/** @returns {Promise<Peer>} */
async function openPython() {
  const script = fileURLToPath(new URL('sniff.py', import.meta.url));
  await promisify(execFile)('python3', ['--version']);
  return {
    name: "Python's csv.Sniffer",
    read: async (files) => {
      const { stdout } = await promisify(execFile)('python3', [script, ...files.map(({ utf8 }) => utf8)], {
        maxBuffer: 1 << 26,
      });
      const parsed = /** @type {unknown} */ (JSON.parse(stdout));
      const found = /** @type {({ separator: string, header: boolean } | null)[]} */ (parsed);
      return found.map((each) => (each === null ? undefined : { ...each, numbers: undefined }));
    },
  };
}
