import { describe, expect, it } from 'vitest';
import {
  fillForm,
  labButton,
  labField,
  openLab,
  projectFile,
  runState,
  statusItem,
  stepsDone,
  type Lab,
} from './harness';

const long = { timeout: 100_000 };

/** The sample table with a training that would last for minutes, just begun. */
async function longTraining(): Promise<Lab> {
  const lab = await openLab({
    files: { 'moths.csv': await projectFile('samples/moths.csv'), 'notes.txt': 'Notes\n' },
    theme: 'light',
  });
  await lab.openFile('moths.csv');
  await lab.runCommand('Model Lab: Show the Lab');
  await labField(lab.sidebar, 'Epochs').waitFor(long);
  await fillForm(lab.sidebar, { Epochs: 20_000, Patience: 0, Batch: 8 });
  await labButton(lab.sidebar, 'Train').click();
  await lab.sidebar.locator('.chart canvas').nth(1).waitFor(long);
  return lab;
}

describe('a training that lasts', () => {
  it('is watched while it learns, pauses, goes on, and stops with a model that works', async () => {
    const lab = await longTraining();
    const { page, sidebar: panel } = lab;

    await panel.getByRole('progressbar', { name: 'Training' }).waitFor();
    await panel.locator('.progress-words', { hasText: / left/ }).waitFor(long);
    await panel.locator('.facts', { hasText: /[\d,]+ of 20,000[\s\S]*rows\/s/ }).waitFor();
    await statusItem(page)
      .filter({ hasText: /epoch [\d,]+ of 20,000 · .+ left/ })
      .waitFor(long);
    // Both say the same of the time that is left.
    await expect
      .poll(async () => {
        const inPanel = /(\S+ )*left/.exec(await panel.locator('.progress-words').innerText())?.[0];
        const inStatusBar = /· (.+ left)/.exec(await statusItem(page).innerText())?.[1];
        return inPanel === inStatusBar;
      })
      .toBe(true);
    const learnt = await stepsDone(panel);
    await expect.poll(() => stepsDone(panel)).toBeGreaterThan(learnt);
    await lab.screenshot('long-learning');

    // The editor answers meanwhile.
    await lab.openFile('notes.txt');
    await lab.goTo(2);
    await lab.typeInEditor('The editor answers while a model learns.');
    await expect
      .poll(async () => (await lab.visibleLines())[1]?.text)
      .toBe('The editor answers while a model learns.');

    await labButton(panel, 'Pause').click();
    await runState(panel).filter({ hasText: 'Paused' }).waitFor();
    await statusItem(page).filter({ hasText: 'paused' }).waitFor();
    const run = page.locator('.pane-body .monaco-list-row', { hasText: 'moths → species' });
    await expect.poll(() => run.getAttribute('aria-label')).toMatch(/paused/);
    const paused = await stepsDone(panel);
    await lab.screenshot('long-paused');
    // Nothing tells that nothing happens: what a training does in a second is a thousand steps here.
    await page.waitForTimeout(1500);
    await expect(stepsDone(panel)).resolves.toBe(paused);

    await labButton(panel, 'Continue').click();
    await expect.poll(() => stepsDone(panel)).toBeGreaterThan(paused);

    await labButton(panel, 'Stop').click();
    await runState(panel).filter({ hasText: 'Stopped' }).waitFor(long);
    // The tree says it, too, with the same figure as the panel.
    const figure = await panel.locator('.headline-value').innerText();
    await expect.poll(() => run.getAttribute('aria-label')).toMatch(/stopped early/);
    expect(await run.getAttribute('aria-label')).toContain(`accuracy ${figure}`);
    await lab.screenshot('long-stopped');
    await labButton(panel, 'Show predictions').click();
    await page.locator('.tab.active[data-resource-name="moths.csv"]').waitFor();
    await expect.poll(async () => (await lab.visibleLines())[1]?.mark, long).toMatch(/^[✓✗?] .+ %/);
  });

  it('is there as interrupted when its window was closed, and goes on to its end', async () => {
    const lab = await openLab({ files: { 'moths.csv': await projectFile('samples/moths.csv') } });
    await lab.openFile('moths.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    await labField(lab.sidebar, 'Epochs').waitFor(long);
    await fillForm(lab.sidebar, { Epochs: 1000, Patience: 0 });
    await labButton(lab.sidebar, 'Train').click();
    await statusItem(lab.page)
      .filter({ hasText: /epoch [1-9]\d* of 1,000/ })
      .waitFor(long);
    await lab.reopen();
    await expect
      .poll(
        async () => (await lab.processes()).filter(({ command }) => command.includes('--role=learning')),
        long,
      )
      .toEqual([]);

    await lab.runCommand('Model Lab: Show the Lab');
    const run = lab.page.locator('.pane-body .monaco-list-row', { hasText: 'moths → species' });
    await expect.poll(() => run.getAttribute('aria-label'), long).toMatch(/interrupted/);
    await run.click();
    await runState(lab.sidebar).filter({ hasText: 'Interrupted' }).waitFor(long);
    await lab.screenshot('long-interrupted');
    await labButton(lab.sidebar, 'Resume').click();
    await runState(lab.sidebar).filter({ hasText: 'Finished' }).waitFor(long);
    await lab.sidebar.locator('.facts', { hasText: /1,000 of 1,000/ }).waitFor();
    await lab.screenshot('long-resumed');
  });
});
