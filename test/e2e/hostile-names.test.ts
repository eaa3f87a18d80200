import type { FrameLocator, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openLab, runState, statusItem, type Lab } from './harness';

const long = { timeout: 60_000 };

/** Would run a command of VS Code, load an address, turn into an icon, colour a terminal, or turn letters round. */
const link = '[click](command:workbench.action.files.newUntitledFile)';
const image = '<img src=x onerror=alert(1)>';
const hostile = `$(sync~spin) ${link} ${image} \u001b[31m \u202egnp`;
/** Without what cannot be typed. */
const fileName = `$(sync~spin) ${link} ${image}.csv`;
const column = `size ${hostile}`;

/** Two kinds of rows that are told apart with ease, with hostile names of columns and classes. */
function table(): string {
  const rows = Array.from({ length: 90 }, (_, row) =>
    row % 2 === 0
      ? `${10 + (row % 7)},a ${hostile}`
      : `${40 + (row % 7)},b https://evil.example www.evil.example`,
  );
  return [`${column},kind ${hostile}`, ...rows, ''].join('\n');
}

const controls = ['\u001b', '\u202e'] as const;

/** What of the names has become more than text in a part of the page; empty where nothing has. */
function rendered(place: Locator): Promise<string[]> {
  return place.evaluateAll(
    (parts, signs) =>
      parts.flatMap((part) => {
        const all = [part, ...part.querySelectorAll('*')];
        const live = all.filter(
          (element) =>
            element.matches('img[src="x"], .codicon-modifier-spin.codicon-sync') ||
            ['href', 'data-href'].some((name) => /^command:|evil/.test(element.getAttribute(name) ?? '')),
        );
        const told = all.flatMap((element) =>
          ['aria-label', 'title'].map((name) => element.getAttribute(name) ?? ''),
        );
        const turned = [part.textContent, ...told].filter((text) =>
          signs.some((sign) => text.includes(sign)),
        );
        return [...live.map(({ outerHTML }) => outerHTML), ...turned.map((text) => `control in ${text}`)];
      }),
    controls,
  );
}

/** The place is there, shows the name, and shows it as text. */
async function expectPlain(place: Locator, words: RegExp): Promise<void> {
  const shown = async () => (await place.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  await expect.poll(shown, long).toMatch(words);
  await expect(rendered(place)).resolves.toEqual([]);
}

const body = (panel: FrameLocator): Locator => panel.locator('lab-app');
const runsView = (page: Page): Locator =>
  page.locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row');

/** The explorer in front of the Lab: what happens now is told by notifications. */
async function hideLab(lab: Lab): Promise<void> {
  await lab.runCommand('View: Show Explorer');
  await lab.page.locator('.explorer-folders-view').waitFor();
}

describe('hostile names of files, columns, classes and runs', () => {
  it('are text everywhere: in notifications, lists, lenses, marks, hovers, Runs, status bar and the Lab', async () => {
    const lab = await openLab({
      files: { [fileName]: table(), 'lacks.csv': 'a,b\n1,x\n2,y\n3,x\n', [`bad ${fileName}`]: 'a,b\n' },
      settings: { 'modelLab.marks.position': 'end' },
      window: { width: 1600, height: 900 },
    });
    const { page, sidebar } = lab;

    // A notification that names a file.
    await lab.openFile(`bad ${fileName}`);
    await lab.runCommand('Model Lab: Train Model on This File');
    await expectPlain(lab.notifications, /bad \$.?\(sync~spin\) \[click\].?\(command:/u);
    await lab.screenshot('hostile-notification');
    await lab.runCommand('Notifications: Clear All Notifications');

    // A list of columns with previews of classes.
    await lab.openFile(fileName);
    await lab.runCommand('Model Lab: Train Model on This File');
    await lab.quickPickRows.first().waitFor();
    await expectPlain(page.locator('.quick-input-widget:not(.hidden)'), /kind \$.?\(sync~spin\)/u);
    await lab.screenshot('hostile-list');
    await page.keyboard.press('Enter');

    // The Lab, its run, the Runs view, the status bar, the lens and the marks.
    await runState(sidebar).filter({ hasText: 'Finished' }).waitFor(long);
    await expectPlain(body(sidebar), /\$\(sync~spin\) \[click\]\(command:/u);
    await expectPlain(runsView(page), /\[click\].?\(command:/u);
    await expectPlain(statusItem(page), /\[click\].?\(command:/u);
    await expect.poll(async () => (await lab.visibleLines())[1]?.mark ?? '', long).toContain('✓');
    for (const { mark } of await lab.visibleLines())
      expect(controls.filter((sign) => mark.includes(sign))).toEqual([]);
    await expect(rendered(page.locator('.codelens-decoration'))).resolves.toEqual([]);
    await lab.screenshot('hostile-trained');
    await sidebar.getByRole('tab', { name: /Infer/ }).click();
    await lab.goTo(2, 1);
    await expectPlain(body(sidebar), /line 2/u);
    await lab.screenshot('hostile-infer');

    // The hovers of a row and of the run.
    await lab.runCommand('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible');
    await expectPlain(hover.filter({ hasText: 'predicted by' }), /predicted by/u);
    await lab.screenshot('hostile-hover');
    await page.keyboard.press('Escape');
    await runsView(page).first().hover();
    await expectPlain(
      hover.filter({ hasText: 'Finished' }).or(hover.filter({ hasText: 'finished' })),
      /Epoch/u,
    );
    await lab.screenshot('hostile-run');

    // The form with its columns and questions.
    await sidebar.getByRole('tab', { name: /Learn/ }).click();
    await sidebar.getByRole('button', { name: /Train again/ }).click();
    await sidebar.locator('#reading-line').waitFor(long);
    await sidebar.locator('details.folded', { hasText: 'Columns' }).locator('summary').first().click();
    await expectPlain(body(sidebar), /size \$\(sync~spin\)/u);
    await lab.screenshot('hostile-form');

    // The Lab in an editor tab; its title names no file.
    await lab.runCommand('Model Lab: Open in Editor Tab');
    await expectPlain(body(lab.dashboard), /\[click\]\(command:/u);
    const tab = page.locator('.editor-group-container.active .tab.active');
    await expect(tab.innerText()).resolves.toBe('Model Lab');
    await lab.runCommand('View: Close Editor');

    // A notification that names a column: the model's, which another file lacks.
    await lab.openFile('lacks.csv');
    await hideLab(lab);
    await lab.runCommand('Model Lab: Show Predictions of a Run');
    await expectPlain(lab.notifications, /size \$.?\(sync~spin\) \[click\].?\(command:/u);
    await lab.screenshot('hostile-mismatch');

    // Nothing has run a command.
    await expect(page.locator('.tab[data-resource-name^="Untitled-"]').count()).resolves.toBe(0);
  });
});
