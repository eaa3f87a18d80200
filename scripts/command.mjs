// @ts-check
/** Runs other programs. Only Node built-ins: it must work before anything is installed. */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] Added to this process's environment.
 * @property {boolean} [quiet] Keep the output back and show it only when the command fails.
 * @property {boolean} [toStderr] Send the command's output to standard error, so that ours stays clean.
 * @property {boolean} [shell]
 */

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<number>} its exit status (128 and more: ended by a signal)
 */
export function runForStatus(program, args, options = {}) {
  const { cwd, env, quiet = false, toStderr = false, shell = false } = options;
  return new Promise((resolve, reject) => {
    const output = quiet ? 'pipe' : toStderr ? 2 : 'inherit';
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      stdio: ['ignore', output, quiet ? 'pipe' : 'inherit'],
    });
    /** @type {Buffer[]} */
    const kept = [];
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => kept.push(chunk));
    child.stderr?.on('data', (/** @type {Buffer} */ chunk) => kept.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const status = code ?? 128;
      if (status !== 0 && quiet) process.stderr.write(Buffer.concat(kept));
      resolve(status);
    });
  });
}

/**
 * Runs a program to its end and throws when it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export async function run(program, args, options) {
  const status = await runForStatus(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with status ${status}`);
}

/**
 * Runs npm: the one that runs us, else the one on the PATH.
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export async function npm(args, options) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) await run(process.execPath, [cli, ...args], options);
  else await run('npm', args, { ...options, shell: process.platform === 'win32' });
}
