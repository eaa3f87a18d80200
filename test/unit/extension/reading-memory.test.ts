import { describe, expect, it } from 'vitest';
import { ReadingMemory } from '../../../src/extension/datasets/reading-memory';
import { memento } from './memento';

const file = (path: string) => ({ toString: () => `file://${path}` });
const beans = file('/data/beans.csv');

describe('what is asked of the reading of a file', () => {
  it('is remembered for that file, over a new session, and no other', async () => {
    const state = memento();
    await new ReadingMemory(state).set(beans, {
      separator: ';',
      columns: { zip: { kind: 'category' } },
    });
    const later = new ReadingMemory(state);
    expect(later.get(beans)).toEqual({ separator: ';', columns: { zip: { kind: 'category' } } });
    expect(later.get(file('/data/peas.csv'))).toEqual({});
  });

  it('is told to whoever shows the file, until they no longer listen', async () => {
    const memory = new ReadingMemory(memento());
    const told: string[] = [];
    const listening = memory.onDidSet((changed) => told.push(changed.toString()));
    await memory.set(beans, { header: false });
    await memory.set(beans, {});
    listening.dispose();
    await memory.set(beans, { header: true });
    expect(told).toEqual(['file:///data/beans.csv', 'file:///data/beans.csv']);
  });

  it('goes with a renamed file and with every file of a renamed folder', async () => {
    const memory = new ReadingMemory(memento());
    await memory.set(beans, { header: false });
    await memory.rename(beans, file('/data/old/beans.csv'));
    await memory.rename(file('/data/old'), file('/archive'));
    expect(memory.get(file('/archive/beans.csv'))).toEqual({ header: false });
    expect(memory.get(beans)).toEqual({});
    await memory.rename(file('/arch'), file('/other'));
    expect(memory.get(file('/archive/beans.csv'))).toEqual({ header: false });
  });

  it('is forgotten when nothing is asked any more', async () => {
    const memory = new ReadingMemory(memento());
    await memory.set(beans, { header: false });
    await memory.set(beans, {});
    expect(memory.get(beans)).toEqual({});
  });

  it('is nothing where the entry was written in a form that is not known', async () => {
    const state = memento();
    await state.update('modelLab.readings', { [beans.toString()]: { separator: 'morse' } });
    expect(new ReadingMemory(state).get(beans)).toEqual({});
  });

  it('is what was asked last, also where the memento falls back for a moment to what it held before', async () => {
    const state = memento();
    const memory = new ReadingMemory(state);
    await memory.set(beans, { units: true });
    const told: unknown[] = [];
    memory.onDidSet((changed) => told.push(memory.get(changed)));
    const update = state.update.bind(state);
    const echo = state.get('modelLab.readings');
    state.update = async (key, value) => {
      await update(key, value);
      await update(key, echo);
    };
    await memory.set(beans, {});
    expect(told).toEqual([{}]);
    expect(memory.get(beans)).toEqual({});
  });

  it('is not taken back by a refusal that comes after another choice', async () => {
    const memory = new ReadingMemory(memento());
    await memory.set(beans, { units: true });
    await memory.set(beans, { header: false });
    await expect(memory.takeBack(beans, { units: true }, {})).resolves.toBe(false);
    expect(memory.get(beans)).toEqual({ header: false });
    await expect(memory.takeBack(beans, { header: false }, {})).resolves.toBe(true);
    expect(memory.get(beans)).toEqual({});
  });
});
