// @ts-check
/**
 * A contestant in a process of its own. Parent and worker exchange lines of JSON: one request, one answer; the first
 * line is the worker's greeting. A worker that cannot do what is asked answers `{ "error": "…" }`.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How much of a worker's complaints is kept for the message about its end, in characters. */
const COMPLAINT = 2000;

/**
 * @typedef {object} Worker
 * @property {Record<string, unknown>} greeting
 * @property {(request: object) => Promise<Record<string, unknown>>} ask rejects with the worker's error
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to this process's environment
 * @returns {Promise<Worker>}
 */
export async function startWorker(program, args, env = {}) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let complaint = '';
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
    complaint = (complaint + chunk.toString()).slice(-COMPLAINT);
  });
  /** @type {((line: string) => void) | undefined} */
  let settle;
  /** @type {((error: Error) => void) | undefined} */
  let fail;
  /** @type {Error | undefined} */
  let ended;
  const exit = /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const end = (/** @type {Error} */ error) => {
        ended ??= error;
        fail?.(error);
        resolve();
      };
      child.on('error', end);
      child.on('close', (code, signal) => {
        const last = complaint.trim().split('\n').at(-1) ?? '';
        end(new Error(`its process ended (${String(signal ?? code)})${last === '' ? '' : `: ${last}`}`));
      });
    })
  );
  // A write to a process that has just ended fails; its end is told by `close`.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Libraries greet people on standard output; answers are objects.
    if (line.startsWith('{')) settle?.(line);
  });

  /** @returns {Promise<Record<string, unknown>>} */
  const answer = async () => {
    if (ended) throw ended;
    const waiting = /** @type {Promise<string>} */ (
      new Promise((resolve, reject) => {
        settle = resolve;
        fail = reject;
      })
    );
    /** @type {unknown} */
    const message = JSON.parse(await waiting);
    const parsed = /** @type {Record<string, unknown>} */ (message);
    if (typeof parsed['error'] === 'string') throw new Error(parsed['error']);
    return parsed;
  };
  const greeting = await answer();
  return {
    greeting,
    ask: (request) => {
      const answered = answer();
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answered;
    },
    close: async () => {
      child.stdin.end();
      await exit;
    },
  };
}
