import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { writeColumnOptions } from '../../../src/cli/column-options';
import { targetLines } from '../../../src/cli/dataset-summary';
import { shellWord } from '../../../src/cli/shell-word';
import { penguins } from '../../../webview/preview/drafts';

/** What a program is given when the words are typed into a shell. */
function typed(words: string): string {
  return execFileSync('sh', ['-c', `printf %s ${words}`], { encoding: 'utf8' });
}

describe('a word for the shell', () => {
  it('is typed as it is where nothing in it means anything, else between quotes', () => {
    expect(shellWord('body_mass-g.1')).toBe('body_mass-g.1');
    expect(shellWord('Straße 5=a')).toBe('"Straße 5=a"');
  });

  it
    .runIf(process.platform !== 'win32')
    .each([
      '$(echo obeyed)',
      '`echo obeyed`',
      '"; echo obeyed; "',
      "it's $HOME, \\$(echo obeyed)!",
      "'; echo obeyed; '",
      "'\\''$(echo obeyed)",
    ])('reaches the program as it is, and runs nothing: %s', (name) => {
    expect(typed(shellWord(name))).toBe(name);
  });

  it('ends its quotes in no other way in PowerShell', () => {
    expect(shellWord("it's $(x)", 'win32')).toBe("'it''s $(x)'");
  });

  it('stands on one line', () => {
    expect(shellWord('two\r\nlines\u0007')).toBe('"two lines "');
  });

  it('is what is offered to be typed: targets, and answers to questions', () => {
    const [target] = penguins.targets;
    const named = { ...penguins, targets: [{ ...target!, column: '$(echo obeyed)' }] };
    expect(targetLines(named)[0]).toMatch(/^--target '\$\(echo obeyed\)' /);
    expect(writeColumnOptions('`x`', { missing: ['$y'], kind: 'text' })).toBe(
      "--kind '`x`=text' --missing '`x`=$y'",
    );
  });
});
