/** VS Code's workbench as a person uses it: by keys and clicks. */
import { errors, type FrameLocator, type Locator, type Page } from 'playwright-core';

const quickInput = '.quick-input-widget:not(.hidden)';
const quickInputText = `${quickInput} input[type="text"]`;

/** Waits until the workbench has drawn itself and knows of the extension. */
export async function waitForWorkbench(page: Page, hasFolder: boolean): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 120_000 });
  // Without a folder there is no explorer, only the file.
  const content = hasFolder ? '.explorer-folders-view .monaco-list' : '.editor-instance .view-lines';
  await page.locator(content).first().waitFor({ timeout: 120_000 });
  // The palette lists the commands that there are when it opens: the extension's come with its icon.
  await page.locator('.activitybar [aria-label^="Model Lab"]').first().waitFor({ timeout: 120_000 });
}

/**
 * Opens a quick input by its key. A webview that is being loaded takes the focus and hands no key on to VS Code until
 * its page listens: the focus has to rest in a place that does.
 */
async function openQuickInput(page: Page, key: string): Promise<void> {
  await focusRests(page);
  await page.keyboard.press(key);
  await page.locator(quickInputText).waitFor();
}

/** Waits until the focus has been in one place for a while, and not in a webview that loads. */
export function focusRests(page: Page): Promise<void> {
  return page.evaluate(untilFocusRests, { quietMs: 300, limitMs: 30_000 });
}

/**
 * Runs a command from the palette.
 * @param name its whole title with category, as the palette shows it ("Model Lab: Toggle Predictions")
 */
export async function runCommand(page: Page, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await openQuickInput(page, 'F1');
    await page.keyboard.type(name);
    if (await isOffered(page, name)) break;
    // The palette lists what was registered when it opened: just after a reload, that is not yet everything.
    if (attempt === 6) throw new Error(`The palette does not offer "${name}".`);
    await page.keyboard.press('Escape');
    await page.locator(quickInputText).waitFor({ state: 'hidden' });
  }
  await acceptRow(page, name);
}

async function isOffered(page: Page, name: string): Promise<boolean> {
  try {
    await entry(page, name).first().waitFor({ timeout: 5_000 });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

/**
 * Opens a file of the workspace through Quick Open.
 * @param name file name; the tab must bear it
 */
export async function openFile(page: Page, name: string): Promise<void> {
  await openQuickInput(page, 'ControlOrMeta+p');
  await page.keyboard.type(name);
  await acceptRow(page, name);
  const base = name.slice(name.lastIndexOf('/') + 1);
  await page.locator(`.tab.active[data-resource-name="${base}"]`).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().waitFor();
}

/** Chooses the entry of an open quick pick whose label begins with this text, by typing it. */
export async function pick(page: Page, label: string): Promise<void> {
  await page.locator(quickInputText).waitFor();
  await page.keyboard.type(label);
  await acceptRow(page, label);
}

/** The open quick pick's entries. */
export function quickPickRows(page: Page): Locator {
  return page.locator(`${quickInput} .quick-input-list .monaco-list-row`);
}

/** Entries of the open quick pick whose label begins with this text. */
function entry(page: Page, label: string): Locator {
  return page.locator(
    `${quickInput} .quick-input-list .monaco-list-row[aria-label^="${label.replaceAll('"', '\\"')}" i]`,
  );
}

/**
 * Waits until an entry whose label begins with this text is there, moves to it by keys and accepts it.
 */
async function acceptRow(page: Page, label: string): Promise<void> {
  await entry(page, label).first().waitFor();
  const focused = page.locator(`${quickInput} .quick-input-list .monaco-list-row.focused`);
  for (let step = 0; step < 20; step++) {
    await focused.first().waitFor();
    const text = (await focused.first().getAttribute('aria-label')) ?? '';
    if (text.toLowerCase().startsWith(label.toLowerCase())) break;
    await page.keyboard.press('ArrowDown');
  }
  const typed = await page.locator(quickInputText).inputValue();
  await page.keyboard.press('Enter');
  await leaveQuickInput(page, typed);
}

/** Waits until the quick input is closed or asks something else, so that the next keys go where they belong. */
async function leaveQuickInput(page: Page, typed: string): Promise<void> {
  await page.waitForFunction(
    ([selector, text]) => {
      const input = document.querySelector<HTMLInputElement>(selector);
      return input === null || !input.checkVisibility() || input.value !== text;
    },
    [quickInputText, typed] as const,
  );
}

/** Puts the cursor at a place of the active editor; lines and columns count from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+g');
  await page.locator(quickInputText).waitFor();
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator(quickInput).waitFor({ state: 'hidden' });
}

/** Types at the cursor of the active editor. */
export async function typeInEditor(page: Page, text: string): Promise<void> {
  await page.locator('.editor-group-container.active .monaco-editor').first().waitFor();
  await page.keyboard.type(text);
}

/** The content of the lab in the side bar. */
export function sidebarFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready[src*="purpose=webviewView"]').frameLocator('#active-frame');
}

/** The content of the lab in an editor tab. */
export function dashboardFrame(page: Page): FrameLocator {
  return page
    .frameLocator('iframe.webview.ready:not([src*="purpose=webviewView"])')
    .frameLocator('#active-frame');
}

/** A visible line of the active editor with the text that decorations put before or behind it. */
export interface VisibleLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  /** Empty where nothing is put beside the line. */
  readonly mark: string;
}

/** The visible lines of the active editor, from the top. Text of decorations is not in the page's text, but in styles. */
export function visibleLines(page: Page): Promise<VisibleLine[]> {
  return page.locator('.editor-group-container.active .view-lines').evaluate((editor) => {
    const beside = (element: Element) =>
      ['::before', '::after']
        .map((side) => getComputedStyle(element, side).content)
        .map((content) => (content.startsWith('"') ? (JSON.parse(content) as string) : ''))
        .join('');
    const heights = new Map<number, number>();
    for (const number of editor.closest('.overflow-guard')?.querySelectorAll('.line-numbers') ?? []) {
      heights.set(Math.round(number.getBoundingClientRect().top), Number(number.textContent));
    }
    return [...editor.querySelectorAll<HTMLElement>('.view-line')]
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((line) => ({
        number: heights.get(Math.round(line.getBoundingClientRect().top)) ?? 0,
        text: line.textContent.replaceAll('\u00a0', ' '),
        mark: [...line.querySelectorAll('span')].map(beside).join('').replaceAll('\u00a0', ' ').trim(),
      }));
  });
}

/** Notifications on the screen. */
export function notifications(page: Page): Locator {
  return page.locator('.notifications-toasts .notification-list-item-message');
}

/** Whether the overview ruler of the active editor has a red mark. */
export function overviewRulerHasRed(page: Page): Promise<boolean> {
  return page
    .locator('.editor-group-container.active canvas.decorationsOverviewRuler')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      for (let at = 0; at < pixels.length; at += 4) {
        const [red = 0, green = 0, blue = 0, solid = 0] = pixels.slice(at, at + 4);
        if (solid > 128 && red > 150 && green < 110 && blue < 110) return true;
      }
      return false;
    });
}

/**
 * Clicks a lens of the editor. Lenses come one after the other, and each that comes moves the lines below and is drawn
 * again: a click between two drawings goes to the text. So it waits until they rest.
 */
export async function clickLens(page: Page, text: string): Promise<void> {
  const lens = page
    .locator('.editor-group-container.active .codelens-decoration a', { hasText: text })
    .first();
  await lens.waitFor();
  await page
    .locator('.editor-group-container.active .monaco-editor .contentWidgets')
    .first()
    .evaluate(untilUnchanged, { quietMs: 500, limitMs: 20_000 });
  await lens.click();
}

/** Chooses an entry of a context menu by keys: a menu takes no click in its first moments, but keys at once. */
export async function contextMenu(page: Page, target: Locator, label: string): Promise<void> {
  const items = page.locator('.monaco-menu .action-item');
  const entry = items.filter({ hasText: label }).first();
  for (let attempt = 1; ; attempt++) {
    await target.click({ button: 'right' });
    await items.first().waitFor();
    if (await entry.isVisible()) break;
    // A menu lists what was known when it opened: just after a start, the extension's entries may still come.
    if (attempt === 10) throw new Error(`The menu has no entry "${label}".`);
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
    await page.waitForTimeout(500);
  }
  const focused = page.locator('.monaco-menu .action-item.focused');
  const count = await items.count();
  for (let step = 0; step <= count; step++) {
    await page.keyboard.press('ArrowDown');
    await focused.first().waitFor();
    if ((await focused.first().innerText()).includes(label)) {
      await page.keyboard.press('Enter');
      await items.first().waitFor({ state: 'hidden' });
      return;
    }
  }
  throw new Error(`The menu has no entry "${label}" that can be chosen.`);
}

/** Runs in the page: settles when the focus has been in one place for a while, and not in a webview that loads. */
function untilFocusRests({ quietMs, limitMs }: Rest): Promise<void> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let since = began;
    let focused = document.activeElement;
    const look = () => {
      const now = performance.now();
      const isLoading = focused?.tagName === 'IFRAME' && !focused.classList.contains('ready');
      if (document.activeElement !== focused || isLoading) since = now;
      focused = document.activeElement;
      if (now - since >= quietMs) resolve();
      else if (now - began >= limitMs) reject(new Error('The focus does not come to rest.'));
      else requestAnimationFrame(look);
    };
    look();
  });
}

interface Rest {
  readonly quietMs: number;
  /** After this it is given up. */
  readonly limitMs: number;
}

/** Runs in the page: settles when nothing below an element has changed for a while. */
function untilUnchanged(element: Element, { quietMs, limitMs }: Rest): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      observer.disconnect();
      clearTimeout(quiet);
      clearTimeout(limit);
      settle();
    };
    const rest = () => setTimeout(() => end(resolve), quietMs);
    let quiet = rest();
    const limit = setTimeout(() => end(() => reject(new Error('It does not come to rest.'))), limitMs);
    const observer = new MutationObserver(() => {
      clearTimeout(quiet);
      quiet = rest();
    });
    observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}
