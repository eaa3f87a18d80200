/** Real files for tests, found beside the project or by the environment variable MODEL_LAB_DATA. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = process.env['MODEL_LAB_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

/** Path of a file of real data, or undefined (said once on the console) where it is not at hand. */
export function realData(name: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  console.warn(`skipped: ${name} is not at hand; set MODEL_LAB_DATA to the folder that holds it`);
  return undefined;
}
