// @ts-check
/** The lab's own side: `local-model-lab train … --json`, as a user runs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/paths.mjs';

/** @typedef {{ loss?: number, accuracy?: number, f1?: number, rmse?: number, r2?: number }} Metrics */
/** @typedef {{ run: string, seconds: number, metrics: { training: Metrics, validation: Metrics } }} TrainResult */

/**
 * Trains and answers with the JSON object that the command ends with; `seconds` counts from the start of the command.
 * @param {readonly string[]} args
 * @returns {Promise<TrainResult>}
 */
export async function train(args) {
  const program = join(root, 'scripts', 'local-model-lab.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'train', ...args, '--json'], {
    maxBuffer: 64 << 20,
  });
  /** @type {unknown} */
  const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  return /** @type {TrainResult} */ (result);
}
