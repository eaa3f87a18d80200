import { describe, expect, it } from 'vitest';
import { openLab, projectFile, type Lab } from './harness';

const long = { timeout: 100_000 };

/** A text with something to learn in it: 1,500 short lines. */
const rhymes = Array.from(
  { length: 1500 },
  (_, at) =>
    `${at % 10} ${at % 2 === 0 ? 'the moon is up, the night is long,' : 'the river hums its silver song,'}\n`,
).join('');

/** The sample table, trained by a click on the lens over its first line and the first answer. */
async function trainedMoths(): Promise<Lab> {
  const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
  await lab.openFile('moths.csv');
  await lab.page.getByText('Train a model on this file').click();
  await lab.quickPickRows.first().waitFor();
  await lab.page.keyboard.press('Enter');
  await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/[✓✗?] /);
  return lab;
}

const marksOf = async (lab: Lab) => (await lab.visibleLines()).map(({ mark }) => mark);
const lens = (lab: Lab, text: string | RegExp) =>
  lab.page.locator('.codelens-decoration a', { hasText: text });

describe('the editor of a table', () => {
  it('asks for the target with a preview of its values, a sensible one first', async () => {
    const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
    await lab.openFile('moths.csv');
    await lab.page.getByText('Train a model on this file').click();
    await expect(lab.quickPickRows.first().innerText()).resolves.toMatch(
      /classification[\s\S]*\d+ classes: /,
    );
    await lab.screenshot('editor-target');
    await lab.page.keyboard.press('Escape');
  });

  it('marks the rows when a training ends, follows an edit, and hides and shows the marks', async () => {
    const lab = await trainedMoths();
    const marks = await marksOf(lab);
    expect(marks[0]).toMatch(/accuracy (1|0\.\d+)/);
    expect(marks.slice(1).filter((mark) => /^\s*[✓✗?] \S.* \d+ %/.test(mark)).length).toBeGreaterThan(5);
    await lab.screenshot('editor-marks');
    await lab.page
      .locator('.statusbar-item', { hasText: /0\.\d+|1$/ })
      .first()
      .waitFor();

    await lens(lab, 'Predictions: on').click();
    await expect.poll(async () => (await marksOf(lab)).every((mark) => mark === '')).toBe(true);
    await lens(lab, 'Predictions: off').click();
    await expect.poll(async () => (await marksOf(lab))[1]).toMatch(/[✓✗?] /);

    const rows = (await lab.visibleLines()).length;
    expect(rows).toBeGreaterThan(3);
    await lab.goTo(2, 1);
    const before = (await lab.visibleLines())[1]?.text ?? '';
    await lab.page.keyboard.press('Shift+Alt+ArrowDown');
    await expect.poll(async () => (await lab.visibleLines())[2]?.text).toBe(before);
    await expect.poll(async () => (await marksOf(lab))[2]).toMatch(/[✓✗?] /);
  });

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

describe('a window that is closed in the middle of a training', () => {
  it('leaves no process, and the run resumes by the notification of the next window', async () => {
    const lab = await openLab({ files: { 'rhymes.txt': rhymes } });
    await lab.openFile('rhymes.txt');
    await lab.runCommand('Model Lab: Train Language Model on This File');
    await lab.page.locator('.statusbar-item', { hasText: /step [1-9]/ }).waitFor(long);
    await lab.reopen();
    await expect
      .poll(
        async () => (await lab.processes()).filter(({ command }) => command.includes('--role=learning')),
        long,
      )
      .toEqual([]);
    await lab.runCommand('Model Lab: Show the Lab');
    const offer = lab.notifications.filter({ hasText: /was interrupted/ });
    await offer.first().waitFor(long);
    await lab.screenshot('editor-interrupted');
    await offer.getByRole('button', { name: 'Resume' }).first().click();
    await lab.page.locator('.statusbar-item', { hasText: /step [1-9]/ }).waitFor(long);
    await lab.runCommand('Model Lab: Stop Training');
    await lab.page.locator('.statusbar-item', { hasText: /perplexity/ }).waitFor(long);
  });
});

describe('a workspace that is not trusted', () => {
  it('shows its datasets and trains nothing', async () => {
    const lab = await openLab({
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      trust: 'ask',
    });
    await lab.page.getByRole('button', { name: /No, I don't trust/ }).click({ timeout: 10_000 });
    await lab.openFile('moths.csv');
    await lab.page.getByText('Train a model on this file').click();
    await lab.notifications.filter({ hasText: 'not trusted' }).first().waitFor();
    await lab.screenshot('editor-untrusted');
  });
});
