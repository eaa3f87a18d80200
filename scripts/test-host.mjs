// @ts-check
/**
 * Runs the mocha suite of test/host inside a real extension host: in VS Code's server, driven by a browser, or
 * (with `electron`) in a desktop VS Code that @vscode/test-electron downloads.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { launchBrowser } from './browser.mjs';
import { buildHostTests } from './build-host-tests.mjs';
import { cacheFolder, root } from './paths.mjs';
import { quietSettings, startServer, workbenchAddress, writeSettings } from './vscode-server.mjs';

/** @typedef {import('./test-result.mjs').SuiteResult} SuiteResult */

/** The longest a whole run may take, ms: a suite that hangs must not hang the caller. */
const limit = 600_000;

/**
 * @param {object} [options]
 * @param {string} [options.grep] run only the tests whose name matches
 * @param {boolean} [options.electron] in a desktop VS Code
 * @param {string} [options.extension] folder of the extension under test
 * @returns {Promise<SuiteResult>}
 */
export async function runHostTests({ grep = '', electron = false, extension = root } = {}) {
  const tests = await buildHostTests();
  const workspace = await temporaryWorkspace();
  const counter = countLines();
  try {
    const env = { MODEL_LAB_GREP: grep };
    if (electron) await runInElectron({ tests, workspace, extension, env }, counter.read);
    else await runInServer({ tests, workspace, extension, env }, counter.read);
  } finally {
    await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
  return counter.result();
}

/** A workspace folder of its own for each run: copies of the samples and of test/host/fixtures. */
async function temporaryWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), 'model-lab-host-'));
  for (const source of [join(root, 'samples'), join(root, 'test', 'host', 'fixtures')]) {
    if (existsSync(source)) {
      await cp(source, folder, { recursive: true, filter: (path) => !path.includes('.model-lab') });
    }
  }
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(quietSettings));
  return folder;
}

/** Reads the lines that test/host/index.ts prints, shows and counts them. */
function countLines() {
  /** @type {SuiteResult} */
  const result = { passed: 0, failed: 0, skipped: 0 };
  let ended = false;
  return {
    read: (/** @type {string} */ text) => {
      const at = text.indexOf('MODEL-LAB-TEST ');
      if (at < 0) {
        const figure = text.indexOf('MODEL-LAB-FIGURE ');
        if (figure >= 0) console.log(`  · ${text.slice(figure + 'MODEL-LAB-FIGURE '.length)}`);
        else if (process.env['MODEL_LAB_VERBOSE']) console.log(text);
        return;
      }
      const start = text.indexOf('{', at);
      const json = text.slice(start, text.lastIndexOf('}') + 1);
      /** @type {unknown} */
      const parsed = JSON.parse(json);
      const line = /** @type {import('../test/host/index').HostTestLine} */ (parsed);
      if (line.event === 'end') {
        ended = true;
        return;
      }
      result[line.event]++;
      const sign = { passed: '✓', failed: '✗', skipped: '-' }[line.event];
      console.log(
        `  ${sign} ${line.title ?? ''}${line.event === 'passed' ? ` (${line.duration ?? 0} ms)` : ''}`,
      );
      if (line.error) console.log(line.error.replace(/^/gm, '      '));
    },
    result: () => {
      if (ended) return result;
      return { ...result, broken: 'the extension host ended before the suite did' };
    },
  };
}

/**
 * @typedef {object} HostRun
 * @property {string} tests the bundle
 * @property {string} workspace
 * @property {string} extension
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * @param {HostRun} options
 * @param {(line: string) => void} onLine
 */
async function runInServer({ tests, workspace, extension, env }, onLine) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'model-lab-server-'));
  await writeSettings(dataFolder, quietSettings);
  const server = await startServer({ dataFolder, testDriver: true, env });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    /** @type {Promise<void>} */
    const ended = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The suite did not end within ${limit / 1000} s.`));
      }, limit);
      const exposed = [
        page.exposeFunction(
          'codeAutomationLog',
          (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
            for (const line of args.map(String).join(' ').split('\n')) onLine(line);
          },
        ),
        page.exposeFunction('codeAutomationExit', () => {
          clearTimeout(timer);
          resolve();
        }),
      ];
      Promise.all(exposed)
        .then(() => page.goto(workbenchAddress(server, { folder: workspace, extension, tests })))
        .catch(reject);
    });
    await ended;
  } finally {
    await browser.close();
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {HostRun} options
 * @param {(line: string) => void} onLine
 */
async function runInElectron({ tests, workspace, extension, env }, onLine) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const program = await downloadAndUnzipVSCode({ cachePath: join(cacheFolder(), 'vscode-test') });
  const userData = await mkdtemp(join(tmpdir(), 'model-lab-code-'));
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(quietSettings));
  const args = [
    workspace,
    `--extensionDevelopmentPath=${extension}`,
    `--extensionTestsPath=${tests}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(userData, 'extensions')}`,
    '--disable-workspace-trust',
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  try {
    await once(child, 'close');
  } finally {
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}
