/** The page of a grid alone, under the policy that it has in VS Code, with made-up rows (webview/preview/grid-host.ts). */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import * as esbuild from 'esbuild';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { root } from '../../../scripts/paths.mjs';
import type { FromGridPage } from '../../../src/protocol/grid-page';

const origin = 'http://grid.test';
const nonce = 'preview';
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

declare global {
  interface Window {
    sentByGrid: FromGridPage[];
    /** Sends the page a message as the extension would. */
    postToGrid: (message: unknown) => void;
    openFakeTable: (reason: 'first' | 'file-changed' | 'engine-ended' | 'asked') => void;
  }
}

export interface FakeGrid {
  readonly page: Page;
  /** What the browser complained of: refused by the policy, or thrown. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface FakeGridOptions {
  readonly rows?: number;
  /** Columns of numbers besides. */
  readonly columns?: number;
  readonly theme?: 'dark' | 'light' | 'contrast' | 'contrast-light';
  readonly marks?: 'no';
  /** How long the engine takes for an answer, ms. */
  readonly delay?: number;
  readonly state?: 'opening' | 'failed';
  readonly size?: { readonly width: number; readonly height: number };
}

export async function openFakeGrid(options: FakeGridOptions = {}): Promise<FakeGrid> {
  const { size = { width: 1100, height: 700 }, ...query } = options;
  const host = await esbuild.build({
    entryPoints: [join(root, 'webview/preview/grid-host.ts')],
    ...{ bundle: true, write: false, format: 'iife', target: 'es2022' },
    tsconfig: join(root, 'webview/tsconfig.json'),
  });
  const script = host.outputFiles[0]?.text ?? '';
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: size });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: document() });
    if (pathname === '/host.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    const contentType = types[extname(pathname)];
    if (contentType === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType, body: await readFile(join(root, 'dist', pathname)) });
  });
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  await page.goto(`${origin}/?${search.toString()}`);
  await page.waitForFunction(() => window.sentByGrid.some(({ type }) => type === 'ready'));
  return { page, complaints, close: () => browser.close() };
}

function document(): string {
  const policy = `default-src 'none'; img-src ${origin} data:; font-src ${origin}; style-src ${origin} 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Grid</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/codicons/codicon.css"><link rel="stylesheet" href="/grid.css">
</head><body><lab-grid></lab-grid>
<script nonce="${nonce}" src="/host.js"></script>
<script type="module" nonce="${nonce}" src="/grid.js"></script></body></html>`;
}
