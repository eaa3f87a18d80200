// @ts-check
/** The browser that the tests and the screenshots drive. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runForStatus } from './command.mjs';

/** Names of Chromium and its kin on the PATH, and the places of those that are not on it. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  join(homedir(), 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ];
  }),
];

/**
 * The first of the named programs that is on the PATH.
 * @param {readonly string[]} programs
 * @returns {string | undefined} its full path
 */
export function onPath(programs) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return programs
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
    .find((path) => existsSync(path));
}

/**
 * A Chromium on this machine; `CHROMIUM` in the environment comes first.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  return onPath(names) ?? places.find((path) => existsSync(path));
}

/**
 * A Chromium, installed from Debian's packages where we are root and there is none.
 * @returns {Promise<string | undefined>} nothing where there is none and none can be installed
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || onPath(['apt-get']) === undefined) return undefined;
  console.log('Installing Chromium (apt-get install chromium) …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runForStatus('apt-get', ['update'], { quiet: true, env });
  await runForStatus('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    quiet: true,
    env,
  });
  return findBrowser();
}

/** Arguments that keep Chromium quiet and let it run as root and in a container. */
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * Starts the browser, without a window and with a fresh profile.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error('There is no Chromium; name one in the variable CHROMIUM.');
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, args: browserArguments });
}
