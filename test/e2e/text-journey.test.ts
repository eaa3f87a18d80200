import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  contextMenu,
  fillForm,
  labButton,
  labField,
  openLab,
  projectFile,
  runState,
  statusItem,
  type Lab,
} from './harness';

const long = { timeout: 100_000 };

/** A model that is learnt in seconds and still finds some words. */
const small = {
  Steps: 240,
  Width: 32,
  Layers: 2,
  Heads: 2,
  Context: 32,
  'Evaluate every': 40,
  'Sample every': 40,
};

async function trainText(lab: Lab, settings: Readonly<Record<string, number>>): Promise<void> {
  await labField(lab.sidebar, 'Steps').waitFor(long);
  await fillForm(lab.sidebar, settings);
  await labButton(lab.sidebar, 'Train').click();
}

/** What the model has written, without the prompt. */
const written = (lab: Lab): Promise<string> => lab.sidebar.locator('.output .written').innerText();

/** The rows of the Runs view. */
const runRows = (lab: Lab): Locator => lab.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
const runNames = async (lab: Lab): Promise<string[]> =>
  runRows(lab).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));

describe('a text, from the open file to what the model writes', () => {
  it('is learnt in sight, writes by token, and its runs are opened, renamed and deleted', async () => {
    const lab = await openLab({
      files: { 'lighthouse.txt': await projectFile('samples/lighthouse.txt'), 'draft.md': '' },
    });
    const { page, sidebar: panel } = lab;
    await lab.openFile('lighthouse.txt');
    await lab.runCommand('Model Lab: Show the Lab');

    // It learns: loss, perplexity, bits per character, and what it writes by now.
    await trainText(lab, small);
    await Promise.all([
      statusItem(page)
        .filter({ hasText: /step \d+ of 240/ })
        .waitFor(long),
      panel.locator('.sample .written').waitFor(long),
    ]);
    await lab.screenshot('text-learning');
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    const figures = panel.locator('table.metrics');
    for (const name of ['Loss', 'Perplexity', 'Bits per character']) {
      await figures.locator('tr', { hasText: new RegExp(`${name}[^]*\\d[^]*\\d`, 'i') }).waitFor();
    }
    await lab.screenshot('text-finished');

    // It writes, token by token, the same for the same seed.
    await labButton(panel, 'Generate text').click();
    const prompt = panel.getByRole('textbox', { name: 'Prompt' });
    await prompt.fill('The lamp ');
    await prompt.press('Control+Enter');
    await panel.locator('.output h3', { hasText: 'Written' }).waitFor(long);
    const first = await written(lab);
    expect(first.length).toBeGreaterThan(50);
    await panel.locator('.facts', { hasText: /[\d,]+ tokens\/s/ }).waitFor();
    await lab.screenshot('text-written');

    // A long one is stopped in the middle.
    const more = panel.locator('details.folded', { hasText: 'More settings' });
    await more.locator('summary').click();
    await labButton(panel, 'Keep the seed').click();
    await labField(panel, 'Length').fill('100000');
    await labButton(panel, 'Generate').click();
    await panel.locator('.output h3', { hasText: 'Writing' }).waitFor(long);
    const early = (await written(lab)).length;
    await expect.poll(async () => (await written(lab)).length).toBeGreaterThan(early);
    await labButton(panel, 'Stop').click();
    await panel.locator('.output h3', { hasText: 'Stopped' }).waitFor();
    const stopped = await written(lab);
    expect(stopped.length).toBeLessThan(100_000);
    const both = Math.min(first.length, stopped.length) - 1;
    expect(stopped.slice(0, both)).toBe(first.slice(0, both));

    // What it wrote goes into the editor.
    await labButton(panel, 'Keep the seed').click();
    await labField(panel, 'Length').fill('80');
    const seed = await labField(panel, 'Seed').inputValue();
    await labButton(panel, 'Generate').click();
    await panel.locator('.output h3', { hasText: 'Written' }).waitFor(long);
    // Not kept any more, the seed is another one.
    await expect(labField(panel, 'Seed').inputValue()).resolves.not.toBe(seed);
    await lab.openFile('draft.md');
    await labButton(panel, 'Insert into the editor').click();
    await expect.poll(async () => (await lab.visibleLines())[0]?.text).toMatch(/^The lamp /);
    await labButton(panel, 'Copy').click();
    await lab.screenshot('text-inserted');

    // A second run stands above the first.
    await lab.openFile('lighthouse.txt');
    await panel.getByRole('tab', { name: /Learn/ }).click();
    await labButton(panel, 'Train again…').click();
    await trainText(lab, { ...small, Steps: 40 });
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    await expect.poll(() => runRows(lab).count(), long).toBe(2);
    for (const label of await runNames(lab)) expect(label).toMatch(/finished.*perplexity [\d.]+/);

    await contextMenu(page, runRows(lab).nth(1), 'Rename…');
    const name = page.locator('.quick-input-widget:not(.hidden) input[type="text"]:focus');
    await expect.poll(() => name.inputValue()).toBe('lighthouse');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('the longer one');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await runNames(lab))[1]).toMatch(/^the longer one, finished/);
    await runRows(lab).nth(1).click();
    await panel.getByRole('heading', { name: 'the longer one' }).waitFor();
    await panel.locator('.facts', { hasText: /240 of 240|Kept step/ }).waitFor();
    await lab.screenshot('text-runs');

    await contextMenu(page, runRows(lab).nth(1), 'Delete…');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'Delete the run "the longer one"?' });
    await lab.screenshot('text-delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => runRows(lab).count()).toBe(1);
    expect((await runNames(lab))[0]).not.toMatch(/^the longer one/);
  });
});
