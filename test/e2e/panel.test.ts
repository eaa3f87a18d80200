import { describe, expect, it } from 'vitest';
import type { FrameLocator, Locator } from 'playwright-core';
import { fillForm, openLab, projectFile, type Lab } from './harness';

/** The sample table open beside the panel, with its form ready. */
async function openMoths(): Promise<Lab> {
  const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
  await lab.openFile('moths.csv');
  await lab.runCommand('Model Lab: Show the Lab');
  await train(lab.sidebar).waitFor();
  return lab;
}

function train(panel: FrameLocator): Locator {
  return panel.getByRole('button', { name: 'Train', exact: true });
}

/** The editable part of a field of the toolkit. */
function field(panel: FrameLocator, name: string): Locator {
  return panel.locator(`vscode-text-field[aria-label="${name}"] input`);
}

describe('the panel', () => {
  it('says what to do when nothing is open, and its button opens a sample', async () => {
    const lab = await openLab();
    await lab.runCommand('Model Lab: Show the Lab');
    await lab.sidebar.getByRole('heading', { name: 'Open a file to learn from' }).waitFor();
    await lab.sidebar.getByRole('button', { name: 'Open a sample table' }).click();
    await train(lab.sidebar).waitFor();
    await expect(lab.sidebar.locator('.context').innerText()).resolves.toMatch(
      /\.csv → .+ · .+ · [\d,]+ rows/,
    );
  });

  it('names file, target, task and rows above the tabs', async () => {
    const lab = await openMoths();
    await expect(lab.sidebar.locator('.context').innerText()).resolves.toMatch(
      /^moths\.csv → \w+ · classification · \d+ rows$/,
    );
    await lab.screenshot('panel-form');
  });

  it('moves between the stages with the arrow keys', async () => {
    const lab = await openMoths();
    await lab.sidebar.getByRole('tab', { name: /Learn/ }).focus();
    await lab.page.keyboard.press('ArrowRight');
    const infer = lab.sidebar.getByRole('tab', { name: /Infer/, selected: true });
    await infer.waitFor();
    await expect(infer.evaluate((tab) => tab === document.activeElement)).resolves.toBe(true);
    await lab.page.keyboard.press('End');
    await lab.sidebar.getByRole('heading', { name: 'No model can write yet' }).waitFor();
  });

  it('says beside a field what is wrong with it, and does not train', async () => {
    const lab = await openMoths();
    await field(lab.sidebar, 'Epochs').fill('0');
    await lab.sidebar.getByText('At least 1.').waitFor();
    // The toolkit's button passes it on a frame later than the words appear.
    await expect.poll(() => train(lab.sidebar).isDisabled()).toBe(true);
    await lab.sidebar.getByRole('button', { name: /^Reset Epochs to/ }).click();
    await expect.poll(() => train(lab.sidebar).isDisabled()).toBe(false);
  });

  it('keeps what was typed when the same file is opened again', async () => {
    const lab = await openMoths();
    await field(lab.sidebar, 'Epochs').fill('7');
    await lab.sidebar.getByRole('button', { name: 'Reset to suggested' }).waitFor();
    await lab.openFile('moths.csv');
    await expect.poll(() => field(lab.sidebar, 'Epochs').inputValue()).toBe('7');
  });

  it('explains a field on focus and hides the explanation with Escape', async () => {
    const lab = await openMoths();
    await lab.sidebar.getByRole('tab', { name: /Learn/ }).focus();
    // How the file is read comes first.
    await lab.page.keyboard.press('Tab');
    await lab.page.keyboard.press('Tab');
    const tip = lab.sidebar.getByText('The column that the model learns to predict.');
    await expect.poll(() => tip.isVisible()).toBe(true);
    await lab.page.keyboard.press('Escape');
    await expect.poll(() => tip.isVisible()).toBe(false);
  });

  it('closes a list by Escape without choosing what the keys went over', async () => {
    const lab = await openMoths();
    const target = lab.sidebar.getByRole('combobox', { name: 'Target column' });
    const chosen = lab.sidebar.locator('.context');
    await expect(chosen.innerText()).resolves.toMatch(/^moths\.csv → species/);
    await target.click();
    await lab.page.keyboard.press('ArrowUp');
    await lab.page.keyboard.press('ArrowUp');
    await lab.page.keyboard.press('Escape');
    await expect.poll(() => target.getAttribute('aria-expanded')).toBe('false');
    await expect(chosen.innerText()).resolves.toMatch(/^moths\.csv → species/);
  });

  it('leaves the lens above the first line when it is opened right after a file', async () => {
    const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
    await lab.openFile('moths.csv');
    await lab.page.locator('.activitybar [aria-label^="Model Lab"]').first().click();
    await lab.page
      .locator('.codelens-decoration a', { hasText: 'Train a model on this file' })
      .first()
      .waitFor();
    await train(lab.sidebar).waitFor();
    const lens = lab.page.locator('.codelens-decoration a', { hasText: 'Train a model on this file' });
    await lens.first().waitFor();
  });

  it('trains by its button, shows the curves while it learns and the result beside its baseline', async () => {
    const lab = await openMoths();
    // Long enough to be seen at work on any machine.
    await fillForm(lab.sidebar, { Epochs: 300, Patience: 0 });
    await train(lab.sidebar).click();
    await lab.sidebar.getByRole('progressbar', { name: 'Training' }).waitFor();
    await lab.sidebar.locator('.run-head .state', { hasText: 'Finished' }).waitFor({ timeout: 90_000 });
    await expect(lab.sidebar.locator('.headline-value').innerText()).resolves.toMatch(/^[\d.]+ %$/);
    await expect(lab.sidebar.locator('.headline').innerText()).resolves.toMatch(/baseline: .+ \d/);
    await expect.poll(() => lab.sidebar.locator('.chart canvas').count()).toBe(2);
    const rows = lab.sidebar.getByRole('table', { name: 'Loss by epoch' }).getByRole('row');
    await expect(rows.count()).resolves.toBeGreaterThan(2);
    await lab.screenshot('panel-finished');
    await lab.sidebar.getByRole('button', { name: 'Train again…' }).click();
    await train(lab.sidebar).waitFor();
    // The run is opened again from the tree, though it is the one that was shown.
    const run = lab.page.locator('.pane-body .monaco-list-row', { hasText: 'moths → species' });
    await run.click();
    await lab.sidebar.locator('.run-head .state', { hasText: 'Finished' }).waitFor();
  });

  it('shows the same run wide in an editor tab, with the table of runs', async () => {
    const lab = await openMoths();
    await train(lab.sidebar).click();
    await lab.sidebar.locator('.run-head .state', { hasText: 'Finished' }).waitFor({ timeout: 90_000 });
    await lab.sidebar.getByRole('button', { name: 'Open in editor tab' }).click();
    await lab.dashboard.locator('.lab.editor').waitFor();
    await lab.dashboard.locator('lab-runs tbody tr', { hasText: 'Finished' }).first().waitFor();
    await lab.screenshot('panel-dashboard');
  });
});
