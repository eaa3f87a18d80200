import { describe, expect, it, vi } from 'vitest';
import { tellIssues } from '../../../src/cli/issues';
import { alignColumns, processTerminal, shorten, type Terminal } from '../../../src/cli/terminal';
import { showProgress } from '../../../src/cli/progress';
import { defaultOutput } from '../../../src/cli/commands/predict';
import type { DatasetIssue } from '../../../src/protocol';

/** A terminal that is none (as in a pipe) and remembers its lines. */
function pipe() {
  const told: string[] = [];
  const terminal: Terminal = {
    live: false,
    errorStream: process.stderr,
    write: () => undefined,
    print: () => undefined,
    printJson: () => undefined,
    tell: (line = '') => told.push(line),
  };
  return { told, terminal };
}

describe('issues of a dataset', () => {
  const warning = (line: number): DatasetIssue => ({
    severity: 'warning',
    code: 'too-few-cells',
    message: `Row has 2 cells.`,
    advice: 'Add the missing one.',
    line,
  });

  it('are told as compilers do, the severe first', () => {
    const { told, terminal } = pipe();
    const error: DatasetIssue = { severity: 'error', code: 'empty', message: 'Empty.', advice: 'Fill it.' };
    tellIssues('a.csv', [{ ...warning(3), column: 5 }, error], terminal);
    expect(told).toEqual([
      'a.csv: error: Empty. Fill it.',
      'a.csv:3:5: warning: Row has 2 cells. Add the missing one.',
    ]);
  });

  it('beyond ten are counted', () => {
    const { told, terminal } = pipe();
    tellIssues(
      'a.csv',
      Array.from({ length: 25 }, (_, index) => warning(index + 1)),
      terminal,
    );
    expect(told).toHaveLength(11);
    expect(told.at(-1)).toBe('… and 15 more like these.');
  });
});

describe('progress in a pipe', () => {
  it('is a line at most once a second', () => {
    const { told, terminal } = pipe();
    const progress = showProgress(terminal);
    for (let done = 0; done < 100; done++) progress.update(done, 100, 'rows');
    expect(told).toEqual(['  0 % rows']);
  });

  it('says nothing after its end', () => {
    const { told, terminal } = pipe();
    const progress = showProgress(terminal);
    progress.end();
    progress.update(1, 2, 'rows');
    expect(told).toEqual([]);
  });
});

describe('lines of a terminal', () => {
  it('are aligned in columns and shortened to one line', () => {
    expect(
      alignColumns([
        ['a', 'bcd'],
        ['ef', ''],
      ]),
    ).toEqual(['a   bcd', 'ef']);
    expect(shorten('one\ntwo  three', 9)).toBe('one two …');
  });

  it('give predictions a name beside their file', () => {
    expect(defaultOutput('/data/birds.csv')).toBe('/data/birds.predictions.csv');
  });
});

describe('a terminal', () => {
  const hostile = 'a\u001b]8;;http://x\u0007b\u009b31m\u202ec';
  const shown = 'a␛]8;;http://x␇b\\x9b31m\\u202ec';

  it('is shown control characters of names and texts and is not sent them', () => {
    const sent: string[] = [];
    const take = (text: string | Uint8Array) => sent.push(String(text)) > 0;
    const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'));
    for (const spy of spies) spy.mockImplementation(take);
    try {
      const terminal = processTerminal();
      terminal.print(hostile);
      terminal.write(`${hostile}\n\tend`);
      terminal.tell(hostile);
      terminal.printJson({ name: hostile });
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(sent.slice(0, 3)).toEqual([`${shown}\n`, `${shown}\n\tend`, `${shown}\n`]);
    // eslint-disable-next-line no-control-regex
    expect(sent[3]).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(JSON.parse(sent[3] ?? '')).toEqual({ name: hostile });
  });
});
