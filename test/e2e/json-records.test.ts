import { describe, expect, it } from 'vitest';
import { labButton, openLab, runState, type Lab } from './harness';

const long = { timeout: 100_000 };
const brokenLine = 7;

/** Orders with fields inside fields; how they were paid follows from the width. */
function orders(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const width = 5 + ((row * 7919) % 900) / 10;
    const city = ['Graz', 'Linz', 'Wien'][(row * 5) % 3];
    const paid = width < 50 ? 'card' : 'cash';
    return JSON.stringify({ width, buyer: { city, age: 20 + ((row * 37) % 50) }, paid });
  });
  lines.splice(brokenLine - 1, 0, '{"width": 12, "buyer":');
  return `${lines.join('\n')}\n`;
}

const markAt = async (lab: Lab, line: number): Promise<string> =>
  (await lab.visibleLines()).find(({ number }) => number === line)?.mark ?? '';

describe('a file of JSON records', () => {
  it('shows its fields as columns, is trained by a click, and is marked at the lines of its records', async () => {
    const lab = await openLab({
      files: { 'orders.jsonl': orders(150) },
      settings: { 'modelLab.marks.position': 'end' },
    });
    const { page, sidebar: panel } = lab;
    await lab.openFile('orders.jsonl');
    await lab.runCommand('Model Lab: Show the Lab');
    const columns = panel.locator('details.folded', { hasText: 'Columns' });
    await columns.waitFor(long);
    await columns.locator('summary').first().click();
    await expect.poll(() => columns.innerText()).toMatch(/buyer\.city[\s\S]*buyer\.age/);
    // The kind leaves nothing to choose of how it is read: no line stands for nothing.
    await expect(panel.locator('#reading-line').count()).resolves.toBe(0);
    await expect(panel.locator('.form').innerText()).resolves.toMatch(/1 line is no JSON.*first line 7/);
    await lab.screenshot('json-form-dark');
    await lab.useTheme('light');
    await lab.screenshot('json-form-light');

    // By the button: VS Code puts a lens that comes late above what is in view.
    await expect(panel.locator('.context').first().innerText()).resolves.toMatch(/paid/);
    await labButton(panel, 'Train').click();
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);

    await expect.poll(() => markAt(lab, 1), long).toMatch(/^[✓✗?] (card|cash) /);
    await expect(markAt(lab, brokenLine)).resolves.not.toMatch(/^[✓✗→]/);
    await expect(markAt(lab, brokenLine + 1)).resolves.toMatch(/^[✓✗?] /);
    await page
      .locator('.editor-instance .view-line')
      .first()
      .hover({ position: { x: 40, y: 8 } });
    const hover = page.locator('.monaco-hover', { hasText: 'predicted by' });
    await hover.waitFor();
    await expect(hover.innerText()).resolves.toMatch(/card[\s\S]*cash/);
    await lab.screenshot('json-marks-light');
    await page.keyboard.press('Escape');

    // Another label: the record is judged anew, and wrong.
    const right = (await lab.visibleLines()).find(({ mark }) => mark.startsWith('✓'));
    const label = right?.text.match(/"(card|cash)"/)?.[1] ?? '';
    await lab.goTo(right?.number ?? 0, (right?.text.length ?? 0) - 1);
    for (let step = 0; step < label.length; step++) await page.keyboard.press('Backspace');
    await lab.typeInEditor(label === 'card' ? 'cash' : 'card');
    await expect.poll(() => markAt(lab, right?.number ?? 0), long).toMatch(/^✗ /);

    // The broken line is among VS Code's problems, at its place.
    await lab.runCommand('View: Toggle Problems');
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'no JSON' });
    await problem.waitFor();
    await expect(problem.innerText()).resolves.toMatch(/Ln 7\b/);
    await lab.screenshot('json-problems-light');
    await labButton(panel, 'Train again…').waitFor();
  });
});
