import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { CharacterVocabulary } from '../../../src/engine/datasets';
import { generate, LanguageModel } from '../../../src/engine/generation';
import { initialWeights } from '../../../src/engine/models';
import { transformerModel } from '../../../src/engine/models/transformer/family';
import type { GenerationProgress } from '../../../src/protocol';

const text = 'abcdefgh 𝄞\n';
const vocabulary = CharacterVocabulary.fromText(text);
const network = transformerModel({ layers: 1, heads: 2, width: 16, context: 8, vocabulary: vocabulary.size });
const weights = (seed: number) =>
  initialWeights(network.parameters, seed).map((value) => (value === 1 ? 1 : value * 20));
const sampling = { temperature: 1, topK: 0, topP: 1, seed: 1, length: 40 };

let backend: Backend;
let model: LanguageModel & { use(flat: Float32Array): void };
beforeAll(async () => {
  backend = await openBackend('onnx', { threads: 1 });
  model = await LanguageModel.whileLearning(backend, network, vocabulary, weights(1));
});
afterAll(() => {
  model.dispose();
  backend.dispose();
});

test('equal seeds give equal texts, other seeds other ones', async () => {
  const first = await generate(model, 'abc', sampling);
  const second = await generate(model, 'abc', sampling);
  const other = await generate(model, 'abc', { ...sampling, seed: 2 });
  expect(second.text).toBe(first.text);
  expect(other.text).not.toBe(first.text);
  expect(first).toMatchObject({ tokens: 40, stopped: false, notes: [] });
  expect(Array.from(first.text)).toHaveLength(40);
});

test('a shorter text is the beginning of a longer one', async () => {
  const long = await generate(model, 'a', { ...sampling, length: 30 });
  const short = await generate(model, 'a', { ...sampling, length: 12 });
  expect(Array.from(long.text).slice(0, 12).join('')).toBe(short.text);
});

test('texts written at the same time do not disturb each other', async () => {
  const alone = [await generate(model, 'a', sampling), await generate(model, 'h', sampling)];
  const together = await Promise.all([generate(model, 'a', sampling), generate(model, 'h', sampling)]);
  expect(together.map((result) => result.text)).toEqual(alone.map((result) => result.text));
});

test('without a prompt the text starts as if behind a line break', async () => {
  const empty = await generate(model, '', sampling);
  expect(empty.text).toBe((await generate(model, '\n', sampling)).text);
  expect(empty.notes).toEqual([]);
});

test('characters that the model never saw are left out and listed', async () => {
  const result = await generate(model, 'aßb€c', sampling);
  expect(result.text).toBe((await generate(model, 'abc', sampling)).text);
  expect(result.notes).toEqual(['The model never saw "ß", "€": left out of the prompt.']);
  const nothing = await generate(model, 'ß', sampling);
  expect(nothing.text).toBe((await generate(model, '', sampling)).text);
});

test('of a prompt longer than the context the end counts, and a note says so', async () => {
  const long = await generate(model, 'hgfedcba'.repeat(30) + 'abcdefgh', sampling);
  expect(long.text).toBe((await generate(model, 'abcdefgh', sampling)).text);
  expect(long.notes).toHaveLength(1);
  expect(long.notes[0]).toContain('8 characters');
});

test('temperature 0 writes the likeliest character whatever the seed', async () => {
  const greedy = { ...sampling, temperature: 0 };
  const first = await generate(model, 'ab', greedy);
  expect((await generate(model, 'ab', { ...greedy, seed: 99 })).text).toBe(first.text);
});

test('perplexity is between 1 and far beyond the vocabulary, and lowest for the greedy text', async () => {
  const greedy = await generate(model, 'ab', { ...sampling, temperature: 0 });
  const wild = await generate(model, 'ab', { ...sampling, temperature: 5 });
  expect(greedy.perplexity).toBeGreaterThanOrEqual(1);
  expect(wild.perplexity).toBeGreaterThan(greedy.perplexity);
});

test('cancelling ends the text, and what was written is the result', async () => {
  const controller = new AbortController();
  const seen: GenerationProgress[] = [];
  const result = await generate(
    model,
    'a',
    { ...sampling, length: 100_000 },
    {
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (seen.length === 2) controller.abort();
      },
    },
  );
  expect(result.stopped).toBe(true);
  expect(result.tokens).toBeGreaterThan(0);
  expect(result.tokens).toBeLessThan(100_000);
  expect(seen.at(-1)?.text).toBe(result.text);
  expect(result.text.startsWith(seen[0]!.text)).toBe(true);
});

test('a cancellation from outside is heard while the text is being written', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 30);
  const result = await generate(model, 'a', { ...sampling, length: 100_000 }, { signal: controller.signal });
  expect(result.stopped).toBe(true);
});

test('a model that learns writes with its present weights', async () => {
  const before = await generate(model, 'a', sampling);
  model.use(weights(2));
  expect((await generate(model, 'a', sampling)).text).not.toBe(before.text);
  model.use(weights(1));
  expect((await generate(model, 'a', sampling)).text).toBe(before.text);
});
