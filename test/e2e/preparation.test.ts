import { describe, expect, it } from 'vitest';
import { openForm, projectFile } from './harness';

const long = { timeout: 30_000 };

describe('the steps of a preparation', () => {
  it('are written in the form, tell what they did, and where one does not fit it stays open to be mended', async () => {
    const lab = await openForm('moths.csv', {
      files: { 'moths.csv': await projectFile('samples/moths.csv') },
      theme: 'light',
    });
    const { sidebar: panel } = lab;
    await panel.locator('summary', { hasText: 'Preparation' }).click();
    const add = panel.getByRole('combobox', { name: 'Add a step' });
    await add.click();
    await panel.getByRole('option', { name: 'Keep some rows' }).click();
    const condition = panel.getByRole('textbox', { name: 'Keep rows where' });
    await condition.fill('wingspan > 30');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await panel.getByText('There is no column "wingspan".').waitFor(long);
    await condition.fill('wingspan_mm > 30 and habitat != "marsh"');
    await panel.getByRole('button', { name: 'Apply' }).click();
    const step = panel.locator('.step').first();
    await expect
      .poll(() => step.innerText(), long)
      .toMatch(/keep rows where wingspan_mm > 30 .*rows left out/s);
    await lab.screenshot('preparation-light');
    await panel.getByRole('button', { name: /^Remove step 1/ }).click();
    await expect.poll(() => panel.locator('.step').count(), long).toBe(0);
  });
});
