import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clickLens, contextMenu, labButton, openLab, projectFile, runState } from './harness';

const long = { timeout: 150_000 };

describe('other places to work in than an open folder', () => {
  it('a single file, without a folder, keeps its runs in the storage of the extension', async () => {
    const lab = await openLab({
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      single: 'moths.csv',
    });
    await lab.page.locator('.tab.active[data-resource-name="moths.csv"]').waitFor();
    await clickLens(lab.page, 'Train a model on this file');
    await lab.quickPickRows.first().waitFor();
    await lab.page.keyboard.press('Enter');
    await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/[✓✗?] /);
    await runState(lab.sidebar).filter({ hasText: 'Finished' }).waitFor(long);
    await lab.page.locator('.pane-body .monaco-list-row', { hasText: 'moths → species' }).waitFor();
    await lab.screenshot('places-single');
    expect(await readdir(lab.folder)).toEqual(['moths.csv']);
    const storage = join(lab.userFolder, 'globalStorage', 'local-model-lab.local-model-lab', 'runs');
    expect((await readdir(storage)).filter((name) => name.includes('moths'))).toHaveLength(1);
  });

  it('the explorer offers training on a file, without opening it', async () => {
    const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
    const row = lab.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'moths.csv' });
    await contextMenu(lab.page, row, 'Train Model on This File');
    await lab.quickPickRows.first().waitFor();
    await lab.page.keyboard.press('Enter');
    await runState(lab.sidebar).filter({ hasText: 'Finished' }).waitFor(long);
    expect(existsSync(join(lab.folder, '.model-lab', 'runs'))).toBe(true);
    // Its model marks the file when that is opened by the button.
    await labButton(lab.sidebar, 'Show predictions').click();
    await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/[✓✗?] /);
  });

  it('the tab of the Lab is there again after the window was', async () => {
    const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
    await lab.openFile('moths.csv');
    await lab.runCommand('Model Lab: Open in Editor Tab');
    await lab.dashboard.locator('.lab.editor').waitFor();
    await labButton(lab.dashboard, 'Train').waitFor();
    await lab.reload();
    await lab.dashboard.locator('.lab.editor').waitFor(long);
    await lab.dashboard.locator('.context', { hasText: /moths\.csv → species/ }).waitFor(long);
    await lab.screenshot('places-tab');
  });
});
