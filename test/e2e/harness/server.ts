/**
 * The VS Code server that the tests of one file share: started at the first need, ended with the file.
 * A server is told apart by what is installed in it.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { ensureServer, linkExtension, startServer, type Server } from '../../../scripts/vscode-server.mjs';

/** A running server with its own folders and browser. */
export interface Host {
  readonly server: Server;
  readonly browser: Browser;
  /** Settings, state and logs of this server. */
  readonly dataFolder: string;
  stop(): Promise<void>;
}

const hosts = new Map<string, Promise<Host>>();

/**
 * The shared server that has this extension.
 * @param extension a package (`.vsix`) to install, or the folder of an extension
 */
export function sharedHost(extension: string): Promise<Host> {
  const running = hosts.get(extension) ?? startHost(extension);
  hosts.set(extension, running);
  return running;
}

/** Ends every server and browser that tests of this file started. */
export async function stopSharedHosts(): Promise<void> {
  const running = [...hosts.values()];
  hosts.clear();
  for (const host of running) await (await host).stop();
}

async function startHost(extension: string): Promise<Host> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'model-lab-e2e-'));
  const extensionsFolder = join(dataFolder, 'extensions');
  if (extension.endsWith('.vsix')) await installPackage(extension, extensionsFolder, dataFolder);
  else await linkExtension(extensionsFolder, extension);
  const server = await startServer({ dataFolder, extensionsFolder });
  const browser = await launchBrowser();
  return {
    server,
    browser,
    dataFolder,
    stop: async () => {
      await browser.close();
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What `code --install-extension` does, with the server's own program. */
async function installPackage(vsix: string, extensionsFolder: string, dataFolder: string): Promise<void> {
  const { node, main } = await ensureServer();
  await promisify(execFile)(node, [
    main,
    `--install-extension=${vsix}`,
    `--extensions-dir=${extensionsFolder}`,
    `--server-data-dir=${dataFolder}`,
    '--accept-server-license-terms',
  ]);
}
