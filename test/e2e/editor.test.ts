import { describe, expect, it } from 'vitest';
import { clickLens, openLab, projectFile, type Lab } from './harness';

const long = { timeout: 100_000 };

/** The sample table, trained by a click on the lens over its first line and the first answer. */
async function trainedMoths(): Promise<Lab> {
  const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
  await lab.openFile('moths.csv');
  await clickLens(lab.page, 'Train a model on this file');
  await lab.quickPickRows.first().waitFor();
  await lab.page.keyboard.press('Enter');
  await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/[✓✗?] /);
  return lab;
}

const marksOf = async (lab: Lab) => (await lab.visibleLines()).map(({ mark }) => mark);

/** What the Problems view says of the open file. */
async function problemRows(lab: Lab): Promise<string> {
  const rows = lab.page.locator('.markers-panel .monaco-list-row .marker-message-details-container');
  return (await rows.allInnerTexts()).join('\n');
}

describe('the editor of a table', () => {
  it('says nothing against a row while it is being typed, and does when the cursor has left it', async () => {
    const lab = await trainedMoths();
    await lab.page.locator('[id="status.problems"]').click();
    await lab.page.locator('.markers-panel').waitFor();
    await lab.goTo(2);
    const squiggles = lab.page.locator('.editor-instance .squiggly-warning');
    await lab.page.keyboard.press('Home');
    await lab.typeInEditor('LH-9002,2023-05-30\n');
    // The row above is finished by the new line; the half of it that the cursor is in is not.
    await expect.poll(() => problemRows(lab)).toMatch(/cells[\s\S]*\[Ln 2/);
    await lab.goTo(2);
    await lab.page.keyboard.press('ControlOrMeta+Shift+K');
    await expect.poll(async () => (await lab.visibleLines())[1]?.text).not.toMatch(/9002/);
    await expect.poll(() => problemRows(lab)).not.toMatch(/Ln 2,/);
    await lab.goTo(3);
    await lab.page.keyboard.press('Home');
    await lab.page.keyboard.press('Shift+End');
    await lab.typeInEditor('LH-9003,2023-05-30,38.2');
    // A row with cells missing is not predicted: the engine has answered when the mark of the whole row is gone.
    await expect.poll(async () => (await lab.visibleLines())[2]?.mark).toBe('');
    await lab.screenshot('editor-typing');
    expect(await squiggles.count()).toBe(0);
    await lab.goTo(5);
    await expect.poll(() => squiggles.count()).toBeGreaterThan(0);
    await expect.poll(() => problemRows(lab)).toMatch(/cells[\s\S]*\[Ln 3/);
  });

  it('tells the probabilities of a row on hover', async () => {
    const lab = await trainedMoths();
    const row = lab.page.locator('.editor-instance .view-line').nth(2);
    await row.hover({ position: { x: 40, y: 8 } });
    const hover = lab.page.locator('.monaco-hover', { hasText: 'predicted by' });
    await hover.waitFor();
    await expect(hover.innerText()).resolves.toMatch(/█[\s\S]*%[\s\S]*(Training|Validation)\srow:/);
    await lab.screenshot('editor-hover');
  });

  it('brings the marks back when the window is opened again', async () => {
    const lab = await trainedMoths();
    await lab.reopen();
    // VS Code keeps which editors are open every few seconds only, when it is idle: a busy machine may have kept none.
    await lab.openFile('moths.csv');
    await expect.poll(async () => (await marksOf(lab))[1], long).toMatch(/[✓✗?] /);
  });
});
