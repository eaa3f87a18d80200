import { describe, expect, it } from 'vitest';
import { clickLens, openLab, projectFile, statusItem, type Lab } from './harness';

const long = { timeout: 30_000 };

/** The first rows of the sample table. */
async function someMoths(rows: number): Promise<string[]> {
  const text = Buffer.from(await projectFile('samples/moths.csv')).toString('utf8');
  return text.split('\n').slice(0, rows + 1);
}

const whole = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** What the Problems view says of the open file. */
async function problems(lab: Lab): Promise<string> {
  const rows = lab.page.locator('.markers-panel .monaco-list-row .marker-message-details-container');
  return (await rows.allInnerTexts()).join('\n');
}

describe('a file that cannot be learnt from', () => {
  it('says what is wrong where the user looks: in the Lab, in Problems with its line, and on the way to training', async () => {
    const lines = await someMoths(60);
    const [header = ''] = lines;
    const ragged = lines.map((line, at) => (at === 7 ? line.replace(/,[^,]*,[^,]*$/, '') : line));
    const lab = await openLab({
      files: {
        'empty.csv': '',
        'header.csv': `${header}\n`,
        'same.csv': whole(['colour,size', ...Array.from({ length: 30 }, () => 'red,1')]),
        'ragged.csv': whole(ragged),
        'wide.csv': Buffer.from(`\ufeff${whole(lines)}`, 'utf16le'),
      },
      // The panel draws only the Problems that are in sight, and these would tell of each row and column of same.csv.
      settings: { 'modelLab.quality.constant-columns': 'off', 'modelLab.quality.duplicate-rows': 'off' },
      theme: 'high contrast',
    });
    const { page, sidebar: panel } = lab;
    await lab.openFile('empty.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    // By its item in the status bar: the Lab that is being loaded may swallow keys.
    await page.locator('[id="status.problems"]').click();
    await page.locator('.markers-panel').waitFor();

    const says = async (file: string, inProblems: RegExp, inLab: RegExp) => {
      await lab.openFile(file);
      await expect.poll(() => problems(lab), long).toMatch(inProblems);
      await expect.poll(() => panel.locator('body').innerText(), long).toMatch(inLab);
      await lab.screenshot(`bad-${file}`);
    };
    await says('empty.csv', /empty/i, /empty/i);
    await says('header.csv', /no rows|only a header|header/i, /no rows|only a header|header/i);
    await says(
      'same.csv',
      /No column of this table can be predicted/,
      /No column of this table can be predicted/,
    );
    await says('ragged.csv', /cells[\s\S]*\[Ln 8/, /Line 8: /);
    await says('wide.csv', /UTF-16/, /UTF-16/);
    // What was said of the files before does not stand above a good one.
    expect(await panel.locator('body').innerText()).not.toMatch(/header\.csv|same\.csv/);

    // The way to training ends with the same words and starts nothing.
    await lab.openFile('empty.csv');
    await clickLens(page, 'Train a model on this file');
    await panel
      .getByRole('alert')
      .filter({ hasText: /empty\.csv.*empty/i })
      .waitFor();
    await lab.screenshot('bad-training');
    // The Lab is in sight: a notification would only say the same.
    await expect(lab.notifications.filter({ hasText: /empty/i }).count()).resolves.toBe(0);
    await expect(statusItem(page).count()).resolves.toBe(0);
  });
});
