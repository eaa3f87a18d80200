/** Comparing paths of files. */
import * as path from 'node:path';

/** Whether two paths name the same file, as the platform compares names. */
export function samePath(one: string, other: string): boolean {
  const [first, second] = [path.normalize(one), path.normalize(other)];
  return process.platform === 'win32' ? first.toLowerCase() === second.toLowerCase() : first === second;
}
