// @ts-check
/** Builds dist/ when a source is newer than the last build. Only Node built-ins. */
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { root } from './paths.mjs';

/** What the bundles are made of. */
const sources = ['src', 'webview', 'esbuild.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const marker = join(root, 'dist', '.built');

/**
 * The newest modification time at or under a path, in ms; 0 where there is nothing.
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const within = readdirSync(path).map((name) => newestChange(join(path, name)));
  return Math.max(stat.mtimeMs, ...within);
}

export function isBuilt() {
  // An installed copy of the package has no sources, only dist/.
  if (!existsSync(join(root, 'src'))) return true;
  if (!existsSync(marker)) return false;
  const built = statSync(marker).mtimeMs;
  return sources.every((source) => newestChange(join(root, source)) <= built);
}

/** Brings dist/ up to date. Messages go to standard error. */
export async function ensureBuild() {
  if (isBuilt()) return;
  process.stderr.write('Building …\n');
  const started = new Date();
  await run(process.execPath, ['esbuild.mjs'], { cwd: root, quiet: true });
  writeFileSync(marker, '');
  // A source that was saved while the build ran is newer than this.
  utimesSync(marker, started, started);
}
