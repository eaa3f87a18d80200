// @ts-check
/** PyTorch as a peer: a virtual environment outside the project and a process that answers measurements. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const VERSION = '2.13.0';

/** Folder for peers, outside the project: MODEL_LAB_CACHE, else the user's cache folder. */
export const cacheFolder =
  process.env['MODEL_LAB_CACHE'] ??
  path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'local-model-lab');

/**
 * The peer, or the reason why there is none.
 * @param {number} threads
 */
export async function openTorch(threads) {
  const folder = path.join(cacheFolder, `torch-${VERSION}`);
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
    try {
      execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
    } catch {
      console.error(`Installing torch ${VERSION} into ${folder} …`);
      execFileSync(python, ['-m', 'pip', 'install', '--quiet', `torch==${VERSION}`], { stdio: 'ignore' });
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return {
      missing: `PyTorch is not measured: it needs python3 with venv and "pip install torch==${VERSION}" (${reason}).`,
    };
  }
  const script = fileURLToPath(new URL('peer.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  /** @returns {Promise<{ ms?: number[], tokensPerSecond?: number, version?: string }>} */
  const answer = () =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the PyTorch process ended'));
      lines.once('close', ended);
      lines.once('line', (line) => {
        lines.off('close', ended);
        const parsed = /** @type {unknown} */ (JSON.parse(line));
        resolve(/** @type {{ ms?: number[], tokensPerSecond?: number, version?: string }} */ (parsed));
      });
    });
  /** @param {string} command */
  const ask = (command) => {
    child.stdin.write(`${command}\n`);
    return answer();
  };
  const { version } = await answer();
  await ask(`threads ${String(threads)}`);
  return { version, ask, close: () => child.stdin.end('quit\n') };
}
