import { describe, expect, it } from 'vitest';
import { FileMemory } from '../../../src/extension/datasets/file-memory';
import { MarkFilters } from '../../../src/extension/marks/mark-filters';
import { MarkMemory } from '../../../src/extension/marks/mark-memory';
import { memento } from './memento';
import { uri } from './vscode-fake';

const beans = uri('/data/beans.csv');
const peas = uri('/data/peas.csv');
const marked = { runFolder: '/runs/one', on: true };

describe('what is remembered of files', () => {
  it('goes with a file that is renamed over another, whose own is gone', async () => {
    const memory = new FileMemory(memento(), 'key');
    await memory.set(beans, 'of beans');
    await memory.set(peas, 'of peas');
    await memory.rename(beans, peas);
    expect(memory.get(peas)).toBe('of beans');
    expect(memory.get(beans)).toBeUndefined();
  });

  it('goes with files that are renamed together, before any of it is written down', () => {
    const memory = new FileMemory(memento(), 'key');
    void memory.set(beans, 'of beans');
    void memory.set(peas, 'of peas');
    void memory.rename(beans, uri('/old/beans.csv'));
    void memory.rename(peas, uri('/old/peas.csv'));
    expect(memory.get(uri('/old/beans.csv'))).toBe('of beans');
    expect(memory.get(uri('/old/peas.csv'))).toBe('of peas');
  });

  it('is the model that marks a file, over a new session, until its run is deleted', async () => {
    const state = memento();
    await new MarkMemory(state).set(beans, marked);
    const later = new MarkMemory(state);
    await later.rename(uri('/data'), uri('/archive'));
    expect(later.get(uri('/archive/beans.csv'))).toEqual(marked);
    await later.forgetRun('/runs/another');
    expect(later.get(uri('/archive/beans.csv'))).toEqual(marked);
    await later.forgetRun(marked.runFolder);
    expect(later.get(uri('/archive/beans.csv'))).toBeUndefined();
  });

  it('is no model where another version wrote the entry in another form', async () => {
    const state = memento();
    await state.update('modelLab.marks', { [beans.toString()]: 'run-7' });
    expect(new MarkMemory(state).get(beans)).toBeUndefined();
  });
});

describe('which rows of a file carry their marks', () => {
  it('is kept when the file or its folder is renamed', () => {
    const filters = new MarkFilters(() => 'all');
    filters.set(beans, 'errors');
    filters.rename(uri('/data'), uri('/archive'));
    expect(filters.of(uri('/archive/beans.csv'))).toBe('errors');
    expect(filters.of(beans)).toBe('all');
  });
});
