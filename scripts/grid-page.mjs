// @ts-check
/**
 * The built page of a grid in a browser, without VS Code, under the policy that it has there: for tests and benchmarks.
 * Another script plays the extension.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import * as esbuild from 'esbuild';
import { launchBrowser } from './browser.mjs';
import { root } from './paths.mjs';

const origin = 'http://grid.test';
const nonce = 'preview';
/** @type {Readonly<Record<string, string>>} */
const types = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/**
 * Opens the page; it loads when the address is gone to.
 * @param {string} host the script that gives the page `acquireVsCodeApi`
 * @param {{ width: number, height: number }} size
 */
export async function openGridPage(host, size) {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: size });
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: document });
    if (pathname === '/host.js') return route.fulfill({ contentType: 'text/javascript', body: host });
    const contentType = types[extname(pathname)];
    if (contentType === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType, body: await readFile(join(root, 'dist', pathname)) });
  });
  return { page, origin, close: () => browser.close() };
}

/** The script that answers with made-up rows. */
export function fakeGridHost() {
  return bundled('webview/preview/grid-host.ts');
}

/** The script that measures the page from inside. */
export function gridProbe() {
  return bundled('webview/preview/grid-probe.ts');
}

/** @param {string} entry */
async function bundled(entry) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, entry)],
    ...{ bundle: true, write: false, format: 'iife', target: 'es2022' },
    tsconfig: join(root, 'webview/tsconfig.json'),
  });
  return outputFiles[0]?.text ?? '';
}

const policy = `default-src 'none'; img-src ${origin} data:; font-src ${origin}; style-src ${origin} 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
const document = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Grid</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/codicons/codicon.css"><link rel="stylesheet" href="/grid.css">
</head><body><lab-grid></lab-grid>
<script nonce="${nonce}" src="/host.js"></script>
<script type="module" nonce="${nonce}" src="/grid.js"></script></body></html>`;
