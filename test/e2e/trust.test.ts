import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { labButton, openLab, projectFile } from './harness';

describe('a folder that is not trusted', () => {
  it('may be looked at, and nothing of it is trained until it is trusted', async () => {
    const lab = await openLab({
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      trust: 'ask',
    });
    const { page, sidebar: panel } = lab;
    await lab.screenshot('trust-asked');
    const question = page.locator('.monaco-dialog-box', { hasText: /trust the authors/i });
    await question.waitFor();
    await question.getByRole('button', { name: /^No/ }).click();
    await question.waitFor({ state: 'hidden' });
    await lab.openFile('moths.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    await panel.getByText('This workspace is not trusted.').waitFor();
    await lab.screenshot('trust-restricted');
    await panel.locator('.context', { hasText: /moths\.csv → species/ }).waitFor();
    await expect(labButton(panel, 'Train').isDisabled()).resolves.toBe(true);
    expect(await readdir(lab.folder)).toEqual(['moths.csv']);
  });
});
