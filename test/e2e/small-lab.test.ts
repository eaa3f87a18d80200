import { describe, expect, it } from 'vitest';
import { focusStops, labButton, openForm, projectFile, runState, type Lab } from './harness';

const long = { timeout: 100_000 };
/** A window of VS Code with the Lab as narrow as it can be made, and the form of the sample table in it. */
async function openSmall(height: number): Promise<Lab> {
  const lab = await openForm('moths.csv', {
    files: { 'moths.csv': await projectFile('samples/moths.csv') },
    // 200 % zoom of a window of 1280 pixels.
    window: { width: 640, height, scale: 2 },
  });
  const { page } = lab;
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (bar === null) throw new Error('There is no side bar.');
  await page.mouse.move(bar.x + bar.width, bar.y + bar.height / 2);
  await page.mouse.down();
  await page.mouse.move(bar.x + 175, bar.y + bar.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => widthOf(lab)).toBeLessThan(180);
  return lab;
}

function widthOf({ sidebar }: Lab): Promise<number> {
  return sidebar.locator('body').evaluate(() => innerWidth);
}

async function openAll({ sidebar: panel }: Lab): Promise<void> {
  await panel.getByRole('button', { name: /^How this file is read/ }).click();
  for (const section of ['More settings', 'Columns']) {
    const folded = panel.locator('details.folded', { hasText: section });
    if ((await folded.getAttribute('open')) === null) await folded.locator('summary').click();
  }
  await panel.getByRole('combobox', { name: 'Separator' }).waitFor();
}

/** How far the page is wider than its window, in pixels. */
function overflow({ sidebar }: Lab): Promise<number> {
  return sidebar.locator('html').evaluate((page) => page.scrollWidth - innerWidth);
}

async function hiddenStops(lab: Lab): Promise<string[]> {
  await lab.sidebar.getByRole('tab', { selected: true }).focus();
  const stops = await focusStops(lab.sidebar);
  expect(stops.length).toBeGreaterThan(3);
  return stops.filter(({ hidden }) => hidden).map(({ name }) => name);
}

describe.each([
  { kind: 'in a low window, 200 % zoom', height: 480 },
  { kind: 'in a high window, where the head stays', height: 1100 },
])('the Lab of 170 pixels $kind', ({ height }) => {
  it('shows whatever has the focus whole, beside the head and the foot, and is nowhere too wide', async () => {
    const lab = await openSmall(height);
    const { sidebar: panel } = lab;
    await openAll(lab);
    expect.soft(await hiddenStops(lab), 'form').toEqual([]);
    expect.soft(await overflow(lab), 'form').toBe(0);

    await labButton(panel, 'Train').click();
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    expect.soft(await hiddenStops(lab), 'run').toEqual([]);
    expect.soft(await overflow(lab), 'run').toBe(0);

    await labButton(panel, 'Go to the predictions').click();
    await lab.runCommand('View: Focus Active Editor Group');
    await lab.goTo(5);
    await panel.locator('.row-verdict').waitFor(long);
    expect.soft(await hiddenStops(lab), 'row').toEqual([]);
    expect.soft(await overflow(lab), 'row').toBe(0);
  });
});
