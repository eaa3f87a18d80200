import { describe, expect, it } from 'vitest';
import { labButton, openLab, projectFile, runState, type Lab } from './harness';

const long = { timeout: 150_000 };

/** Opens the walkthrough and unfolds one of its steps. A tab that was left shows VS Code's own welcome page again. */
async function step(lab: Lab, title: string) {
  await lab.runCommand('Welcome: Open Walkthrough...');
  await lab.pick('Train your first model');
  const row = lab.page.locator('.getting-started-step', { hasText: title });
  await row.waitFor();
  if (!((await row.getAttribute('class')) ?? '').includes('expanded')) await row.locator('h3').click();
  await lab.page.locator('.getting-started-step.expanded', { hasText: title }).waitFor();
  return {
    button: (name: string) => row.getByRole('button', { name, exact: true }),
    isDone: () => row.locator('.codicon.complete').count(),
  };
}

describe('the walkthrough', () => {
  it('does in each of its steps what the step says, and ticks it off', async () => {
    const lab = await openLab({
      files: {
        'moths.csv': await projectFile('samples/moths.csv'),
        'lighthouse.txt': await projectFile('samples/lighthouse.txt'),
      },
    });
    const { page, sidebar: panel } = lab;
    const table = await step(lab, 'Train on a table');
    await lab.screenshot('walkthrough');
    expect(await table.isDone()).toBe(0);
    await table.button('Train on the Sample Table').click();
    await lab.quickPickRows.first().waitFor();
    await page.keyboard.press('Enter');
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/[✓✗?] /);
    await expect.poll(async () => (await step(lab, 'Train on a table')).isDone()).toBeGreaterThan(0);

    const marks = await step(lab, 'See the marks');
    await marks.button('Next Wrong Row').click();
    await page.locator('.tab.active[data-resource-name="moths.csv"]').waitFor();
    await expect
      .poll(async () => (await lab.visibleLines()).some(({ mark }) => mark.startsWith('✗')))
      .toBe(true);
    await expect.poll(async () => (await step(lab, 'See the marks')).isDone()).toBeGreaterThan(0);

    const text = await step(lab, 'Train on a text');
    await text.button('Train on the Sample Text').click();
    await page.locator('.tab.active[data-resource-name="lighthouse.txt"]').waitFor();
    await panel.locator('.chart canvas').nth(1).waitFor(long);
    await labButton(panel, 'Stop').click();
    await runState(panel).filter({ hasText: 'Stopped' }).waitFor(long);
    await expect.poll(async () => (await step(lab, 'Train on a text')).isDone()).toBeGreaterThan(0);

    const write = await step(lab, 'Let it write');
    await write.button('Generate Text').click();
    await panel.getByRole('textbox', { name: 'Prompt' }).waitFor();
    await expect.poll(async () => (await step(lab, 'Let it write')).isDone()).toBeGreaterThan(0);
    await lab.screenshot('walkthrough-done');
  });
});
