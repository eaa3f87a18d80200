/** What the Lab's page does between two states of the extension, without VS Code: every order of events can be made. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ReadingPart } from '../../src/protocol/reading';
import type { LabState } from '../../src/protocol/webview';
import { states } from '../../webview/preview/states';
import { openPage, type LabPage } from './harness/page';

const memory = {
  version: 1,
  stage: 'learn',
  forms: [],
  prompt: '',
  sampling: {},
  open: ['reading'],
};

let lab: LabPage | undefined;
afterEach(() => lab?.close());

async function openWith(state: LabState): Promise<LabPage> {
  lab = await openPage(memory);
  await lab.show(state);
  return lab;
}

function stateOf(name: string): LabState {
  const state = states[name];
  if (state === undefined) throw new Error(`There is no state "${name}".`);
  return state;
}

/** The form with one part of the reading changed; `look` counts what the extension has answered. */
function formWith(field: ReadingPart['field'], change: Partial<ReadingPart>, look: number): LabState {
  const state = stateOf('draft-reading');
  if (state.draft?.dataset.kind !== 'table') throw new Error('This state has no table.');
  const { dataset } = state.draft;
  const reading = dataset.reading.map((part) => (part.field === field ? { ...part, ...change } : part));
  return { ...state, draft: { ...state.draft, look, dataset: { ...dataset, reading } } };
}

const found: Partial<ReadingPart> = { asked: false, value: 'false' };
const asked: Partial<ReadingPart> = { asked: true, value: 'true' };

const units = (page: LabPage['page']) => page.getByRole('combobox', { name: 'Line of units' });
const shownOf = (page: LabPage['page']) => units(page).locator('.dropdown-value').innerText();

/** Opens the list of the units by the keyboard and waits until its options are there. */
async function openList(page: LabPage['page']): Promise<void> {
  await units(page).focus();
  await page.keyboard.press('Enter');
  await units(page).getByRole('option').first().waitFor();
}

async function choose(page: LabPage['page'], steps: number): Promise<void> {
  await openList(page);
  await page.keyboard.press('Home');
  for (let step = 0; step < steps; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

describe('an open list', () => {
  it('keeps the entry that the keys went to when a state arrives, and sends it', async () => {
    const { page, show, sent } = await openWith(formWith('units', asked, 1));
    await openList(page);
    await page.keyboard.press('Home');
    await show(formWith('units', asked, 1));
    await page.keyboard.press('Enter');
    await expect(sent('reading')).resolves.toEqual([{ type: 'reading', field: 'units', value: '' }]);
  });

  it('keeps its entries in their places while it is open, and has the new ones afterwards', async () => {
    const { page, show, sent } = await openWith(formWith('units', found, 1));
    await openList(page);
    const entries = () => units(page).getByRole('option').allInnerTexts();
    const before = await entries();
    await page.keyboard.press('End');
    const shifted = { ...asked, choices: [{ value: 'true', label: 'yes' }] };
    await show(formWith('units', shifted, 2));
    await expect(entries()).resolves.toEqual(before);
    await page.keyboard.press('Escape');
    await expect.poll(() => units(page).getByRole('option', { includeHidden: true }).count()).toBe(2);
    await expect(shownOf(page)).resolves.toBe('yes');
    await expect(sent('reading')).resolves.toEqual([]);
  });
});

describe('a choice that the extension has not answered yet', () => {
  it('is shown at once, stays when a state of before arrives, and is taken back by another choice', async () => {
    const { page, show, sent } = await openWith(formWith('units', found, 1));
    await choose(page, 1);
    await expect(shownOf(page)).resolves.toBe('yes');
    await show(formWith('units', found, 1));
    await expect(shownOf(page)).resolves.toBe('yes');
    await choose(page, 0);
    await expect(sent('reading')).resolves.toEqual([
      { type: 'reading', field: 'units', value: 'true' },
      { type: 'reading', field: 'units', value: '' },
    ]);
  });

  it('gives way to the answer, also where the file cannot be read as asked', async () => {
    const { page, show, sent } = await openWith(formWith('units', found, 1));
    await choose(page, 1);
    await show(formWith('units', found, 2));
    await expect(shownOf(page)).resolves.toBe('no line of units');
    await choose(page, 1);
    await show(formWith('units', asked, 3));
    await expect(shownOf(page)).resolves.toBe('yes');
    await expect(sent('reading')).resolves.toHaveLength(2);
  });
});

describe('Stop', () => {
  const state = (page: LabPage['page']) => page.locator('.run-head .state');

  it('is answered before the extension has heard of it, and stays said until the training has ended', async () => {
    const { page, show, sent } = await openWith(stateOf('training'));
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    // In one go, so that nothing can come between the click and the look.
    const said = await stop.evaluate(async (button: HTMLElement) => {
      button.click();
      await Promise.resolve();
      return document.querySelector('.run-head .state')?.textContent.trim();
    });
    expect(said).toBe('Stopping…');
    await expect(sent('control')).resolves.toEqual([{ type: 'control', action: 'stop' }]);
    await show(stateOf('training'));
    await expect(state(page).innerText()).resolves.toBe('Stopping…');
    await expect(page.getByRole('button', { name: 'Pause' }).isDisabled()).resolves.toBe(true);
    await show(stateOf('finished'));
    await expect(state(page).innerText()).resolves.toBe('Finished');
    await show(stateOf('training'));
    await expect(state(page).innerText()).resolves.toBe('Training');
  });
});

describe('what waited when the last window was closed', () => {
  it('stands above the form with its two answers until it is decided', async () => {
    const { page, show, sent } = await openWith(stateOf('left'));
    const line = page.locator('.message', { hasText: '2 trainings were waiting' });
    await line.getByRole('button', { name: 'Start' }).click();
    await line.getByRole('button', { name: 'Discard' }).click();
    await expect(sent('left')).resolves.toEqual([
      { type: 'left', decision: 'start' },
      { type: 'left', decision: 'discard' },
    ]);
    await show(stateOf('draft-table'));
    await expect(line.count()).resolves.toBe(0);
  });
});

describe('how a column becomes numbers', () => {
  it('is chosen beside its kind, sent as a wish of the column, and said in a sentence once it is asked for', async () => {
    const table = stateOf('draft-table');
    lab = await openPage({ ...memory, open: ['columns'] });
    await lab.show(table);
    const { page } = lab;
    const choice = page.getByRole('combobox', { name: 'How body_mass_g becomes numbers' });
    await expect(choice.locator('option').allInnerTexts()).resolves.toEqual(['standardised', 'rank alone']);
    await choice.selectOption('rank alone');
    await expect(lab.sent('column')).resolves.toEqual([
      { type: 'column', column: 'body_mass_g', wish: { encode: 'ranks' } },
    ]);
    if (table.draft === undefined) throw new Error('This state has no draft.');
    await lab.show({
      ...table,
      draft: { ...table.draft, asked: { columns: { body_mass_g: { encode: 'ranks' } } }, look: 2 },
    });
    await expect(choice.inputValue()).resolves.toBe('ranks');
    await expect(page.locator('[data-column=body_mass_g]').innerText()).resolves.toMatch(
      /far values count no more/,
    );
    // The target is predicted, not encoded.
    await expect(page.getByRole('combobox', { name: 'How species becomes numbers' }).count()).resolves.toBe(
      0,
    );
  });
});
