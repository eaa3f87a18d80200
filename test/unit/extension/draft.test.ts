import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { look } from '../../../src/engine/server/dataset-requests';
import { draftOf } from '../../../src/extension/datasets/draft';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import { LookAtDataset } from '../../../src/protocol';

const textDocuments = vi.hoisted((): unknown[] => []);
vi.mock('vscode', () => ({ workspace: { textDocuments } }));

/** How often a text was sent to the engine. */
let sent = 0;
/** The engine's own answers, without a process. */
const engine: EngineCaller = {
  call: ((_: unknown, params: unknown) => {
    const question = LookAtDataset.params.parse(JSON.parse(JSON.stringify(params)));
    if (question.text !== undefined) sent++;
    return look(question);
  }) as unknown as EngineCaller['call'],
};

let folder: string;
let file: vscode.Uri;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-'));
  const path = join(folder, 'reviews.csv');
  const words = 'soup bread tea cake fish rice beans salt plum pear fig nut'.split(' ');
  const lines = Array.from({ length: 200 }, (_, row) => {
    const pick = (step: number) => words[(row * step + (row >> 3)) % words.length] ?? '';
    return `the ${pick(3)} came with ${pick(5)} and too much ${pick(7)},${row % 3 === 0 ? 'bad' : 'good'},${(row * 37) % 91}`;
  });
  await writeFile(path, ['review,label,table', ...lines].join('\n') + '\n');
  file = { fsPath: path, toString: () => path } as unknown as vscode.Uri;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const families = async (exclude: readonly string[]): Promise<readonly string[]> =>
  (await draftOf(engine, file, { exclude })).models.map(({ family }) => family);

describe('the draft of a training', () => {
  it('has models that suit the columns which are left, in the order that suits them', async () => {
    const { target, exclude } = await draftOf(engine, file, {});
    expect({ target, exclude }).toEqual({ target: 'label', exclude: [] });
    expect(await families(['table'])).toEqual(['linear', 'mlp', 'naive-bayes']);
    expect(await families(['review'])).toEqual(['mlp', 'linear', 'naive-bayes']);
  });

  it('says which columns its models are without, and forgets the target and columns that are not there', async () => {
    const draft = await draftOf(engine, file, { exclude: ['review', 'label', 'gone'] });
    expect(draft.exclude).toEqual(['review']);
    const other = await draftOf(engine, file, { target: 'table', exclude: ['table', 'label'] });
    expect(other).toMatchObject({ target: 'table', exclude: ['label'] });
  });

  it('has the columns and the models of a text that is not saved by sending it once', async () => {
    const getText = () => 'size,kind\n' + 'small,1\nlarge,2\n'.repeat(30);
    textDocuments.push({ uri: file, isDirty: true, version: 2, getText });
    const draft = await draftOf(engine, file, {});
    textDocuments.length = 0;
    expect(draft.dataset).toMatchObject({ rows: 60, columns: [{ name: 'size' }, { name: 'kind' }] });
    expect(draft.models.length).toBeGreaterThan(0);
    expect(sent).toBe(1);
  });

  it('shows the kinds of the columns for its target', async () => {
    const draft = await draftOf(engine, file, { target: 'table' });
    expect(draft.dataset).toMatchObject({ target: 'table' });
  });
});
