import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { labButton, openLab, projectFile, runState } from './harness';

describe('a folder that is not trusted', () => {
  it('may be looked at, and nothing of it is trained until it is trusted', async () => {
    const lab = await openLab({
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      trust: 'ask',
    });
    const { page, sidebar: panel } = lab;
    const restricted = page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
    await restricted.waitFor();
    await lab.openFile('moths.csv');
    await lab.runCommand('Model Lab: Show the Lab');

    // It may be looked at.
    await panel.getByText('This workspace is not trusted.').waitFor();
    await panel.locator('.context', { hasText: /moths\.csv → species/ }).waitFor();
    await page.getByText('This workspace is not trusted: its datasets may be looked at').waitFor();
    await lab.screenshot('trust-restricted');

    // Nothing is trained: not by the panel, not by the palette.
    await expect(labButton(panel, 'Train').isDisabled()).resolves.toBe(true);
    await page.keyboard.press('F1');
    await page.keyboard.type('Model Lab: ');
    await lab.quickPickRows.filter({ hasText: 'Show the Lab' }).waitFor();
    await expect(lab.quickPickRows.filter({ hasText: 'Train Model' }).count()).resolves.toBe(0);
    await page.keyboard.press('Escape');
    expect(await readdir(lab.folder)).toEqual(['moths.csv']);
    const engines = (await lab.processes()).filter(({ command }) => command.includes('--role=learning'));
    expect(engines).toEqual([]);

    // The panel's button leads to where the folder can be trusted, and then it trains.
    await labButton(panel, 'Manage workspace trust').click();
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust/ })
      .first()
      .click();
    await restricted.waitFor({ state: 'hidden' });
    await lab.openFile('moths.csv');
    await panel.getByText('This workspace is not trusted.').waitFor({ state: 'hidden' });
    await labButton(panel, 'Train').click();
    await runState(panel).filter({ hasText: 'Finished' }).waitFor({ timeout: 100_000 });
  });
});
