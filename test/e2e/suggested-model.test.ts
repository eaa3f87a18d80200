import { describe, expect, it } from 'vitest';
import { openForm } from './harness';

const long = { timeout: 100_000 };

/** Reviews with a label that their words tell, and a number beside. */
function reviews(rows: number): string {
  const words = 'soup bread tea cake fish rice beans salt plum pear fig nut'.split(' ');
  const lines = Array.from({ length: rows }, (_, row) => {
    const pick = (step: number) => words[(row * step + (row >> 3)) % words.length] ?? '';
    const label = row % 3 === 0 ? 'bad' : 'good';
    return `the ${pick(3)} came with ${pick(5)} and too much ${pick(7)},${(row * 37) % 91},${label}`;
  });
  return ['review,table,label', ...lines].join('\n') + '\n';
}

describe('the suggested model', () => {
  it('follows the columns that are ticked in the form', async () => {
    const { sidebar: panel } = await openForm('reviews.csv', { files: { 'reviews.csv': reviews(160) } });
    const family = panel.locator('vscode-dropdown[aria-label="Model family"] .dropdown-value');
    await expect.poll(() => family.textContent()).toBe('Multilayer perceptron (suggested)');
    const columns = panel.locator('details.folded', { hasText: 'Columns' });
    await columns.locator('summary').click();
    const tick = (name: string) => columns.getByRole('checkbox', { name }).click();
    await tick('table');
    await expect.poll(() => family.textContent(), long).toBe('Linear (suggested)');
    expect(await columns.locator('summary').textContent()).toContain('1 of 2 used');
    await tick('table');
    await expect.poll(() => family.textContent(), long).toBe('Multilayer perceptron (suggested)');
    expect(await columns.locator('summary').textContent()).toContain('2 of 2 used');
  });
});
