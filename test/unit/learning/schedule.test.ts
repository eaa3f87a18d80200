import { describe, expect, it } from 'vitest';
import { learningRate } from '../../../src/engine/learning/schedule';

describe('the learning rate', () => {
  const schedule = { lr: 0.1, steps: 100, warmup: 0.1, floor: 0.1 };

  it('rises in a straight line over the warm-up and reaches its height right after it', () => {
    expect(learningRate(schedule, 0)).toBeCloseTo(0.1 / 11, 12);
    expect(learningRate(schedule, 4)).toBeCloseTo((0.1 * 5) / 11, 12);
    expect(learningRate(schedule, 10)).toBeCloseTo(0.1, 12);
  });

  it('falls along a cosine: halfway between height and floor in the middle, the floor at the last step', () => {
    expect(learningRate({ ...schedule, warmup: 0, steps: 101 }, 50)).toBeCloseTo(0.055, 12);
    expect(learningRate(schedule, 99)).toBeCloseTo(0.01, 12);
    expect(learningRate({ ...schedule, floor: 0 }, 99)).toBeCloseTo(0, 12);
  });

  it('is finite and positive where there is only one step', () => {
    expect(learningRate({ ...schedule, steps: 1 }, 0)).toBeCloseTo(0.1, 12);
  });
});
