import { describe, expect, it } from 'vitest';
import { readTable, readTarget } from '../../../src/engine/datasets';
import { fitEncoder } from '../../../src/engine/features';
import { chooseTransform } from '../../../src/engine/tasks/regression/transform';

/** Evenly spread between 0 and 1, the same every time. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/** The transform chosen for the last of the columns `a`, `b`, `c` and `y`. */
function chosen(rows: number, row: (next: () => number) => readonly number[]) {
  const next = uniform(11);
  const lines = Array.from({ length: rows }, () =>
    row(next)
      .map((value) => value.toFixed(4))
      .join(','),
  );
  const table = readTable(['a,b,c,y', ...lines].join('\n') + '\n');
  const training = Uint32Array.from({ length: table.rows }, (_, at) => at);
  const target = readTarget(table, 'y', 'number');
  const encoder = fitEncoder(table, training, { target: 'y', answer: 'number' });
  return chooseTransform(encoder.encode(table, training), target.values);
}

const three = (one: () => number) => [one(), one(), one()];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the transform of a numeric target', () => {
  it('is none for a sum of columns, however skewed', () => {
    const transform = chosen(1200, (next) => {
      const parts = three(() => Math.exp(3 + 1.5 * normal(next)));
      return [...parts, sum(parts)];
    });
    expect(transform).toBe('none');
  });

  it('is the logarithm for the exponential of a sum', () => {
    const transform = chosen(1200, (next) => {
      const parts = three(() => normal(next));
      return [...parts, Math.exp(2 + sum(parts) + 0.1 * normal(next))];
    });
    expect(transform).toBe('log1p');
  });

  it('stays open where no column says anything, where it is not skewed, and where it is negative', () => {
    const unrelated = (next: () => number) => [...three(next), Math.exp(1.5 * normal(next))];
    expect(chosen(1200, unrelated)).toBeUndefined();
    const even = (next: () => number) => {
      const parts = three(next);
      return [...parts, sum(parts)];
    };
    expect(chosen(300, even)).toBeUndefined();
    const negative = (next: () => number) => {
      const parts = three(() => Math.exp(1.5 * normal(next)));
      return [...parts, sum(parts) - 5];
    };
    expect(chosen(300, negative)).toBeUndefined();
  });
});
