/** The page of a grid by keys and clicks, with made-up rows: what VS Code and the engine add is tried in grid.test.ts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { type FakeGrid, type FakeGridOptions, openFakeGrid } from './harness/grid-page';

let grid: FakeGrid | undefined;
afterEach(async () => {
  await grid?.close();
  grid = undefined;
});

async function open(options: FakeGridOptions = {}): Promise<FakeGrid> {
  grid = await openFakeGrid(options);
  const { page } = grid;
  if (options.state === undefined) {
    await page.locator('.rows .row:not([hidden]) .cell', { hasText: 'nest' }).first().waitFor();
    await page.locator('.plot').first().waitFor();
  }
  return grid;
}

const countOf = ({ page }: FakeGrid) => page.locator('.count').innerText();
/** The text of the active cell, and where it stands. */
const active = ({ page }: FakeGrid) =>
  page.evaluate(() => {
    const cell = document.activeElement;
    return `${cell?.parentElement?.getAttribute('aria-rowindex') ?? ''}:${cell?.getAttribute('aria-colindex') ?? ''} ${cell?.textContent ?? ''}`;
  });
const firstRow = ({ page }: FakeGrid) =>
  page.evaluate(() => document.querySelector('.row[aria-rowindex="2"]')?.textContent ?? '');

describe('the page of a grid', () => {
  it('filters by a click on a bar, shows it as a chip, and takes it back by the same click', async () => {
    const fake = await open();
    const { page } = fake;
    expect(await countOf(fake)).toBe('344 rows');
    const gentoo = page.getByRole('button', { name: /^Gentoo: / });
    await gentoo.click();
    await expect.poll(() => countOf(fake)).toMatch(/^99 of 344 rows$/);
    expect(await gentoo.getAttribute('aria-pressed')).toBe('true');
    await page.locator('g[data-column="2"][data-bar="8"]').click();
    await expect.poll(() => countOf(fake)).toMatch(/^9 of 344 rows$/);
    const chips = page.getByRole('list', { name: 'Filters' }).getByRole('button');
    expect(await chips.allInnerTexts()).toEqual([
      'species is Gentoo',
      expect.stringMatching(/^body_mass_g from/),
    ]);
    expect(await page.getByRole('status').innerText()).toBe('9 of 344 rows');
    await chips.nth(1).click();
    await expect.poll(() => countOf(fake)).toBe('99 of 344 rows');
    await gentoo.click();
    await expect.poll(() => countOf(fake)).toBe('344 rows');
    expect(fake.complaints).toEqual([]);
  });

  it('draws what the filters leave inside the whole', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: /^Gentoo: / }).click();
    await page.getByRole('button', { name: /^Biscoe: \d+ of 129 rows$/ }).waitFor();
    const heights = await page
      .locator('g[data-column="2"]')
      .evaluateAll((bins) =>
        bins.map((bin) =>
          ['.left', '.whole'].map((part) => Number(bin.querySelector(part)?.getAttribute('height'))),
        ),
      );
    expect(heights.every(([left = 0, whole = 0]) => left <= whole)).toBe(true);
    expect(heights.some(([left = 0, whole = 0]) => left > 0 && left < whole)).toBe(true);
  });

  it('sorts by the button of a head: ascending, descending, as in the file', async () => {
    const fake = await open();
    const { page } = fake;
    const before = await firstRow(fake);
    const name = page.getByRole('button', { name: /^bill_length/ });
    const order = () => page.getByRole('columnheader').nth(4).getAttribute('aria-sort');
    await name.click();
    await expect.poll(() => firstRow(fake)).not.toBe(before);
    expect(await order()).toBe('ascending');
    await name.click();
    await expect.poll(order).toBe('descending');
    await name.click();
    await expect.poll(() => firstRow(fake)).toBe(before);
    expect(await order()).toBe('none');
  });

  it('is gone through by keys, from cell to cell and up to the bars of a column', async () => {
    const fake = await open();
    const { page } = fake;
    await page.locator('.row[aria-rowindex="2"] .cell').nth(1).click();
    expect(await active(fake)).toMatch(/^2:2 /);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await active(fake)).toMatch(/^3:3 /);
    await page.keyboard.press('Control+End');
    await expect.poll(() => active(fake)).toMatch(/^345:8 [✓✗?] /);
    await page.keyboard.press('Control+Home');
    await expect.poll(() => active(fake)).toMatch(/^2:2 /);
    await page.keyboard.press('PageDown');
    expect(await active(fake)).not.toMatch(/^2:/);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(await focused()).toMatch(/^island, category, sort/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^Dream: /);
    await page.keyboard.press('Enter');
    await expect.poll(() => countOf(fake)).toMatch(/^64 of 344 rows$/);
    expect(await focused()).toMatch(/^Dream: /);
    await page.keyboard.press('Enter');
    await expect.poll(() => countOf(fake)).toBe('344 rows');
    await page.keyboard.press('ArrowDown');
    expect(await active(fake)).toMatch(/^2:3 /);
  });

  it('filters by the bin of a histogram that has the focus', async () => {
    const fake = await open();
    const { page } = fake;
    await page.getByRole('button', { name: /^body_mass_g, number/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await expect.poll(() => countOf(fake)).toMatch(/of 344 rows$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+Enter');
    await expect
      .poll(() => page.getByRole('list', { name: 'Filters' }).innerText())
      .toMatch(/^body_mass_g from 3,749 to below 4,159$/);
  });

  it('finds a text in any column, forwards and backwards', async () => {
    const fake = await open();
    const { page } = fake;
    await page.locator('.row[aria-rowindex="2"] .cell').nth(1).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nest 77');
    await page.keyboard.press('Enter');
    const status = page.getByRole('status');
    await expect.poll(() => status.innerText()).toBe('Found in notes, row 78.');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => status.innerText()).toBe('Found in notes, row 78.');
    expect(await page.locator('.cell.active').innerText()).toBe('seen at nest 77');
    await page.getByRole('textbox', { name: 'Find' }).fill('no such bird');
    await page.keyboard.press('Enter');
    await expect.poll(() => status.innerText()).toBe('No row holds “no such bird”.');
    await page.keyboard.press('Escape');
    expect(await active(fake)).toMatch(/^79:7 /);
  });

  it('goes to a row of the file, and says where the filters leave it out', async () => {
    const fake = await open();
    const { page } = fake;
    const row = page.getByRole('spinbutton', { name: 'Go to row' });
    await row.fill('200');
    await row.press('Enter');
    await expect.poll(() => active(fake)).toMatch(/^201:2 /);
    await page.getByRole('button', { name: /^Gentoo: / }).click();
    await row.fill('1');
    await row.press('Enter');
    await expect.poll(() => page.locator('.notice').innerText()).toBe('The filters leave row 1 out.');
    await row.fill('345');
    await row.press('Enter');
    await expect
      .poll(() => page.locator('.notice').innerText())
      .toBe('There is no row 345: the file has 344 rows.');
  });

  it('shows hostile cells as text, in the row and whole beside it', async () => {
    const { page, complaints } = await open();
    const cell = page.locator('.row[aria-rowindex="5"] .cell').nth(6);
    expect(await cell.innerText()).toMatch(/^<b>bold<\/b> \\u202egnp\.exe ␛\[31mred/);
    await cell.hover();
    await page.getByRole('tooltip').filter({ hasText: 'behind the edge 3' }).waitFor();
    expect(await page.locator('b').count()).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('tooltip').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('tells the probabilities of a row by a hover, and by Enter', async () => {
    const { page } = await open();
    await page.locator('.row[aria-rowindex="3"] .cell.mark').click();
    await page.keyboard.press('Enter');
    await page.getByRole('tooltip').filter({ hasText: 'but unsure: predicted Adelie (88 %)' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('tooltip').count()).toBe(0);
  });

  it('asks for the whole cell to be copied', async () => {
    const { page } = await open();
    await page.locator('.row[aria-rowindex="4"] .cell').nth(6).click();
    await page.keyboard.press('Control+c');
    const copied = () => page.evaluate(() => window.sentByGrid.find(({ type }) => type === 'copy'));
    expect(await copied()).toEqual({ type: 'copy', row: 2, column: 5 });
  });

  it('resizes a column by its edge and by keys', async () => {
    const { page } = await open();
    const width = async () => (await page.getByRole('columnheader').nth(1).boundingBox())?.width ?? 0;
    const before = await width();
    const edge = await page.locator('[data-resize="0"]').boundingBox();
    if (!edge) throw new Error('There is no edge.');
    await page.mouse.move(edge.x + 2, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + 62, edge.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(width).toBe(before + 60);
    await page.getByRole('button', { name: /^species/ }).focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(width).toBe(before + 44);
  });

  it('keeps filters, order, widths and place when it is loaded again', async () => {
    const fake = await open({ rows: 5000 });
    const { page } = fake;
    await page.getByRole('button', { name: /^Gentoo: / }).click();
    await page.getByRole('button', { name: /^bill_length/ }).click();
    await expect.poll(() => countOf(fake)).toMatch(/ of 5,000 rows$/);
    const counted = await countOf(fake);
    await page.locator('.grid-table').evaluate((table) => (table.scrollTop = 6000));
    const rowIndex = () =>
      page.evaluate(() =>
        Math.min(
          ...[...document.querySelectorAll('.rows .row:not([hidden])')].map((row) =>
            Number(row.getAttribute('aria-rowindex')),
          ),
        ),
      );
    await expect.poll(rowIndex).toBe(252);
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('grid') ?? '')).toMatch(/"top":6000/);
    await page.reload();
    await expect.poll(() => countOf(fake)).toBe(counted);
    await expect.poll(rowIndex).toBe(252);
    expect(await page.getByRole('columnheader').nth(4).getAttribute('aria-sort')).toBe('ascending');
  });

  it('reaches both ends of ten million rows, and moves row by row in the middle', async () => {
    const fake = await open({ rows: 10_000_000 });
    const { page } = fake;
    await page.locator('.row[aria-rowindex="2"] .cell').nth(1).click();
    await page.keyboard.press('Control+End');
    await expect.poll(() => active(fake)).toMatch(/^10000001:8 /);
    const row = page.getByRole('spinbutton', { name: 'Go to row' });
    await row.fill('5000000');
    await row.press('Enter');
    await expect.poll(() => active(fake)).toMatch(/^5000001:/);
    const top = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('.rows .row:not([hidden])')]
            .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)[0]
            ?.getAttribute('aria-rowindex') ?? '',
      );
    const before = Number(await top());
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 48);
    await expect.poll(async () => Number(await top()) - before).toBe(2);
    await page.locator('.grid-table').evaluate((table) => (table.scrollTop = 0));
    await expect.poll(top).toBe('2');
  });

  it('draws few of many thousand columns', async () => {
    const fake = await open({ columns: 20_000 });
    const { page } = fake;
    await page.locator('.row[aria-rowindex="2"] .cell').nth(1).click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => active(fake)).toMatch(/^2:20007 0\.\d{4}$/);
    expect(await page.locator('.cell').count()).toBeLessThan(1500);
  });

  it('says that the file was read again, and keeps what was chosen', async () => {
    const fake = await open();
    const { page } = fake;
    await page.getByRole('button', { name: /^Gentoo: / }).click();
    await expect.poll(() => countOf(fake)).toBe('99 of 344 rows');
    await page.evaluate(() => {
      window.postToGrid({ type: 'opening', reason: 'file-changed' });
      window.openFakeTable('file-changed');
    });
    await page.getByText('The file has changed on disk and was read again.').first().waitFor();
    await expect.poll(() => countOf(fake)).toBe('99 of 344 rows');
  });

  it('says what failed and what to do, and tries again', async () => {
    const { page } = await open({ state: 'failed' });
    await page.getByRole('alert').filter({ hasText: 'Write it again without encryption.' }).waitFor();
    await page.getByRole('button', { name: 'Try Again' }).click();
    expect(await page.evaluate(() => window.sentByGrid.map(({ type }) => type))).toEqual([
      'ready',
      'tryAgain',
    ]);
  });

  it.each(['dark', 'light', 'contrast', 'contrast-light'] as const)(
    'keeps the rules for all people: %s',
    async (theme) => {
      const { page, complaints } = await open({ theme });
      await page.getByRole('button', { name: /^Gentoo: / }).click();
      await page.locator('g[data-column="2"][data-bar="8"]').click();
      await page.getByText('9 of 344 rows').first().waitFor();
      await page.locator('.row[aria-rowindex="3"] .cell.mark').click();
      await page.keyboard.press('Enter');
      await page.getByRole('tooltip').waitFor();
      await page.screenshot({ path: join(root, 'test-results', `grid-page-${theme}.png`) });
      await page.evaluate(await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
      const found = await page.evaluate(async () => {
        const result = await window.axe?.run(document, { preload: false, resultTypes: ['violations'] });
        return result?.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
