import { describe, expect, it } from 'vitest';
import { openLab } from './harness';

describe('VS Code with the extension', () => {
  it('opens a CSV file and has the extension active', async () => {
    const lab = await openLab({
      files: { 'tiny.csv': 'length,kind\n1.5,short\n9.25,long\n' },
      theme: 'light',
    });
    await lab.openFile('tiny.csv');
    await lab.runCommand('Developer: Show Running Extensions');
    const active = lab.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: /Model Lab/i });
    await active.first().waitFor();
    await expect(active.first().locator('.activation-time').innerText()).resolves.toMatch(/ms/);
    await lab.screenshot('smoke');
  });
});
