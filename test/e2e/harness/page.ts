/** The Lab's page alone, as it is built, with a test in the place of the extension: states go in, messages come out. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { root } from '../../../scripts/paths.mjs';
import type { FromWebview, LabState } from '../../../src/protocol/webview';

const origin = 'http://lab.test';
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Stands for VS Code's API in the page: keeps what the page sends. */
const api = `
window.sentByLab = [];
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.sentByLab.push(message),
  getState: () => window.memoryOfLab,
  setState: (state) => { window.memoryOfLab = state; },
});`;

declare global {
  interface Window {
    sentByLab: FromWebview[];
    memoryOfLab: unknown;
  }
}

export interface LabPage {
  readonly page: Page;
  /** Sends a state to the page and waits until it is drawn. */
  readonly show: (state: LabState) => Promise<void>;
  /** Messages of the page of one kind, in their order. */
  readonly sent: (type: FromWebview['type']) => Promise<FromWebview[]>;
  readonly close: () => Promise<void>;
}

/** Opens the built page in the browser. `memory`: what it remembers of a former time. */
export async function openPage(memory: unknown): Promise<LabPage> {
  const browser: Browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 400, height: 900 } });
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      await route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><link rel="stylesheet" href="/webview.css"><lab-app></lab-app>
<script>${api} window.memoryOfLab = ${JSON.stringify(memory)};</script>
<script type="module" src="/webview.js"></script></html>`,
      });
      return;
    }
    const contentType = types[extname(pathname)];
    if (contentType === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ contentType, body: await readFile(join(root, 'dist', pathname)) });
  });
  await page.goto(origin);
  await page.waitForFunction(() => window.sentByLab.some(({ type }) => type === 'ready'));
  return {
    page,
    show: async (state) => {
      await page.evaluate(async (shown) => {
        window.postMessage({ type: 'state', state: shown }, '*');
        // The page draws ten times a second at most.
        await new Promise((resolve) => setTimeout(resolve, 250));
      }, state);
    },
    sent: (wanted) =>
      page.evaluate((type) => window.sentByLab.filter((message) => message.type === type), wanted),
    close: () => browser.close(),
  };
}
