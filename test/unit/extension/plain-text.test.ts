/** Text out of files in the places where VS Code gives text a meaning. */
import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appendPlain, withoutIcons, withoutLinks } from '../../../src/extension/plain-text';

const shown: unknown[][] = [];
vi.mock('vscode', () => {
  const remember =
    (answer?: unknown) =>
    (...words: unknown[]) => {
      shown.push(words);
      return Promise.resolve(answer);
    };
  return {
    ProgressLocation: { Window: 10 },
    window: {
      showErrorMessage: remember(),
      showWarningMessage: remember('Delete'),
      showInformationMessage: remember(),
      showInputBox: remember(),
      setStatusBarMessage: remember(),
      withProgress: remember(),
      showQuickPick: (entries: unknown[], options: unknown) => {
        shown.push([...entries, options]);
        return Promise.resolve(entries[1]);
      },
    },
  };
});
const { ask, choose, confirm, remark, tell, tellError, tellWarning, whileDoing } =
  await import('../../../src/extension/messages');

/** What VS Code takes for a link in notifications and questions (`parseLinkedText`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** What it takes for an icon in entries, lenses and the status bar. */
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

const hostile = {
  column: '[Click to fix](command:workbench.action.terminal.new)',
  file: 'a[b](command:workbench.action.quit "quit").csv',
  run: '$(error) [run](https://evil.example) \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  class: '\u202e[moth](file:///etc/passwd)$(sync~spin)',
};
const all = Object.values(hostile).join(' ');

/** Every text that VS Code was given. */
function texts(value: unknown = shown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}

beforeEach(() => void shown.splice(0));

describe('names of columns, files, runs and classes', () => {
  it.each(Object.entries(hostile))('keep their words and lose their meaning: a %s', (_, name) => {
    const plain = withoutIcons(name);
    expect(plain).not.toMatch(link);
    expect(plain).not.toMatch(icon);
    // eslint-disable-next-line no-control-regex
    expect(plain).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(plain.replaceAll('\u2060', '')).toContain(name.replace(/^.*?\[/, '[').slice(0, 6));
  });

  it('stay as they are where they mean nothing', () => {
    const name = 'Größe [cm] (netto) $ 5 & mehr, עברית, 日本語';
    expect(withoutIcons(name)).toBe(name);
  });

  it('are no links when a sentence puts them together', () => {
    expect(withoutLinks(['Column [x]', '(command:y) is gone.'].join(''))).not.toMatch(link);
  });

  it('are no links in a hover either, where an address needs no markup', () => {
    const hover = { appendText: vi.fn((words: string) => words) };
    appendPlain(
      hover as unknown as vscode.MarkdownString,
      'https://evil.example www.evil.example a@evil.example',
    );
    const words = String(hover.appendText.mock.calls[0]?.[0]);
    expect(words).not.toMatch(/https?:\/\/|www\.|\w@\w/);
    expect(words.replaceAll('\u2060', '')).toBe('https://evil.example www.evil.example a@evil.example');
  });
});

describe('what is shown outside of our own views', () => {
  it('carries no link and no icon of a file, whichever way it is shown', async () => {
    await tell(all, 'Button');
    await tellWarning(all);
    await tellError(all);
    expect(await confirm(all, all, 'Delete')).toBe(true);
    await ask({ title: all, prompt: all });
    await whileDoing(all, () => Promise.resolve());
    expect(texts()).toHaveLength(10);
    for (const text of texts()) expect(text).not.toMatch(link);
    remark('save', all);
    expect(texts().at(-1)?.replace('$(save)', '')).not.toMatch(icon);
  });

  it('carries none in the entries of a list, which answers with the entry as it was given', async () => {
    const entries = [
      { label: all, description: all, detail: all },
      { label: hostile.run, run: 7 },
    ];
    await expect(choose<(typeof entries)[number]>(entries, { title: all, placeHolder: all })).resolves.toBe(
      entries[1],
    );
    expect(texts()).toHaveLength(6);
    for (const text of texts()) {
      expect(text).not.toMatch(link);
      expect(text).not.toMatch(icon);
    }
  });
});
