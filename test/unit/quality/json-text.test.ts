import { describe, expect, it } from 'vitest';
import { check, mended, textAt } from './checked';

const records = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `r${(at * 7919) % 997}`,
    size: { width: at + 0.5, height: (at * 13) % 31 },
    tags: ['a', 'b'],
    place: ['New York', 'Lima'][at % 2],
    kind: ['x', 'y', 'z'][at % 3],
  }));
const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const changed = (rows: readonly object[], at: number, from: string, to: string) =>
  lines(rows)
    .split('\n')
    .map((line, index) => (index === at ? line.replace(from, to) : line))
    .join('\n');

describe('findings in JSON Lines', () => {
  const path = 'records.jsonl';
  const malformed = { check: 'malformed-values', column: 'size.height', path };
  const text = changed(records(60), 9, '"height":24', '"height": "tall, \\"very\\""');

  it('stand on the very value, also of a field inside a field', async () => {
    const [finding, ...others] = await check(text, { path, checks: ['malformed-values'] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ columns: ['size.height'], rows: 1 });
    expect(textAt(text, finding)).toBe('"tall, \\"very\\""');
  });

  it('are mended as JSON: a number for a number, null for nothing', async () => {
    const filled = (await mended(text, { ...malformed, mend: 'median' })).split('\n');
    expect(JSON.parse(filled[9]!)).toMatchObject({ size: { height: expect.any(Number) as number } });
    const emptied = (await mended(text, { ...malformed, mend: 'empty' })).split('\n');
    expect(JSON.parse(emptied[9]!)).toMatchObject({ size: { width: 9.5, height: null } });
    expect([...emptied.slice(0, 9), ...emptied.slice(10)].join('\n')).toBe(
      [...text.split('\n').slice(0, 9), ...text.split('\n').slice(10)].join('\n'),
    );
  });

  it('of spelling are written with the quotes of JSON', async () => {
    const spelled = changed(records(60), 4, 'New York', 'new  \\"york\\"');
    const [finding] = await check(spelled, { path, checks: ['spellings'] });
    expect(textAt(spelled, finding)).toBe('"new  \\"york\\""');
    const alike = await mended(spelled, { check: 'spellings', mend: 'alike', column: 'place', path });
    expect(alike).toBe(lines(records(60)));
  });

  it.each([
    ['', ''],
    ['with a break at the end', '\n'],
  ])('of copies take whole lines out %s', async (_, end) => {
    const rows = records(40);
    const copied = `${lines([...rows.slice(0, 20), rows[3]!, ...rows.slice(20), rows[7]!])}${end}`;
    const without = await mended(copied, { check: 'duplicate-rows', mend: 'delete', path });
    expect(without).toBe(`${lines(rows)}${end}`);
  });
});

describe('findings in a list of records', () => {
  const path = 'records.json';

  it.each([
    ['spread over lines', 2, undefined],
    ['in one line', undefined, undefined],
    ['under a name', 2, 'rows'],
  ])('%s leave valid JSON when copies are taken out', async (_, indent, name) => {
    const rows = records(40);
    const written = (list: readonly object[]) =>
      JSON.stringify(name === undefined ? list : { title: 'x', [name]: list }, undefined, indent);
    const copied = written([...rows.slice(0, 20), rows[3]!, rows[4]!, ...rows.slice(20), rows[7]!]);
    const [finding] = await check(copied, { path, checks: ['duplicate-rows'] });
    expect(finding?.rows).toBe(3);
    const without = await mended(copied, { check: 'duplicate-rows', mend: 'delete', path });
    expect(JSON.parse(without)).toEqual(JSON.parse(written(rows)));
  });

  it('stand on the very value', async () => {
    const text = JSON.stringify(records(30), undefined, 1).replace('"height": 8', '"height": "?!"');
    const [finding] = await check(text, { path, checks: ['malformed-values'] });
    expect(textAt(text, finding)).toBe('"?!"');
  });
});
