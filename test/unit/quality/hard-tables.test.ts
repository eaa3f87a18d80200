/** Tables that are hostile, huge or half there: what is said stays short, safe and quick. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openFeatures } from '../../../src/engine/features/open-features';
import { issueOfFinding, issuesOfFinding } from '../../../src/protocol';
import { check, chance, cleanHeader, cleanRows, cleanTable } from './checked';

beforeAll(() => openFeatures());

describe('a table of 100,000 columns', () => {
  it('is checked, with few findings that count the rest', async () => {
    const random = chance(3);
    const width = 100_000;
    const header = Array.from({ length: width }, (_, at) => `c${at}`).join(',');
    const rows = Array.from({ length: 4 }, (_, row) =>
      Array.from({ length: width }, (_, at) =>
        at % 2 ? '' : at % 10 ? random().toFixed(2) : String(row),
      ).join(','),
    );
    const found = await check([header, ...rows].join('\n'));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(100);
    const [constant] = found.filter(({ check: name }) => name === 'constant-columns');
    expect(constant?.message).toMatch(/^5\d,\d{3} columns have no two different values: "c1", "c3"/u);
    expect(constant?.places).toHaveLength(100);
    expect(Math.max(...found.map(({ message }) => message.length))).toBeLessThan(1_000);
  }, 60_000);
});

describe('a message', () => {
  const evil = '[run](command:evil) $(zap) \u001b[31m\u202e' + 'x'.repeat(500);

  it('quotes a short piece of a hostile value, and never the whole of it', async () => {
    const rows = cleanRows(60);
    rows[7] = rows[7]!.replace(/^[^,]+/u, evil);
    rows[8] = rows[8]!.replace(/lima|pinto|navy/u, evil);
    rows.push(rows[10]!.replace(/lima|pinto|navy/u, 'other'));
    const found = await check([cleanHeader, ...rows].join('\n'), { target: 'kind' });
    expect(found.map(({ check: name }) => name)).toEqual(
      expect.arrayContaining(['malformed-values', 'conflicting-labels', 'rare-classes']),
    );
    for (const finding of found) {
      const said = [issueOfFinding(finding), ...issuesOfFinding(finding)].map(({ message }) => message);
      for (const message of [...said, ...finding.mends.map(({ label }) => label)]) {
        expect(message).not.toContain('x'.repeat(50));
        expect(message.split('\n')).toHaveLength(1);
      }
    }
  });
});

describe('places', () => {
  it.each([
    ['letters of several units', 'länge😀,b', 'straße 😀'],
    ['a byte order mark', '\ufefflänge,b', 'wort'],
  ])('are counted as editors count, beside %s', async (_, header, word) => {
    const rows = Array.from({ length: 40 }, (_, at) => `${at}.5,${(at * at) % 17}`);
    rows[6] = `"😀,é",${word}`;
    const [, second] = await check([header, ...rows].join('\n'), { checks: ['malformed-values'] });
    expect(second?.places[0]?.span).toEqual({
      line: 8,
      endLine: 8,
      character: 8,
      endCharacter: 8 + word.length,
    });
  });

  it('are whole rows where the cells of the text are not those of the table', async () => {
    const rows = cleanRows(40).map((row) => `"${row}"`);
    const [finding] = await check([`"${cleanHeader}"`, ...rows, rows[3]].join('\n'), {
      checks: ['duplicate-rows'],
    });
    expect(finding?.places).toMatchObject([{ row: 40, span: { line: 42, endLine: 42 } }]);
    expect(finding?.mends).toEqual([]);
  });
});

describe('a column that is nearly of one kind', () => {
  it('is told where a few cells make words of its numbers', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, at) => `${at % 7 === 3 ? `n${at}` : at},${at % 2 ? 'a' : 'b'}`,
    );
    const [finding] = await check(['x,kind', ...rows].join('\n'), { checks: ['malformed-values'] });
    expect(finding?.message).toMatch(/"x" .* "n3"|"x".*\("n3"/u);
  });

  it('is told where a date that is none makes words of its dates', async () => {
    const rows = Array.from({ length: 12 }, (_, at) => `2024-01-${String(at + 10)},${at % 2 ? 'a' : 'b'}`);
    rows[5] = '2024-13-45,a';
    const [finding] = await check(['day,kind', ...rows].join('\n'), { checks: ['malformed-values'] });
    expect(finding?.message).toMatch(/"day".*\("2024-13-45", in line 7\)/u);
  });

  it('of codes, some of them numbers, is not', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at % 3 ? `AB${at}` : at},${at % 4 ? 'a' : 'b'}`);
    expect(await check(['code,kind', ...rows].join('\n'), { checks: ['malformed-values'] })).toEqual([]);
    expect(await check(cleanTable(), { checks: ['malformed-values'] })).toEqual([]);
  });
});
