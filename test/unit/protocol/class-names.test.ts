import { expect, test } from 'vitest';
import { shorten, shortenApart } from '../../../src/protocol/class-names';

test('a short name stays, line breaks and controls become harmless', () => {
  expect(shorten(' Adelie \n Penguin ')).toBe('Adelie Penguin');
  expect(shorten('a\u001bb')).toBe('a␛b');
});

test('a long name keeps its beginning and its end', () => {
  expect(shorten('Iris versicolor var. caerulea', 13)).toBe('Iris v…erulea');
});

test.each([
  [
    'the end',
    ['customer segment of the northern region: gold', 'customer segment of the northern region: silver'],
  ],
  [
    'the middle',
    ['aaaaaaaaaaaaaaaaaaaa-x-zzzzzzzzzzzzzzzzzzzz', 'aaaaaaaaaaaaaaaaaaaa-y-zzzzzzzzzzzzzzzzzzzz'],
  ],
  ['the beginning', ['x-aaaaaaaaaaaaaaaaaaaaaaaaaa', 'y-aaaaaaaaaaaaaaaaaaaaaaaaaa']],
  [
    'two places',
    [
      'aaaaaaaaaaaaaaaaaaaa-x-zzzzzzzzzzzzzzzzzzzzzzz-1-eeeeeeeeeee',
      'aaaaaaaaaaaaaaaaaaaa-x-zzzzzzzzzzzzzzzzzzzzzzz-2-eeeeeeeeeee',
      'aaaaaaaaaaaaaaaaaaaa-y-zzzzzzzzzzzzzzzzzzzzzzz-2-eeeeeeeeeee',
    ],
  ],
  ['nothing but length', ['a'.repeat(50), 'a'.repeat(51)]],
])('names that differ in %s stay different when they are short', (_, names) => {
  const short = shortenApart(names, 16);
  expect(new Set(short).size).toBe(names.length);
  for (const name of short) expect(name.length).toBeLessThanOrEqual(17);
});

test('names that are one when they stand in a line are shortened without an end', () => {
  const name = 'b'.repeat(60);
  expect(new Set(shortenApart([`${name} c`, `${name}\nc`], 16)).size).toBe(1);
});
