import { describe, expect, it } from 'vitest';
import {
  clickLens,
  fillForm,
  labButton,
  labField,
  openForm,
  openLab,
  projectFile,
  runState,
  violationsInThemes,
} from './harness';

const long = { timeout: 100_000 };

/** Loans with a column that was written down after they had failed. */
function loans(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const income = 18 + ((at * 37) % 72);
    const months = 6 + ((at * 53) % 66);
    const failed = income - months / 3 + ((at * 29) % 31) < 45;
    return `${income},${months},${failed ? 1 + (at % 8) : 0},${failed ? 'yes' : 'no'}`;
  });
  return `income,months,reminders_sent,defaulted\n${lines.join('\n')}\n`;
}

describe('the Lab, held against axe-core in all four themes', () => {
  it('breaks no rule when empty, in its form, while it learns, with a result, a judged row and a text', async () => {
    const lab = await openLab({
      files: {
        'moths.csv': await projectFile('samples/moths.csv'),
        'lighthouse.txt': await projectFile('samples/lighthouse.txt'),
      },
    });
    const { sidebar: panel } = lab;
    await lab.runCommand('Model Lab: Show the Lab');
    await panel.getByRole('heading', { name: 'Open a file to learn from' }).waitFor();
    expect.soft(await violationsInThemes(lab, panel), 'empty').toEqual([]);

    await lab.openFile('moths.csv');
    await labField(panel, 'Epochs').waitFor(long);
    await panel.getByRole('button', { name: /^How this file is read/ }).click();
    await panel.getByRole('combobox', { name: 'Separator' }).waitFor();
    const columns = panel.locator('details.folded', { hasText: 'Columns' });
    await columns.locator('summary').click();
    await columns.getByRole('combobox').first().waitFor();
    await fillForm(panel, { Epochs: 5000, Patience: 0 });
    expect.soft(await violationsInThemes(lab, panel), 'form').toEqual([]);

    await labButton(panel, 'Train').click();
    await panel.locator('.chart canvas').first().waitFor(long);
    await runState(panel).filter({ hasText: 'Training' }).waitFor();
    expect.soft(await violationsInThemes(lab, panel), 'while it learns').toEqual([]);
    await labButton(panel, 'Stop').click();
    await runState(panel).filter({ hasText: 'Stopped' }).waitFor(long);
    expect.soft(await violationsInThemes(lab, panel), 'result').toEqual([]);

    await panel.getByRole('tab', { name: /Infer/ }).click();
    await lab.runCommand('View: Focus Active Editor Group');
    await lab.goTo(5);
    await panel.locator('.row-verdict').waitFor(long);
    expect.soft(await violationsInThemes(lab, panel), 'judged row').toEqual([]);

    await lab.openFile('lighthouse.txt');
    await panel.getByRole('tab', { name: /Learn/ }).click();
    await labField(panel, 'Steps').waitFor(long);
    await fillForm(panel, { Steps: 20, Width: 16, Layers: 1, Heads: 1, Context: 16 });
    await labButton(panel, 'Train').click();
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    await panel.getByRole('tab', { name: /Generate/ }).click();
    await labButton(panel, 'Generate').click();
    await panel.getByRole('heading', { name: 'Written' }).waitFor(long);
    expect.soft(await violationsInThemes(lab, panel), 'text').toEqual([]);
  });

  it('breaks no rule with another file open, a training that waits, a leak and an error', async () => {
    const lab = await openForm('moths.csv', {
      files: {
        'moths.csv': await projectFile('samples/moths.csv'),
        'loans.csv': loans(500),
        'empty.csv': '',
      },
    });
    const { sidebar: panel } = lab;
    await fillForm(panel, { Epochs: 20_000, Patience: 0 });
    await labButton(panel, 'Train').click();
    await runState(panel).filter({ hasText: 'Training' }).waitFor(long);
    await lab.openFile('loans.csv');
    await labButton(panel, 'Use it: loans.csv').waitFor(long);
    expect.soft(await violationsInThemes(lab, panel), 'another file is open').toEqual([]);

    await labButton(panel, 'Use it: loans.csv').click();
    await panel.getByText('Begins when moths.csv is learnt.').waitFor(long);
    await expect(panel.locator('.context').innerText()).resolves.toMatch(/^loans\.csv → defaulted/);
    await labButton(panel, 'Train').click();
    await panel.getByRole('list', { name: 'Trainings that wait' }).waitFor(long);
    expect.soft(await violationsInThemes(lab, panel), 'a training waits').toEqual([]);

    await lab.runCommand('Model Lab: Stop Training');
    await panel.getByRole('heading', { name: 'loans → defaulted' }).waitFor(long);
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    await panel.getByText('known beforehand').first().waitFor(long);
    expect.soft(await violationsInThemes(lab, panel), 'a leak').toEqual([]);

    await lab.openFile('empty.csv');
    await clickLens(lab.page, 'Train a model on this file');
    await panel.getByRole('alert').filter({ hasText: 'empty.csv' }).waitFor(long);
    await lab.screenshot('accessibility-error');
    expect.soft(await violationsInThemes(lab, panel), 'an error').toEqual([]);
  });
});
