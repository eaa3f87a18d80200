import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFeatures } from '../../../src/engine/features/open-features';
import { readTable } from '../../../src/engine/datasets';
import { checkQuality, installCheck, subjectOf } from '../../../src/engine/quality';
import { CancelledError, checks } from '../../../src/protocol';
import { check, cleanHeader, cleanRows, cleanTable, mended, textAt } from './checked';

const root = join(import.meta.dirname, '..', '..', '..');

beforeAll(() => openFeatures());

describe('the checks', () => {
  it('find nothing in data with which nothing is wrong', async () => {
    expect(await check(cleanTable())).toEqual([]);
  });

  it('find little in a sample of written messages: some were written twice, nearly', async () => {
    const sample = readFileSync(join(root, 'samples', 'support-messages.csv'));
    const found = await check(sample, { path: 'support-messages.csv' });
    expect(found.map(({ check: name, severity }) => [name, severity])).toEqual([
      ['near-duplicates', 'information'],
      ['near-duplicates', 'information'],
    ]);
  });

  it('each explain themselves in one sentence', () => {
    for (const { why, title } of checks.all) {
      expect(why).toMatch(/^[A-Z].{30,}\.$/u);
      expect(title).toMatch(/^[A-Z].{5,70}$/u);
    }
  });

  it('end soon after nobody wants the answer any more', async () => {
    const stop = new AbortController();
    stop.abort();
    const subject = subjectOf(readTable(cleanTable(40_000)), {});
    await expect(checkQuality(subject, { signal: stop.signal })).rejects.toBeInstanceOf(CancelledError);
  });

  it('look at evenly spaced rows of a large table, and say so', async () => {
    const rows = cleanRows(3_000);
    for (let row = 100; row < 3_000; row += 4) rows[row] = rows[row]!.replace(/^[^,]+/u, 'broken');
    const [finding] = await check([cleanHeader, ...rows].join('\n'), {
      mostCells: 1,
      checks: ['malformed-values'],
    });
    expect(finding?.message ?? '').toMatch(/Looked at were 1,000 of 3,000 rows\.$/u);
  });
});

describe('a check', () => {
  const toy = {
    name: 'toy',
    title: 'A toy of a test',
    why: 'It is there to be found.',
    severity: 'warning',
  } as const;
  afterEach(() => checks.remove('toy'));

  it('is one description and one file: a toy of a test is run like the others', async () => {
    checks.add(toy);
    installCheck('toy', {
      *find({ rows }) {
        yield {
          message: `It has ${rows.length} rows.`,
          advice: '',
          rows: rows.length,
          columns: [],
          places: [],
        };
      },
    });
    const found = await check(cleanTable(20));
    expect(found).toMatchObject([{ check: 'toy', severity: 'warning', message: 'It has 20 rows.' }]);
  });

  it('that finds more than anybody reads is cut, and the rest counted', async () => {
    checks.add(toy);
    installCheck('toy', {
      *find() {
        for (let at = 0; at < 50; at++)
          yield { message: `${at}`, advice: '', rows: 1, columns: [], places: [] };
      },
    });
    const found = await check(cleanTable(20), { checks: ['toy'] });
    expect(found).toHaveLength(21);
    expect(found.at(-1)?.message).toBe('A toy of a test: found 30 more times.');
  });
});

describe('malformed values', () => {
  const planted = () => {
    const rows = cleanRows(60);
    rows[7] = rows[7]!.replace(/^[^,]+/u, '"a, b"');
    rows[9] = rows[9]!.replace(/^[^,]+/u, 'abc');
    return [cleanHeader, ...rows].join('\n');
  };
  const wish = { checks: ['malformed-values'] };

  it('are found on their very cells, quotes included', async () => {
    const text = planted();
    const [finding, ...others] = await check(text, wish);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rows: 2, columns: ['length'], severity: 'warning' });
    expect(finding?.message).toBe(
      '2 values of "length" are no number ("a, b", first in line 9) and count as missing.',
    );
    expect([textAt(text, finding, 0), textAt(text, finding, 1)]).toEqual(['"a, b"', 'abc']);
    expect(finding?.places[0]).toMatchObject({ row: 7, column: 0, span: { line: 9, character: 1 } });
  });

  it('are dates that are none among dates', async () => {
    const days = Array.from(
      { length: 40 },
      (_, at) => `2024-03-${String((at % 28) + 1).padStart(2, '0')},${at * at}`,
    );
    days[11] = '2024-13-45,7';
    const [finding] = await check(['day,y', ...days].join('\n'), wish);
    expect(finding?.message).toMatch(/^1 value of "day" is no date \("2024-13-45", in line 13\)/u);
  });

  it('are filled with a value that stands in the column as the file writes it, or emptied', async () => {
    const text = planted();
    const filled = await mended(text, { check: 'malformed-values', mend: 'median', column: 'length' });
    const lines = filled.split('\n');
    expect(Number(lines[8]?.split(',')[0])).toBeGreaterThan(10);
    expect(lines[8]?.split(',')).toHaveLength(5);
    expect(await check(filled, wish)).toEqual([]);
    const emptied = await mended(text, { check: 'malformed-values', mend: 'empty', column: 'length' });
    expect(emptied.split('\n')[10]).toMatch(/^,/u);
    expect(await check(emptied, wish)).toEqual([]);
  });

  it('of the column that is to be predicted are not made up', async () => {
    const [finding] = await check(planted(), { ...wish, target: 'length' });
    expect(finding?.mends.map((mend) => mend.kind === 'edit' && mend.name)).toEqual(['empty']);
  });
});

describe('duplicate rows', () => {
  const wish = { checks: ['duplicate-rows'] };
  const planted = () => {
    const rows = cleanRows(50);
    return [cleanHeader, ...rows.slice(0, 30), rows[3], rows[3], ...rows.slice(30), rows[8]].join('\n');
  };

  it('are found at their copies, and deleted but for the first of each', async () => {
    const text = planted();
    const [finding, ...others] = await check(text, wish);
    expect(others).toEqual([]);
    expect(finding?.message).toBe('3 rows are copies of earlier ones (first in line 32, of line 5).');
    expect(finding?.places.map(({ row, span }) => [row, span?.line])).toEqual([
      [30, 32],
      [31, 33],
      [52, 54],
    ]);
    const without = await mended(text, { check: 'duplicate-rows', mend: 'delete' });
    expect(without).toBe([cleanHeader, ...cleanRows(50)].join('\n'));
  });

  it.each([
    ['with a break behind the last line', (text: string) => `${text}\n`],
    ['with the breaks of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with cells that span lines', (text: string) => text.replaceAll('north', '"nor\nth"')],
  ])('are deleted whole in a file %s', async (_, written) => {
    const text = written(planted());
    const without = await mended(text, { check: 'duplicate-rows', mend: 'delete' });
    expect(without).toBe(written([cleanHeader, ...cleanRows(50)].join('\n')));
  });

  it('are found though a column counts the rows, which is said', async () => {
    const rows = cleanRows(40);
    const numbered = [...rows, rows[5]].map((row, at) => `${at + 1},${row}`);
    const [finding] = await check([`id,${cleanHeader}`, ...numbered].join('\n'), wish);
    expect(finding?.message).toBe('1 row is a copy of an earlier one, but for "id" (in line 42, of line 7).');
  });

  it('of few values, which agree by chance, are only told', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, at) => `${(at * 7) % 5},${(at * 11) % 4},${at % 3 ? 'a' : 'b'}`,
    );
    const [finding] = await check(['x,y,kind', ...rows].join('\n'), wish);
    expect(finding).toMatchObject({ severity: 'information', mends: [] });
  });
});

describe('spellings', () => {
  const wish = { checks: ['spellings'] };
  const spelled = (...changes: [row: number, from: string, to: string][]) => {
    const rows = cleanRows(120).map((row) => row.replace('north', 'New York').replace('south', 'Boston'));
    for (const [row, from, to] of changes) {
      const at = rows.findIndex((each, index) => index >= row && each.includes(from));
      rows[at] = rows[at]!.replace(from, to);
    }
    return [cleanHeader, ...rows].join('\n');
  };

  it('of case and spaces are told as what is read as one, and written alike', async () => {
    const text = spelled([10, 'New York', '"new  york"'], [20, 'lima', 'Lima']);
    const found = await check(text, wish);
    expect(found.map(({ columns, severity, rows }) => [columns[0], severity, rows])).toEqual([
      ['place', 'information', 1],
      ['kind', 'information', 1],
    ]);
    expect(textAt(text, found[0])).toBe('"new  york"');
    const once = await mended(text, { check: 'spellings', mend: 'same', column: 'place' });
    const alike = await mended(once, { check: 'spellings', mend: 'same', column: 'kind' });
    expect(alike.replace('"New York"', 'New York')).toBe(spelled());
    expect(await check(alike, wish)).toEqual([]);
  });

  it.each([
    ['another sign between words', 'New-York'],
    ['an accent', 'Néw York'],
    ['a slip of the keys', 'New Yrok'],
  ])('with %s are a warning, since they count as different', async (_, slip) => {
    const text = spelled([10, 'New York', slip]);
    const [finding, ...others] = await check(text, wish);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', rows: 1, columns: ['place'] });
    expect(finding?.message).toContain(`"${slip}" for "New York"`);
    expect(textAt(text, finding)).toBe(slip);
    expect(
      await check(await mended(text, { check: 'spellings', mend: 'alike', column: 'place' }), wish),
    ).toEqual([]);
  });

  it('that are words of their own are left alone', async () => {
    const words = ['male', 'female', 'type a', 'type b', 'apple', 'apples', 'A1', 'A2', '+', '-'];
    const rows = Array.from(
      { length: 400 },
      (_, at) => `${at % 17},${words[at % 40 === 0 ? at % 10 : (at * 3) % 10] ?? ''}`,
    );
    expect(await check(['x,word', ...rows].join('\n'), wish)).toEqual([]);
  });
});
