// @ts-check
/** Python peers: one virtual environment each, outside the project, made when it is first needed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../scripts/paths.mjs';

const execute = promisify(execFile);

/** Folder for peers: MODEL_LAB_CACHE, else the user's cache folder. */
export function peersFolder() {
  return process.env['MODEL_LAB_CACHE'] || cacheFolder();
}

/** @typedef {{ folder: string, packages: readonly string[], modules: readonly string[] }} PythonPeer */

/** The peers of the benchmarks, in the versions that are measured. @type {Record<'torch' | 'tensorflow' | 'jax', PythonPeer>} */
export const PYTHON_PEERS = {
  torch: { folder: 'torch-2.13.0', packages: ['torch==2.13.0', 'numpy'], modules: ['torch', 'numpy'] },
  tensorflow: {
    folder: 'tensorflow-2.21.0',
    packages: ['tensorflow-cpu==2.21.0'],
    modules: ['tensorflow'],
  },
  jax: { folder: 'jax-0.10', packages: ['jax==0.10.*'], modules: ['jax'] },
};

/**
 * The Python that has the peer's packages. Rejects with the reason where they cannot be had.
 * @param {PythonPeer} peer
 * @param {(line: string) => void} say
 * @returns {Promise<string>}
 */
export async function openPython({ folder, packages, modules }, say) {
  const place = join(peersFolder(), folder);
  const python =
    process.platform === 'win32' ? join(place, 'Scripts', 'python.exe') : join(place, 'bin', 'python');
  if (existsSync(python) && (await canImport(python, modules))) return python;
  say(`Installing ${packages.join(' ')} into ${place} …`);
  await mkdir(place, { recursive: true });
  if (!existsSync(python)) await execute('python3', ['-m', 'venv', place]);
  await pip(python, ['install', '--quiet', ...packages]);
  return python;
}

/**
 * Runs pip. Rejects with pip's own last line of complaint.
 * @param {string} python
 * @param {readonly string[]} args
 */
export async function pip(python, args) {
  const options = ['--disable-pip-version-check', '--retries', '1'];
  await execute(python, ['-m', 'pip', ...args, ...options], { maxBuffer: 64 << 20 }).catch(
    (/** @type {unknown} */ error) => {
      const { stderr = '' } = /** @type {{ stderr?: string }} */ (error);
      const complaint = stderr.split('\n').findLast((line) => line.startsWith('ERROR'));
      throw new Error(complaint ?? `pip ${args.join(' ')} failed`, { cause: error });
    },
  );
}

/** @param {string} python @param {readonly string[]} modules */
function canImport(python, modules) {
  const missing = modules.map((module) => `find_spec("${module}") is None`).join(' or ');
  return execute(python, ['-c', `from importlib.util import find_spec; raise SystemExit(${missing})`]).then(
    () => true,
    () => false,
  );
}
