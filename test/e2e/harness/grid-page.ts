/** The page of a grid alone, under the policy that it has in VS Code, with made-up rows (webview/preview/grid-host.ts). */
import type { Page } from 'playwright-core';
import { fakeGridHost, openGridPage } from '../../../scripts/grid-page.mjs';
import type { FromGridPage } from '../../../src/protocol/grid-page';

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
  const { page, origin, close } = await openGridPage(await fakeGridHost(), size);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  await page.goto(`${origin}/?${search.toString()}`);
  await page.waitForFunction(() => window.sentByGrid.some(({ type }) => type === 'ready'));
  return { page, complaints, close: async () => close() };
}
