// @ts-check
/**
 * `npm start`: installs and builds what is missing, then opens VS Code on samples/ with the extension in it.
 *
 *   npm start                          the desktop program where one is found, else VS Code's server in the
 *                                      default browser
 *   npm start -- --port N --no-open    VS Code's server, its address printed, no browser opened
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onPath } from './browser.mjs';
import { run, runForStatus } from './command.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { cacheFolder, root } from './paths.mjs';
import {
  linkExtension,
  quietSettings,
  startServer,
  workbenchAddress,
  writeSettings,
} from './vscode-server.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string' }, open: { type: 'boolean', default: true } },
  allowNegative: true,
});
const samples = join(root, 'samples');

await ensureInstall();
await ensureBuild();
const desktop = values.open && values.port === undefined ? findDesktop() : undefined;
if (desktop === undefined) await openServer();
else await openDesktop(desktop);

/**
 * The command of a desktop VS Code, on the PATH or in its usual places; none where there is no screen.
 * @returns {string | undefined}
 */
function findDesktop() {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  // As root VS Code refuses to start.
  if (headless || process.getuid?.() === 0) return undefined;
  const applications = ['/Applications', join(homedir(), 'Applications')];
  const local = process.env['LOCALAPPDATA'] ?? '';
  const programs = process.env['ProgramFiles'] ?? '';
  const places = [
    ...applications.flatMap((folder) => [
      join(folder, 'Visual Studio Code.app/Contents/Resources/app/bin/code'),
      join(folder, 'Visual Studio Code - Insiders.app/Contents/Resources/app/bin/code'),
      join(folder, 'VSCodium.app/Contents/Resources/app/bin/codium'),
    ]),
    '/usr/share/code/bin/code',
    '/usr/share/code-insiders/bin/code-insiders',
    '/usr/share/codium/bin/codium',
    '/snap/bin/code',
    join(local, 'Programs/Microsoft VS Code/bin/code.cmd'),
    join(local, 'Programs/Microsoft VS Code Insiders/bin/code-insiders.cmd'),
    join(local, 'Programs/VSCodium/bin/codium.cmd'),
    join(programs, 'Microsoft VS Code/bin/code.cmd'),
    join(programs, 'VSCodium/bin/codium.cmd'),
  ];
  return onPath(['code', 'code-insiders', 'codium']) ?? places.find((path) => existsSync(path));
}

/** @param {string} program */
async function openDesktop(program) {
  console.log(
    `Opening ${program} on samples/; the extension is in development mode (reload the window after a build).`,
  );
  const windows = process.platform === 'win32';
  const quoted = (/** @type {string} */ text) => (windows ? `"${text}"` : text);
  await run(quoted(program), [quoted(`--extensionDevelopmentPath=${root}`), quoted(samples)], {
    shell: windows,
  });
}

/** Runs VS Code's server until Ctrl-C. */
async function openServer() {
  const dataFolder = join(cacheFolder(), 'start');
  await mkdir(dataFolder, { recursive: true });
  if (!existsSync(join(dataFolder, 'data', 'User', 'settings.json')))
    await writeSettings(dataFolder, quietSettings);
  await linkExtension(join(dataFolder, 'extensions'), root);
  console.log("Starting VS Code's server …");
  const port = values.port === undefined ? {} : { port: portNumber(values.port) };
  const server = await startServer({ dataFolder, ...port });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => void server.stop());
  }
  const address = workbenchAddress(server, { folder: samples });
  console.log(`\nVS Code with Local Model Lab:\n\n  ${address}\n`);
  console.log(
    `On another machine: ssh -L ${server.port}:127.0.0.1:${server.port} HOST, then the same address.`,
  );
  console.log('Ctrl-C ends it.');
  if (values.open) await openBrowser(address);
  await server.ended;
}

/** @param {string} text */
function portNumber(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port ${text} is not a port (1 to 65535).`);
  return port;
}

/** @param {string} address */
async function openBrowser(address) {
  const opener = { darwin: ['open'], win32: ['explorer.exe'] }[/** @type {string} */ (process.platform)] ?? [
    'xdg-open',
  ];
  const program = onPath(opener);
  if (program === undefined) return;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  // explorer.exe answers 1 even when it did what it was asked.
  await runForStatus(program, [address], { quiet: true }).catch((/** @type {unknown} */ error) => {
    console.log(`The browser could not be opened: ${String(error)}`);
  });
}
