import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { labButton, openLab, runState, type Lab } from './harness';

const long = { timeout: 100_000 };

/** A table as a German spreadsheet writes it: windows-1252, semicolons, decimal commas, and a title above. */
function bakery(rows: number): Uint8Array {
  const lines = ['Verkäufe der Bäckerei, März 2024', 'Menge;"Preis";Umsatz;Straße;gekauft'];
  for (let row = 0; row < rows; row++) {
    const price = 0.5 + ((row * 7919) % 900) / 100;
    const revenue = `${(row % 4) + 1}.${String(100 + ((row * 37) % 90) * 10)}`;
    const street = ['Hauptstraße', 'Am Markt', 'Königsweg'][(row * 5) % 3] ?? '';
    lines.push(
      [
        String(1 + ((row * 13) % 40)),
        price.toFixed(2).replace('.', ','),
        revenue,
        street,
        price < 5 ? 'ja' : 'nein',
      ].join(';'),
    );
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

/** The same columns as an English program writes them. */
function points(rows: number): string {
  const text = Buffer.from(bakery(rows)).toString('latin1').split('\r\n').slice(1).join('\n');
  return text.replaceAll('.', '').replaceAll(',', '.').replaceAll(';', ',');
}

const readingLine = (panel: FrameLocator): Locator => panel.locator('#reading-line');
const part = (panel: FrameLocator, name: string): Locator =>
  panel.locator('.reading-parts').getByRole('combobox', { name, exact: true });

/** Opens the list of a part by the keyboard and goes to one of its entries. */
async function choosePart(lab: Lab, name: string, entry: RegExp): Promise<void> {
  const field = part(lab.sidebar, name);
  await field.focus();
  await lab.page.keyboard.press('Enter');
  await field.getByRole('option').first().waitFor();
  const entries = await field.getByRole('option').allInnerTexts();
  const at = entries.findIndex((text) => entry.test(text));
  expect(at, `${name} has the entry ${String(entry)}: ${entries.join(' | ')}`).toBeGreaterThanOrEqual(0);
  await lab.page.keyboard.press('Home');
  for (let step = 0; step < at; step++) await lab.page.keyboard.press('ArrowDown');
  await lab.page.keyboard.press('Enter');
}

/** The names in the list of columns, without what is said of them. */
async function columnNames(panel: FrameLocator): Promise<string> {
  const items = await panel.locator('.columns > li').allInnerTexts();
  return items
    .map((item) =>
      item
        .split('\n')[0]
        ?.trim()
        .replace(/ target$/, ''),
    )
    .join(' | ');
}

/** The dataset of the newest run's experiment file. */
async function keptDataset({ folder }: Lab): Promise<unknown> {
  const runs = join(folder, '.model-lab', 'runs');
  const newest = (await readdir(runs)).sort().at(-1) ?? '';
  const text = await readFile(join(runs, newest, 'experiment.json'), 'utf8');
  return (JSON.parse(text) as { dataset: unknown }).dataset;
}

async function openColumns(panel: FrameLocator): Promise<void> {
  const columns = panel.locator('details.folded', { hasText: 'Columns' });
  await columns.waitFor(long);
  if ((await columns.getAttribute('open')) === null) await columns.locator('summary').first().click();
}

describe('how a file is read', () => {
  it('is a line whose every part is overruled by the keyboard, remembered, learnt from and marked', async () => {
    const lab = await openLab({
      files: { 'bakery.csv': bakery(160), 'points.csv': points(40) },
      settings: { 'modelLab.marks.position': 'end' },
      window: { width: 1280, height: 1000 },
    });
    const { page } = lab;
    const lineSays = (words: string) =>
      expect.poll(() => readingLine(lab.sidebar).innerText(), long).toContain(words);
    const columnsAre = (words: string) => expect.poll(() => columnNames(lab.sidebar), long).toBe(words);
    const found = 'gekauft | Menge | Preis | Umsatz | Straße';
    await lab.openFile('bakery.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    await readingLine(lab.sidebar).waitFor(long);
    await lineSays('windows-1252 · ; · header in line 2 · decimal comma');
    await openColumns(lab.sidebar);
    await columnsAre(found);

    // The line unfolds by the keyboard; a list that is left by Escape has chosen nothing.
    await readingLine(lab.sidebar).focus();
    await page.keyboard.press('Enter');
    await part(lab.sidebar, 'Header').waitFor();
    await part(lab.sidebar, 'Header').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Escape');
    await expect(part(lab.sidebar, 'Header').getAttribute('aria-expanded')).resolves.toBe('false');
    await lineSays('header in line 2');
    await lab.screenshot('reading-unfolded');

    // Every part: the line says it, and the columns are others until it is found out again.
    const overrule = async (name: string, entry: RegExp, says: string, columns: string) => {
      await choosePart(lab, name, entry);
      await lineSays(says);
      await columnsAre(columns);
      // The focus stays where it was used.
      await expect(part(lab.sidebar, name).evaluate((field) => field.matches(':focus'))).resolves.toBe(true);
      await choosePart(lab, name, /Find it out/);
      await lineSays('windows-1252 · ; · header in line 2 · decimal comma');
      await columnsAre(found);
    };
    await overrule('Encoding', /^macintosh/, 'macintosh', 'gekauft | Menge | Preis | Umsatz | Straﬂe');
    await overrule('Quotes', /^None/, 'no quotes', 'gekauft | Menge | "Preis" | Umsatz | Straße');
    await overrule(
      'Header',
      /^No header/,
      'no header',
      'column 5 | column 1 | column 2 | column 3 | column 4',
    );
    await choosePart(lab, 'Separator', /tab/);
    await lineSays('tab');
    await expect.poll(() => columnNames(lab.sidebar), long).not.toContain('Preis');
    await choosePart(lab, 'Separator', /Find it out/);
    await columnsAre(found);
    await choosePart(lab, 'First line', /Line 3/);
    await expect.poll(() => columnNames(lab.sidebar), long).not.toContain('Preis');
    await choosePart(lab, 'First line', /Find it out/);
    await columnsAre(found);
    const revenue = lab.sidebar.locator('.columns > li', { hasText: 'Umsatz' });
    await expect.poll(() => revenue.innerText(), long).toContain('1.100 is 1100');
    await choosePart(lab, 'Decimal sign', /Point/);
    await lineSays('decimal point');
    await expect.poll(() => revenue.innerText(), long).toContain('"1.100" is read as 1.1. Is it 1100?');

    // The kind of a column, by the keyboard, too.
    const kind = lab.sidebar.getByRole('combobox', { name: 'What Menge holds' });
    await kind.focus();
    await kind.press('c');
    await expect.poll(() => kind.inputValue(), long).toBe('category');
    await choosePart(lab, 'Encoding', /^windows-1252$/);
    await expect.poll(() => lab.sidebar.locator('.reading-part.edited').count(), long).toBe(2);
    await lab.screenshot('reading-asked-dark');
    await lab.useTheme('light');
    await lab.screenshot('reading-asked-light');

    // Remembered when the window comes back.
    await lab.reopen();
    await lab.runCommand('Model Lab: Show the Lab');
    await lineSays('windows-1252 · ; · header in line 2 · decimal point');
    await openColumns(lab.sidebar);
    await columnsAre(found);
    await expect
      .poll(() => lab.sidebar.getByRole('combobox', { name: 'What Menge holds' }).inputValue(), long)
      .toBe('category');

    // Learnt from as it was asked, and kept in the experiment.
    await labButton(lab.sidebar, 'Train').focus();
    await lab.page.keyboard.press('Enter');
    await runState(lab.sidebar).filter({ hasText: 'Finished' }).waitFor(long);
    await expect(keptDataset(lab)).resolves.toMatchObject({
      encoding: 'windows-1252',
      separator: ';',
      header: true,
      firstLine: 2,
      decimal: '.',
      columns: { Menge: { kind: 'category' } },
    });

    // Marked alike, though VS Code takes the file for UTF-8: neither the title nor the header is a row.
    const marks = async () => new Map((await lab.visibleLines()).map(({ number, mark }) => [number, mark]));
    await expect.poll(async () => (await marks()).get(3) ?? '', long).toMatch(/^[✓✗?] (ja|nein) /);
    const above = await marks();
    for (const number of [1, 2]) expect(above.get(number) ?? '').not.toMatch(/^[✓✗?→]/);
    await expect(lab.notifications.count()).resolves.toBe(0);

    // Another reading of the marked file is another set of rows.
    await labButton(lab.sidebar, 'Train again…').click();
    await readingLine(lab.sidebar).waitFor(long);
    if ((await readingLine(lab.sidebar).getAttribute('aria-expanded')) === 'false')
      await readingLine(lab.sidebar).click();
    await choosePart(lab, 'Units', /line below the header/);
    // An open list rests: only one that is opened after the answer has the way back.
    await lab.sidebar.locator('.reading-part.edited', { hasText: 'Units' }).waitFor(long);
    // What is said of the whole file stands above the first row.
    await expect.poll(async () => (await marks()).get(3) ?? '', long).toMatch(/^gekauft: accuracy /);
    await expect.poll(async () => (await marks()).get(4) ?? '', long).toMatch(/^[✓✗?] (ja|nein) /);
    await choosePart(lab, 'Units', /Find it out/);
    await expect.poll(async () => (await marks()).get(3) ?? '', long).toMatch(/^[✓✗?] /);

    // A file that is written otherwise says so where it is marked.
    await lab.openFile('points.csv');
    await lab.runCommand('Model Lab: Show Predictions of a Run');
    const read = lab.sidebar.getByRole('group', { name: 'How this file is read' });
    await expect
      .poll(() => read.innerText(), long)
      .toMatch(/, · header[\s\S]*separated by commas here[\s\S]*by semicolons/);
    await lab.screenshot('reading-otherwise-light');
    await lab.useTheme('dark');
    await lab.screenshot('reading-otherwise-dark');
  });

  it('asks about a column of 1.250 and takes the answer by a click', async () => {
    const lab = await openLab({
      files: {
        'revenue.csv': `shop,revenue,kind\n${Array.from({ length: 90 }, (_, row) => `${row % 7},${(row % 4) + 1}.${String(100 + ((row * 37) % 90) * 10)},${row % 2 === 0 ? 'old' : 'new'}`).join('\n')}\n`,
      },
    });
    const { sidebar: panel } = lab;
    await lab.openFile('revenue.csv');
    await lab.runCommand('Model Lab: Show the Lab');
    const question = panel.locator('.questions .question', { hasText: 'revenue' });
    await question.waitFor(long);
    await expect(question.innerText()).resolves.toMatch(/"1\.100" is read as 1\.1\. Is it 1100\?/);
    const range = panel.locator('#task-of-target');
    await expect.poll(() => range.innerText(), long).toMatch(/from 1\.1 to 4\.97/);
    await question.getByRole('button', { name: /It is 1100/ }).click();
    await expect.poll(() => range.innerText(), long).toMatch(/from 1,100 to 4,970/);
    await expect.poll(() => question.count()).toBe(0);
  });
});
