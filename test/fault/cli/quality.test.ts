/** `inspect --quality`: what is found stands beside its line and cell, and says by the exit status what matters. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { birds, put, run, temporaryFolder } from './command-line';

const folder = temporaryFolder();

beforeAll(() => {
  const lines = birds().trimEnd().split('\n');
  put(folder.path, 'clean.csv', birds());
  lines[5] = (lines[5] ?? '').replace(/\d[\d.]*/u, 'hea\u001b[31mvy');
  put(folder.path, 'planted.csv', `${[...lines, lines[9]].join('\n')}\n`);
});
afterAll(() => folder.remove());

describe('inspect --quality', () => {
  it('names file, line and cell, and shows what a terminal would obey', async () => {
    const { status, err: errors } = await run(folder.path, 'inspect', 'planted.csv', '--quality');
    expect(status).toBe(0);
    expect(errors).toMatch(
      /planted\.csv:6:6: warning: 1 value of "\w+" is no number \("hea␛\[31mvy", in line 6\)/u,
    );
    expect(errors.match(/copy of an earlier one|stands? more than once/gu)).toHaveLength(1);
  });

  it('fails where there are warnings and that is asked for', async () => {
    expect((await run(folder.path, 'inspect', 'planted.csv', '--quality', '--strict')).status).toBe(1);
    expect((await run(folder.path, 'inspect', 'clean.csv', '--quality', '--strict')).status).toBe(0);
    expect((await run(folder.path, 'inspect', 'clean.csv', '--strict')).status).toBe(2);
  });

  it('writes findings with row, column and place as JSON', async () => {
    const { out: output } = await run(folder.path, 'inspect', 'planted.csv', '--quality', '--json');
    const { quality } = JSON.parse(output) as { quality: { findings: object[] } };
    expect(quality.findings[0]).toMatchObject({
      check: 'malformed-values',
      rows: 1,
      places: [{ row: 4, column: 1, span: { line: 6, character: 6 } }],
    });
  });
});
