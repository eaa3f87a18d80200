import { describe, expect, it } from 'vitest';
import {
  clickLens,
  labButton,
  openLab,
  overviewRulerHasRed,
  projectFile,
  runState,
  statusItem,
  type Lab,
} from './harness';

const long = { timeout: 100_000 };
const marked = /^[✓✗?] .+ (<\s?)?\d+ %/;

const markAt = async (lab: Lab, line: number): Promise<string> =>
  (await lab.visibleLines()).find(({ number }) => number === line)?.mark ?? '';
const marks = async (lab: Lab): Promise<string[]> =>
  (await lab.visibleLines()).slice(1).map(({ mark }) => mark);

/** The sample's header and some of its rows, with the label taken from one of them. */
function otherTable(moths: string): string {
  const [header = '', ...rows] = moths.split('\n');
  return [
    header,
    ...rows.slice(40, 70).map((row, at) => (at === 3 ? row.replace(/[^,]*$/, '') : row)),
    '',
  ].join('\n');
}

describe('a table, from the open file to its judged rows', () => {
  it('is trained by one click and one question, marks its rows, and follows what is typed', async () => {
    const moths = await projectFile('samples/moths.csv');
    const table = Buffer.from(moths).toString('utf8');
    const lines = table.trimEnd().split('\n').length;
    // The rows are too wide for the full text in a window of usual width.
    const lab = await openLab({
      files: { 'moths.csv': moths, 'other-night.csv': otherTable(table) },
      settings: { 'modelLab.marks.position': 'end' },
    });
    const { page } = lab;
    await lab.openFile('moths.csv');

    // One question: the target, with what it holds.
    await clickLens(page, 'Train a model on this file');
    await expect
      .poll(() => lab.quickPickRows.first().innerText())
      .toMatch(/^species[\s\S]*classification[\s\S]*\d+ classes: /);
    await lab.screenshot('table-target');
    await page.keyboard.press('Enter');

    const panel = lab.sidebar;
    await runState(panel).filter({ hasText: 'Finished' }).waitFor(long);
    await statusItem(page)
      .filter({ hasText: /species: accuracy [\d.]+ % on validation rows/ })
      .waitFor();

    // Rows carry what the model says, by sign and colour.
    await expect
      .poll(async () => (await marks(lab)).filter((mark) => marked.test(mark)).length, long)
      .toBeGreaterThan(10);
    // The header is too long for a summary behind it, which would make a scroll bar: it stands above.
    await expect(markAt(lab, 1)).resolves.toBe('');
    await page
      .locator('.codelens-decoration a', { hasText: /[\d.]+ % of labelled rows right/ })
      .first()
      .waitFor();
    await expect
      .poll(() => page.locator('.editor-instance .glyph-margin-widgets .cgmr').count())
      .toBeGreaterThan(10);
    for (const part of [/ · training$/, / · validation$/])
      await expect.poll(async () => (await marks(lab)).some((mark) => part.test(mark))).toBe(true);

    // The training was over before the panel had loaded, or nearly: its curves are there all the same.
    const losses = panel.getByRole('table', { name: 'Loss by epoch' }).getByRole('row');
    await expect.poll(() => losses.count()).toBeGreaterThan(2);
    await expect.poll(() => panel.locator('.chart canvas').count()).toBe(2);

    // What has been done is no longer the thing to do next.
    await labButton(panel, 'Go to the predictions').waitFor();
    await expect(labButton(panel, 'Show predictions').count()).resolves.toBe(0);
    await expect.poll(() => overviewRulerHasRed(page)).toBe(true);
    await lab.screenshot('table-marks');

    // Every class with its probability.
    await page
      .locator('.editor-instance .view-line')
      .nth(2)
      .hover({ position: { x: 40, y: 8 } });
    const hover = page.locator('.monaco-hover', { hasText: 'predicted by' });
    await hover.waitFor();
    const classes = new Set(
      table
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => row.slice(row.lastIndexOf(',') + 1).trim()),
    );
    const said = await hover.innerText();
    for (const name of classes) expect(said).toContain(name);
    await lab.screenshot('table-hover');
    await page.keyboard.press('Escape');

    // A new row at the end gets a prediction as it is typed, and another when it is edited.
    await lab.goTo(lines + 1);
    await lab.typeInEditor('LH-9001,2023-08-01,32.1,105,3.0,16.0,orchard,copper,plain,thread,no,');
    await expect.poll(() => markAt(lab, lines + 1)).toMatch(/^[→?] .+ \d+ % · new$/);
    const before = await markAt(lab, lines + 1);
    await lab.screenshot('table-new-row');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await lab.typeInEditor('LH-9001,2023-05-30,38.2,147,3.7,8.5,forest,grey,bands,thread,no,');
    await expect.poll(() => markAt(lab, lines + 1)).not.toBe(before);
    await expect.poll(() => markAt(lab, lines + 1)).toMatch(/^[→?] .+ \d+ % · new$/);
    expect((await markAt(lab, lines + 1)).split(' ')[1]).not.toBe(before.split(' ')[1]);

    // Off and on, by the title bar and by the palette.
    const titleBar = page.locator('.editor-actions');
    await titleBar.getByRole('button', { name: /Hide Predictions/ }).click();
    await expect.poll(async () => (await marks(lab)).join('')).toBe('');
    await lab.runCommand('Model Lab: Toggle Predictions');
    await expect
      .poll(async () => (await marks(lab)).filter((mark) => marked.test(mark)).length)
      .toBeGreaterThan(5);

    // The wrong ones alone, and from one to the next.
    await panel.getByRole('tab', { name: /Infer/ }).click();
    await panel.locator('.segment', { hasText: 'Errors' }).click();
    await lab.goTo(2);
    // The wrong ones were there before the click: that the others are gone says that it has taken effect.
    await expect
      .poll(async () => {
        const signs = (await marks(lab)).filter((mark) => marked.test(mark)).map((mark) => mark[0]);
        return [...new Set(signs)].join('');
      })
      .toBe('✗');
    await labButton(panel, 'Next wrong row').click();
    await panel.locator('.row-verdict', { hasText: 'wrong' }).waitFor();
    await panel.locator('.row-part', { hasText: /^(Training|Validation) row: / }).waitFor();
    // It says "Measuring…" meanwhile, on a quiet machine for less than a drawing.
    await labButton(panel, 'Measure').click();
    await panel.locator('.facts', { hasText: 'Throughput' }).waitFor();
    await labButton(panel, 'Measure again').waitFor();
    await lab.screenshot('table-infer');
    await panel.locator('.segment', { hasText: 'All' }).click();

    // Another file with the same columns, judged by the same model.
    await lab.openFile('other-night.csv');
    await lab.runCommand('Model Lab: Show Predictions of a Run…');
    await expect
      .poll(async () => (await marks(lab)).filter((mark) => marked.test(mark)).length)
      .toBeGreaterThan(10);
    await expect.poll(() => markAt(lab, 5)).toMatch(/^[→?] /);
    await lab.screenshot('table-other');
  });
});
