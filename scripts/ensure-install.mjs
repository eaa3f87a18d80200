// @ts-check
/**
 * Installs the packages of package-lock.json when they are not there. Only Node built-ins: it runs first of all.
 *
 * npm writes down what it has installed in node_modules/.package-lock.json; while that agrees with
 * package-lock.json there is nothing to do, whoever did the installing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './command.mjs';
import { root } from './paths.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, integrity?: string }} LockedPackage */

/**
 * The packages of a lock file by their path under the project.
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function lockedPackages(file) {
  /** @type {unknown} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return /** @type {{ packages: Record<string, LockedPackage> }} */ (lock).packages;
}

/**
 * Whether node_modules holds exactly the versions of package-lock.json; packages that are optional may be
 * missing (another platform, or an install step that failed).
 * @param {string} [folder] the project's root
 */
export function isInstalled(folder = root) {
  const lock = join(folder, 'package-lock.json');
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(lock)) return true;
  if (!existsSync(record)) return false;
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(lock)).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Brings node_modules into the state of package-lock.json. Messages go to standard error. */
export async function ensureInstall() {
  if (isInstalled()) return;
  process.stderr.write('Installing packages (npm ci) …\n');
  await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    toStderr: true,
    // The CPU binary is in the package; the install script of onnxruntime-node would download CUDA libraries.
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
}
