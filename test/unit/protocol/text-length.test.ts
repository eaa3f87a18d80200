import { describe, expect, it } from 'vitest';
import { fewestCharacters, shortText } from '../../../src/protocol';

describe('a text that is short for a model', () => {
  it('is one with fewer characters than the model needs, and both numbers are said', () => {
    expect(shortText(1200, 64)?.message).toBe(
      'The text has 1,200 characters; to learn from, this model needs 12,800 or more.',
    );
    expect(shortText(fewestCharacters(64) - 1, 64)).toBeDefined();
    expect(shortText(fewestCharacters(64), 64)).toBeUndefined();
  });

  it('is longer for a model that looks back further, and a smaller context is advised only where it helps', () => {
    expect(shortText(20_000, 32)).toBeUndefined();
    expect(shortText(20_000, 256)?.advice).toContain('a smaller context');
    expect(shortText(500, 8)?.advice).not.toContain('context');
  });
});
