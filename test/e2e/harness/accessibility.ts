/** What axe-core finds wrong with a webview, as people with disabilities would. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { FrameLocator } from 'playwright-core';
import { root } from '../../../scripts/paths.mjs';
import { type Lab, themeNames } from './lab';

const source = readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    readonly axe?: { run(page: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** Every rule that is broken in the panel's page, with the elements that break it; best practices count, too. */
async function violations(panel: FrameLocator): Promise<string[]> {
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

/** Looks at a page of the Lab as it stands in every theme; what is wrong is named with its theme. */
export async function violationsInThemes(lab: Lab, panel: FrameLocator): Promise<string[]> {
  const found: string[] = [];
  for (const theme of themeNames) {
    await lab.useTheme(theme, panel);
    found.push(...(await violations(panel)).map((violation) => `${theme}: ${violation}`));
  }
  return found;
}

/** A place where the focus rests on its way through a page by Tab. */
export interface FocusStop {
  readonly name: string;
  /** Part of it is outside of the page's window, or beneath the head or the foot that stay. */
  readonly hidden: boolean;
}

/** Goes through the panel's page by Tab, from what has the focus to the last stop. */
export async function focusStops(panel: FrameLocator): Promise<FocusStop[]> {
  const body = await panel.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (frame === null) throw new Error('The panel has no page.');
  const stops: FocusStop[] = [];
  for (let stop = await frame.evaluate(focusStop); stop !== null; stop = await frame.evaluate(focusStop)) {
    if (stops.push(stop) > 200) throw new Error('The focus does not leave the panel.');
    await frame.page().keyboard.press('Tab');
  }
  return stops;
}

/** Runs in the page. */
function focusStop(): FocusStop | null {
  const outer = document.activeElement;
  if (!document.hasFocus() || outer === null || outer === document.body) return null;
  let focused = outer;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  const covered = [...document.querySelectorAll('.lab-head, .submit')].some((bar) => {
    if (bar.contains(outer) || getComputedStyle(bar).position !== 'sticky') return false;
    const box = bar.getBoundingClientRect();
    return Math.min(box.bottom, bottom) - Math.max(box.top, top) > 1;
  });
  const outside = top < -1 || bottom > innerHeight + 1 || left < -1 || right > innerWidth + 1;
  const name = outer.getAttribute('aria-label') ?? outer.textContent.trim().slice(0, 40);
  return { name: `${outer.localName} ${name}`, hidden: covered || outside };
}
