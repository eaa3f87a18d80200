import { describe, expect, it } from 'vitest';
import { readSampling, writeSampling } from '../../../webview/generate/sampling';

describe('the settings of the sampling in short', () => {
  it('count tokens like every other count', () => {
    expect(writeSampling(readSampling({ length: '4096' }), false)).toBe('4,096 tokens, new seed');
    expect(writeSampling(readSampling({ length: '1', seed: '7' }), true)).toBe('1 token, seed 7');
  });

  it('leave out a length that is refused', () => {
    expect(writeSampling(readSampling({ length: 'many' }), false)).toBe('new seed');
  });
});
