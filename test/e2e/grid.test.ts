/** Tables as grids in VS Code, from the command to the marks. The page itself is tried in grid-page.test.ts. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Lab, openLab, projectFile, violationsInThemes } from './harness';

/** The grid that is seen. Tabs behind it keep their pages. */
const gridOf = (lab: Lab): FrameLocator =>
  lab.page
    .locator('iframe.webview.ready:not([src*="purpose=webviewView"])')
    .filter({ visible: true })
    .contentFrame()
    .frameLocator('#active-frame');

const count = (grid: FrameLocator) => grid.locator('.count');
const firstRow = (grid: FrameLocator) => grid.locator('.row[aria-rowindex="2"]');
const long = { timeout: 120_000 };

async function openAsGrid(lab: Lab, name: string): Promise<FrameLocator> {
  await lab.openFile(name);
  await lab.runCommand('Model Lab: Open as Grid');
  const grid = gridOf(lab);
  await firstRow(grid).waitFor(long);
  return grid;
}

describe('a table as a grid', () => {
  it('is filtered by a bar, sorted, searched, gone through by keys, and is the same after a reload', async () => {
    const lab = await openLab({
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      theme: 'light',
      window: { width: 2100, height: 900 },
    });
    const grid = await openAsGrid(lab, 'moths.csv');
    expect(await count(grid).innerText()).toBe('640 rows');
    await grid.getByRole('group', { name: 'Values of habitat' }).waitFor(long);
    await lab.screenshot('grid-light');

    await grid.getByRole('button', { name: /^Ash Lantern: / }).click();
    await expect.poll(() => count(grid).innerText()).toBe('229 of 640 rows');
    await grid.getByRole('button', { name: /^Ash Lantern: 229 of 229 rows$/ }).waitFor();
    const species = grid.locator('.row[aria-rowindex="2"] .cell').nth(12);
    expect(await species.innerText()).toBe('Ash Lantern');
    await grid.getByRole('button', { name: /^mass_mg, number/ }).click();
    const mass = firstRow(grid).locator('.cell').nth(4);
    const lightest = async () => Number(await mass.innerText());
    const before = await lightest();
    await grid.getByRole('button', { name: /^mass_mg, number/ }).click();
    await expect.poll(lightest).toBeGreaterThan(before);
    const heaviest = await mass.innerText();

    await grid.getByRole('textbox', { name: 'Find' }).fill('lh-1007');
    await lab.page.keyboard.press('Enter');
    await expect.poll(() => grid.locator('.cell.active').innerText()).toBe('LH-1007');
    await grid.locator('.cell.active').click();
    await lab.page.keyboard.press('Control+c');
    await expect.poll(() => lab.page.evaluate(() => navigator.clipboard.readText())).toBe('LH-1007');
    await lab.page.keyboard.press('Control+Home');
    await expect.poll(() => firstRow(grid).locator('.cell.active').count()).toBe(1);
    await lab.page.waitForTimeout(500);

    await lab.reload();
    const again = gridOf(lab);
    await expect.poll(() => count(again).innerText(), { timeout: 120_000 }).toBe('229 of 640 rows');
    await expect.poll(() => firstRow(again).locator('.cell').nth(4).innerText()).toBe(heaviest);
  });

  it('carries the marks of a model, shows those that are wrong, and tells their probabilities', async () => {
    const lab = await openLab({
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      theme: 'dark',
    });
    const grid = await openAsGrid(lab, 'moths.csv');
    await lab.runCommand('Model Lab: Train Model on This File');
    await lab.pick('species');
    const mark = firstRow(grid).locator('.cell.mark');
    await expect
      .poll(() => mark.innerText(), long)
      .toMatch(/^[✓✗?] (Copper Footman|Pale Lantern|Ash Lantern|Marsh Hooktip) /);
    await mark.click();
    await lab.page.keyboard.press('Enter');
    await grid.getByRole('tooltip').filter({ hasText: 'predicted ' }).waitFor();
    await lab.screenshot('grid-marks');
    await lab.page.keyboard.press('Escape');
    await grid.getByRole('button', { name: 'Unsure' }).click();
    await expect.poll(() => count(grid).innerText(), long).toMatch(/^\d+ of 640 rows$/);
    await grid.getByRole('button', { name: 'Hide predictions' }).click();
    await expect.poll(() => grid.locator('.row:not([hidden]) > .cell.mark:not([hidden])').count()).toBe(0);
    await expect.poll(() => count(grid).innerText()).toBe('640 rows');
    await lab.runCommand('Model Lab: Toggle Predictions');
    await expect.poll(() => mark.innerText(), long).toMatch(/^[✓✗?] /);
    expect(await violationsInThemes(lab, grid)).toEqual([]);
  });

  it('is read again when the file changes on disk, and keeps its filters', async () => {
    const lab = await openLab({ files: { 'moths.csv': moths(30) } });
    const grid = await openAsGrid(lab, 'moths.csv');
    await grid.getByRole('button', { name: /^brown: / }).click();
    await expect.poll(() => count(grid).innerText()).toBe('15 of 30 rows');
    await writeFile(join(lab.folder, 'moths.csv'), moths(60));
    await expect.poll(() => count(grid).innerText(), long).toBe('30 of 60 rows');
    await grid.getByText('The file has changed on disk and was read again.').first().waitFor();
  });

  it('says that the engine had ended, and is there again', async () => {
    const lab = await openLab({ files: { 'moths.csv': moths(30) } });
    const grid = await openAsGrid(lab, 'moths.csv');
    const engines = async () =>
      (await lab.processes()).filter(({ command }) => command.includes('engine.cjs'));
    const [engine] = await engines();
    if (!engine) throw new Error('No engine runs.');
    process.kill(engine.pid, 'SIGKILL');
    await expect.poll(async () => (await engines()).map(({ pid }) => pid)).not.toContain(engine.pid);
    await grid.getByRole('button', { name: /^brown: / }).click();
    await grid.getByText('The engine had ended.').first().waitFor(long);
    await expect.poll(() => count(grid).innerText(), long).toMatch(/of 30 rows|30 rows/);
  });

  it('is what a file opens as that is no text, and says why where it cannot be read', async () => {
    const lab = await openLab({
      files: {
        'columns.parquet': await readFile(join(parquetFixtures, 'snappy.parquet')),
        'broken.parquet': 'PAR1 this is nothing of the kind PAR1',
      },
    });
    await openFromExplorer(lab, 'columns.parquet');
    await firstRow(gridOf(lab)).waitFor(long);
    await lab.screenshot('grid-parquet');
    await openFromExplorer(lab, 'broken.parquet');
    await gridOf(lab).getByRole('alert').waitFor(long);
    await gridOf(lab).getByRole('button', { name: 'Try Again' }).waitFor();
    await lab.screenshot('grid-failed');
  });
});

const parquetFixtures = join(import.meta.dirname, '..', 'fixtures', 'columns');

async function openFromExplorer(lab: Lab, name: string): Promise<void> {
  await lab.page.locator('.explorer-folders-view').getByText(name, { exact: true }).dblclick();
  await lab.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

function moths(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => `${row % 2 === 0 ? 'brown' : 'white'},${20 + row}`);
  return `colour,wing\n${lines.join('\n')}\n`;
}
