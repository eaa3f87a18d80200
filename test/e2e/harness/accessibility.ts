/** What axe-core finds wrong with a webview, as people with disabilities would. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { FrameLocator } from 'playwright-core';
import { root } from '../../../scripts/paths.mjs';

const source = readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    readonly axe?: { run(page: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** Every rule that is broken in the panel's page, with the elements that break it; best practices count, too. */
export async function violations(panel: FrameLocator): Promise<string[]> {
  const body = await panel.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (frame === null) throw new Error('The panel has no page.');
  if (!(await frame.evaluate(() => window.axe !== undefined))) await frame.evaluate(await source);
  return frame.evaluate(async () => {
    if (window.axe === undefined) throw new Error('axe-core did not get into the page.');
    // The style sheets are the extension's own: nothing has to be fetched to know them.
    const found = await window.axe.run(document, { preload: false, resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary = '' }) =>
          `${id}: ${target.flat().join(' ')}\n  ${html.slice(0, 200)}\n  ${failureSummary}`,
      ),
    );
  });
}
