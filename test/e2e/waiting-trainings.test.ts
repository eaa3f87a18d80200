import { expect, it } from 'vitest';
import {
  fillForm,
  labButton,
  labField,
  openLab,
  projectFile,
  runState,
  stepsDone,
  untilRemembered,
} from './harness';

const long = { timeout: 100_000 };
const lasting = { Epochs: 20_000, Patience: 0 };

it('keeps a training that waits over the end of the window, begins it when asked, and answers Stop at once', async () => {
  const lab = await openLab({
    files: {
      'moths.csv': await projectFile('samples/moths.csv'),
      'rents.csv': await projectFile('samples/rents.csv'),
    },
  });
  await lab.openFile('moths.csv');
  await lab.runCommand('Model Lab: Show the Lab');
  await labField(lab.sidebar, 'Epochs').waitFor(long);
  await fillForm(lab.sidebar, lasting);
  await labButton(lab.sidebar, 'Train').click();
  await runState(lab.sidebar).filter({ hasText: 'Training' }).waitFor(long);

  await lab.openFile('rents.csv');
  await labButton(lab.sidebar, 'Use it: rents.csv').click();
  await lab.sidebar.getByText('Begins when moths.csv is learnt.').waitFor(long);
  await fillForm(lab.sidebar, lasting);
  await labButton(lab.sidebar, 'Train').click();
  await lab.sidebar
    .getByRole('list', { name: 'Trainings that wait' })
    .filter({ hasText: 'rents.csv' })
    .waitFor();

  // In the browser VS Code writes down what extensions remember every few seconds.
  await untilRemembered(lab.page, '"modelLab.queue":[{');
  await lab.reopen();
  await lab.runCommand('Model Lab: Show the Lab');
  const question = lab.page.locator('.notification-list-item', {
    hasText: /A training was waiting when the window was closed: rents\.csv → \w+\./,
  });
  // VS Code takes a question away after some seconds and keeps it under the bell.
  await lab.page.locator('[id="status.notifications"]').click();
  await question.waitFor(long);
  // The Lab says it as long as nobody has answered.
  const line = lab.sidebar.locator('.message', { hasText: /A training was waiting/ });
  await line.filter({ hasText: 'rents.csv' }).waitFor(long);
  await lab.screenshot('waiting-left');
  await question.getByRole('button', { name: 'Start' }).click();
  await lab.sidebar.getByRole('heading', { name: /^rents → / }).waitFor(long);
  await runState(lab.sidebar).filter({ hasText: 'Training' }).waitFor(long);
  await expect.poll(() => stepsDone(lab.sidebar), long).toBeGreaterThan(0);
  await expect.poll(() => line.count()).toBe(0);

  // What is said after the click, in its order, however short it is shown: watched before the click.
  await lab.sidebar.locator('.run-head').evaluate((head) => {
    const words: string[] = [];
    new MutationObserver(() => {
      const now = head.querySelector('.state')?.textContent.trim() ?? '';
      if (words.at(-1) !== now) words.push(now);
      document.documentElement.dataset.said = words.filter((word) => word !== 'Training').join(', ');
    }).observe(head, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await labButton(lab.sidebar, 'Stop').click();
  await expect
    .poll(() => lab.sidebar.locator('.run-head').evaluate(() => document.documentElement.dataset.said), long)
    .toBe('Stopping…, Stopped');

  // It has been decided about: the next window does not ask again.
  await lab.reopen();
  await lab.runCommand('Model Lab: Show the Lab');
  await lab.page.locator('.pane-body .monaco-list-row', { hasText: 'rents → ' }).waitFor(long);
  await lab.page.locator('[id="status.notifications"]').click();
  const told = lab.page.locator('.notification-list-item');
  await told.filter({ hasText: 'interrupted' }).waitFor(long);
  await expect(told.filter({ hasText: 'waiting' }).count()).resolves.toBe(0);
});
