import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { closeEditors, lab, open, run, until, write } from './lab';

/** Reviews with a label that their words tell, and a number beside. */
function reviews(rows: number): string {
  const words = 'soup bread tea cake fish rice beans salt plum pear fig nut'.split(' ');
  const lines = Array.from({ length: rows }, (_, row) => {
    const pick = (step: number) => words[(row * step + (row >> 3)) % words.length] ?? '';
    const label = row % 3 === 0 ? 'bad' : 'good';
    return `the ${pick(3)} came with ${pick(5)} and too much ${pick(7)},${label},${(row * 37) % 91}`;
  });
  return ['review,label,table', ...lines].join('\n') + '\n';
}

describe('the form of a table', () => {
  let file: vscode.Uri;
  before(async () => {
    file = await write('reviews.csv', reviews(160));
    await open(file);
    await run('trainWithSettings', file);
  });
  after(closeEditors);

  const draft = async () => {
    const found = (await lab()).state().draft;
    return found?.dataset.path === file.fsPath ? found : undefined;
  };

  it('suggests models for the columns that are left in', async () => {
    const api = await lab();
    const first = async (exclude: readonly string[]): Promise<string | undefined> => {
      await api.send({ type: 'exclude', columns: exclude });
      const found = await until(
        async () => {
          const now = await draft();
          return JSON.stringify(now?.exclude) === JSON.stringify(exclude) && now;
        },
        `a form without ${exclude.join(', ')}`,
      );
      return found.models[0]?.family;
    };
    await until(draft, 'a form');
    assert.equal(await first(['table']), 'linear');
    assert.equal(await first(['review']), 'mlp');
    assert.equal(await first([]), 'mlp');
  });

  it('shows the kinds for the target that is chosen', async () => {
    const api = await lab();
    await api.send({ type: 'target', target: 'table' });
    const found = await until(async () => {
      const now = await draft();
      return now?.target === 'table' && now;
    }, 'a form for the other target');
    assert.equal(found.dataset.kind === 'table' ? found.dataset.target : '', 'table');
  });
});
