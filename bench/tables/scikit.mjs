// @ts-check
/** The peer: scikit-learn in a virtual environment in the user's cache folder, made when it is first needed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../scripts/paths.mjs';

const execute = promisify(execFile);

/** @typedef {{ rmse: number, fitSeconds: number, seconds: number }} ScikitResult */

/**
 * The Python that has scikit-learn; undefined, with the reason said, where it cannot be had.
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>}
 */
export async function openScikit(say) {
  const folder = join(cacheFolder(), 'bench-scikit');
  const python =
    process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  try {
    if (existsSync(python) && (await hasPackages(python))) return python;
    say(`Installing scikit-learn into ${folder} …`);
    await mkdir(folder, { recursive: true });
    await execute('python3', ['-m', 'venv', folder]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', 'scikit-learn', 'pandas']);
    return python;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    say(`scikit-learn: left out, it cannot be installed here (${reason})`);
    return undefined;
  }
}

/** @param {string} python */
async function hasPackages(python) {
  return execute(python, ['-c', 'import sklearn, pandas']).then(
    () => true,
    () => false,
  );
}

/**
 * Fits scikit-learn's MLP to the diamonds and answers with its error on a held-out fifth.
 * @param {string} python
 * @param {string} path
 * @param {number} seed
 * @returns {Promise<ScikitResult>}
 */
export async function fitScikit(python, path, seed) {
  const started = performance.now();
  const script = join(import.meta.dirname, 'scikit.py');
  const { stdout } = await execute(python, [script, path, String(seed)]);
  /** @type {unknown} */
  const result = JSON.parse(stdout);
  return {
    .../** @type {{ rmse: number, fitSeconds: number }} */ (result),
    seconds: (performance.now() - started) / 1000,
  };
}
