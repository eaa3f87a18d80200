/** The Lab as a person uses it: its fields, buttons and messages, in the side bar or in an editor tab. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A button of the Lab by its whole name. */
export function labButton(panel: FrameLocator, name: string): Locator {
  return panel.getByRole('button', { name, exact: true });
}

/** The editable part of a field of the form. */
export function labField(panel: FrameLocator, name: string): Locator {
  return panel.getByRole('textbox', { name, exact: true });
}

/** Types values into fields of the form, the folded ones too. */
export async function fillForm(
  panel: FrameLocator,
  values: Readonly<Record<string, number | string>>,
): Promise<void> {
  const more = panel.locator('details.folded', { hasText: 'More settings' });
  await more.waitFor();
  if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
  for (const [name, value] of Object.entries(values)) await labField(panel, name).fill(String(value));
}

/** The state of the run that is shown, beside its name. */
export function runState(panel: FrameLocator): Locator {
  return panel.locator('.run-head .state');
}

/** How many steps the shown training has done, as the Lab says. */
export async function stepsDone(panel: FrameLocator): Promise<number> {
  const words = await panel
    .locator('.facts > div', { hasText: /^\s*Step/ })
    .first()
    .locator('dd')
    .innerText();
  return Number(words.replaceAll(',', '').match(/\d+/)?.[0] ?? Number.NaN);
}

/** The item of the Lab in VS Code's status bar. */
export function statusItem(page: Page): Locator {
  return page.locator(
    '.statusbar-item[id="project.local-model-lab.modelLab.status"], .statusbar-item[id*="modelLab.status"]',
  );
}
