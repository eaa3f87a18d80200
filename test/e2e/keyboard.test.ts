import { expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import {
  fillForm,
  focusRests,
  labButton,
  labField,
  openForm,
  projectFile,
  runState,
  violationsInThemes,
  type Lab,
} from './harness';

const long = { timeout: 100_000 };

async function train(lab: Lab, values: Readonly<Record<string, number>>): Promise<void> {
  await labField(lab.sidebar, 'Epochs').waitFor(long);
  await fillForm(lab.sidebar, { Epochs: 2, ...values });
  await labButton(lab.sidebar, 'Train').click();
  await runState(lab.sidebar).filter({ hasText: 'Finished' }).waitFor(long);
}

function runRows({ page }: Lab): Locator {
  return page.locator('.pane-body .monaco-list-row', { hasText: 'moths' });
}

async function runNames(lab: Lab): Promise<string[]> {
  return runRows(lab).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
}

/** Goes through VS Code's parts by F6 until one of the Lab's page has the focus; what it is, and its outline. */
async function landByF6({ page, sidebar }: Lab): Promise<string> {
  for (let part = 0; part < 12; part++) {
    await page.keyboard.press('F6');
    await focusRests(page);
    const landed = await sidebar.locator('body').evaluate(() => {
      const focused = document.activeElement;
      if (!document.hasFocus() || focused === null) return undefined;
      const { top, bottom } = focused.getBoundingClientRect();
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const sight = top >= 0 && bottom <= innerHeight && bottom > top ? 'in sight' : 'out of sight';
      return `${focused.getAttribute('role') ?? focused.localName} ${sight}, ${outlineStyle} ${outlineWidth}`;
    });
    if (landed !== undefined) return landed;
  }
  return 'never in the Lab';
}

it('leads into the Lab by F6, renames and deletes runs by F2 and Delete, and leaves the focus where it was', async () => {
  const lab = await openForm('moths.csv', {
    files: { 'moths.csv': await projectFile('samples/moths.csv') },
  });
  const { page, sidebar: panel } = lab;
  await train(lab, {});
  await labButton(panel, 'Train again…').click();
  await train(lab, { 'Learning rate': 0.02 });
  await labButton(panel, 'Train again…').click();
  await train(lab, { Seed: 5 });

  // Runs of one name are told apart by what differs.
  await expect.poll(() => runRows(lab).count()).toBe(3);
  const [newest, middle, oldest] = await runNames(lab);
  expect(newest).toMatch(/learning rate 0\.02, seed 5/);
  expect(middle).toMatch(/learning rate 0\.02, seed 1337/);
  expect(oldest).toMatch(/learning rate 0\.\d+, seed 1337/);
  await labButton(panel, 'Open in editor tab').click();
  await lab.dashboard.locator('lab-runs tbody tr').nth(2).waitFor(long);
  expect.soft(await violationsInThemes(lab, lab.dashboard), 'runs beside each other').toEqual([]);
  await lab.useTheme('dark');
  await lab.screenshot('keyboard-runs');

  await lab.runCommand('View: Focus First Editor Group');
  // A click, of all things, was the last that happened there.
  await expect(landByF6(lab)).resolves.toMatch(/^[\w-]+ in sight, (?!none)\w+ [1-9]/);

  // By keys alone: into the view, one run down, another name.
  await lab.runCommand('Model Lab: Focus on Runs View');
  const focused = page.locator('.pane-body .monaco-list:focus .monaco-list-row.focused');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused.getAttribute('aria-label')).toBe(middle);
  await page.keyboard.press('F2');
  const name = page.locator('.quick-input-widget:not(.hidden) input[type="text"]:focus');
  await expect.poll(() => name.inputValue()).toBe('moths → species');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('moths in the middle');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await runNames(lab))[1]).toMatch(/^moths in the middle, finished/);
  await expect.poll(() => focused.getAttribute('aria-label')).toMatch(/^moths in the middle/);

  const dialog = page.locator('.monaco-dialog-box', { hasText: 'Delete the run "moths in the middle"?' });
  await page.keyboard.press('Delete');
  await dialog.waitFor();
  await lab.screenshot('keyboard-delete');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect(runRows(lab).count()).resolves.toBe(3);
  await expect.poll(() => focused.getAttribute('aria-label')).toMatch(/^moths in the middle/);
  await page.keyboard.press('Delete');
  await dialog.waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => runRows(lab).count()).toBe(2);
  // The list keeps the focus, on a run beside the one that is gone.
  await expect.poll(() => focused.count()).toBe(1);
});
