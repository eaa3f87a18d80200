import { describe, expect, it } from 'vitest';
import { clickLens, openLab, projectFile, type Lab } from './harness';

const long = { timeout: 100_000 };

/** The sample table, trained by a click on the lens over its first line and the first answer. */
async function trainedMoths(): Promise<Lab> {
  const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
  await lab.openFile('moths.csv');
  await clickLens(lab.page, 'Train a model on this file', lab.quickPickRows);
  await lab.page.keyboard.press('Enter');
  await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/[✓✗?] /);
  return lab;
}

const marksOf = async (lab: Lab) => (await lab.visibleLines()).map(({ mark }) => mark);

describe('the editor of a table', () => {
  it('tells the probabilities of a row on hover', async () => {
    const lab = await trainedMoths();
    const row = lab.page.locator('.editor-instance .view-line').nth(2);
    await row.hover({ position: { x: 40, y: 8 } });
    const hover = lab.page.locator('.monaco-hover', { hasText: 'predicted by' });
    await hover.waitFor();
    await expect(hover.innerText()).resolves.toMatch(/█[\s\S]*%/);
    await lab.screenshot('editor-hover');
  });

  it('brings the marks back when the window is opened again', async () => {
    const lab = await trainedMoths();
    await lab.reopen();
    await expect.poll(async () => (await marksOf(lab))[1], long).toMatch(/[✓✗?] /);
  });
});
