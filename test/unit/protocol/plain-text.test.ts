import { describe, expect, it } from 'vitest';
import { showControls } from '../../../src/protocol';

describe('control characters in text out of files', () => {
  it.each([
    ['a colour', '\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['a link of a terminal', '\u001b]8;;http://x\u0007y', '␛]8;;http://x␇y'],
    ['a C1 control', 'a\u009b31mb\u0090c', 'a\\x9b31mb\\x90c'],
    ['a carriage return that would overprint', 'good\rbad', 'good␍bad'],
    ['a bell, a backspace, a NUL and a delete', '\u0007\u0008\u0000\u007f', '␇␈␀␡'],
    ['a direction that is turned', 'a\u202egpj.exe\u2066', 'a\\u202egpj.exe\\u2066'],
  ])('are shown: %s', (_, text, visible) => {
    expect(showControls(text)).toBe(visible);
  });

  it('leave lines, tabs and every script as they are', () => {
    const text = 'one\n\ttwo\r\nΨ 日本語 עברית\u200f می\u200cشود 👩‍🔬';
    expect(showControls(text)).toBe(text);
  });
});
