// @ts-check
/** Where things are: the project, and the cache folder for what is too large to be fetched twice. */
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The user's cache folder by the convention of the platform, in it a folder of our own. */
export function cacheFolder() {
  const home = homedir();
  const byPlatform =
    process.platform === 'win32'
      ? (process.env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : join(home, '.cache');
  return join(process.env['XDG_CACHE_HOME'] || byPlatform, 'local-model-lab');
}
