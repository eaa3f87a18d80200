/** Texts so small, or so uniform, that there is little or nothing to learn from. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textExperiment, Workplace } from './training-fixture';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

const learn = async (text: string) => {
  await place.write('tiny.txt', text);
  return place.train(textExperiment('tiny.txt', { steps: 4, evaluateEvery: 2, sampleEvery: 0 }));
};

const varied = (length: number): string => 'the cat sat. '.repeat(60).slice(0, length);

describe('a tiny text', () => {
  it.each([
    ['a letter', 'a'.repeat(500), '"a"'],
    ['blanks', ' '.repeat(500), '" "'],
    ['a digit', '7'.repeat(500), '"7"'],
    ['line ends', '\n'.repeat(500), String.raw`"\n"`],
  ])('that only repeats %s is refused with a sentence that shows it', async (_, text, shown) => {
    await expect(learn(text)).rejects.toMatchObject({
      code: 'dataset',
      message: `The text holds only one character, ${shown}.`,
      advice: expect.stringContaining('at least 2 different ones') as string,
    });
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFF'],
    ['5 characters', varied(5)],
    ['20 characters', varied(20)],
    ['60 characters', varied(60)],
    ['5 times the same letter', 'aaaaa'],
  ])('of %s is refused with the number of characters that it takes', async (_, text) => {
    await expect(learn(text)).rejects.toMatchObject({
      code: 'dataset',
      message: expect.stringMatching(/empty|characters/u) as string,
    });
  });

  it.each([
    ['200 characters', varied(200)],
    ['700 characters', varied(700)],
    ['digits and blanks', '12 34 5 '.repeat(60)],
  ])('of %s is learnt from with figures that are finite', async (_, text) => {
    const { summary } = await learn(text);
    expect(summary.state).toBe('finished');
    expect(Object.values(summary.metrics.validation ?? {}).every(Number.isFinite)).toBe(true);
  });
});
