import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { labButton, openLab, projectFile, violationsInThemes } from './harness';

const long = { timeout: 100_000 };

describe('the page of a dataset', () => {
  it('shows each column with its picture and what it tells, and leads to its line in the form', async () => {
    const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
    const { sidebar: panel } = lab;
    await lab.openFile('moths.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    await panel.getByRole('tab', { name: 'Data' }).click();
    const strips = panel.getByRole('list', { name: 'Columns' }).getByRole('listitem');
    await strips.first().waitFor(long);
    const header = (await readFile(join(root, 'samples/moths.csv'), 'utf8'))
      .split('\n', 1)
      .join('')
      .split(',');
    await expect.poll(() => strips.count(), long).toBe(header.length);
    await expect(panel.locator('.data-strips').innerText()).resolves.toMatch(/ %/);
    await lab.screenshot('data-strips-dark');
    expect.soft(await violationsInThemes(lab, panel), 'strips').toEqual([]);
    await lab.useTheme('light', panel);
    await lab.screenshot('data-strips-light');

    // By the keyboard alone: the most telling first, then into the form.
    await panel.getByRole('radio', { name: 'As in the file' }).focus();
    await lab.page.keyboard.press('ArrowRight');
    const first = strips.nth(1).getByRole('button');
    const name = (await first.innerText()).trim();
    await first.focus();
    await lab.page.keyboard.press('Enter');
    const line = panel.locator('[data-column]').filter({ hasText: name }).first();
    await line.waitFor();
    await expect.poll(() => line.evaluate((item) => item.contains(document.activeElement))).toBe(true);
    await expect(panel.getByRole('tab', { name: /Learn/ }).getAttribute('aria-selected')).resolves.toBe(
      'true',
    );

    await panel.getByRole('tab', { name: 'Data' }).click();
    await labButton(panel, 'Open in editor tab').click();
    const wide = lab.dashboard;
    await wide.getByRole('tab', { name: 'Data', selected: true }).waitFor(long);
    await wide
      .locator('.data-card')
      .nth(header.length - 1)
      .waitFor(long);
    await lab.screenshot('data-cards-light');
    await lab.useTheme('dark', wide);
    await lab.screenshot('data-cards-dark');
    expect.soft(await violationsInThemes(lab, wide), 'cards').toEqual([]);
    await lab.screenshot('data-cards-contrast');
  });

  it('is counted anew where the file is edited, and shows characters and words of a text', async () => {
    const lab = await openLab({
      files: {
        'towns.csv': `town,size,kind\n${Array.from({ length: 60 }, (_, row) => `t${row % 7},${row},${row < 30 ? 'old' : 'new'}`).join('\n')}\n`,
        'lighthouse.txt': await projectFile('samples/lighthouse.txt'),
      },
    });
    const { sidebar: panel } = lab;
    await lab.openFile('towns.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    await panel.getByRole('tab', { name: 'Data' }).click();
    const strips = panel.locator('.data-strips');
    await strips.waitFor(long);
    await expect.poll(() => strips.innerText(), long).toMatch(/town[\s\S]*7 values/);
    await lab.runCommand('View: Focus Active Editor Group');
    await lab.goTo(2, 1);
    await lab.typeInEditor('x');
    await expect.poll(() => strips.innerText(), long).toMatch(/town[\s\S]*8 values/);

    await lab.openFile('lighthouse.txt');
    await panel.getByRole('heading', { name: 'Most frequent words' }).waitFor(long);
    await lab.screenshot('data-text-dark');
    expect.soft(await violationsInThemes(lab, panel), 'text').toEqual([]);
  });
});
