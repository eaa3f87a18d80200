import { describe, expect, it } from 'vitest';
import { inspectTable } from '../../../src/engine/datasets/inspect';
import { SCHEMAS, tableOf } from './known-schemas';

describe('the suggested target', () => {
  const found = SCHEMAS.map(([name, target, columns]) => {
    const { targets, columns: summaries } = inspectTable(Buffer.from(tableOf(columns, 60)), {
      path: 'known.csv',
    });
    const first = targets[0]?.column;
    return { name, target, first, kind: summaries.find((each) => each.name === first)?.kind };
  });

  it('is the right one first in at least 95 % of well-known tables', () => {
    expect(found.length).toBeGreaterThanOrEqual(60);
    const wrong = found.filter(({ target, first }) => first !== target);
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.05 * found.length);
  });

  it('is never an identifier, a date, a constant or a text', () => {
    expect(found.filter(({ kind }) => !['number', 'category', 'boolean'].includes(kind ?? ''))).toEqual([]);
  });
});
