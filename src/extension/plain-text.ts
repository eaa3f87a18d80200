/**
 * Names of files, columns, runs and classes come from whoever made the file, and VS Code gives some texts a meaning:
 * `[words](command:…)` in a notification or a question is a link that runs a command, `$(name)` in an entry, a lens or
 * the status bar is an icon, and an address in a hover is a link. These functions take the meaning and leave the words.
 */
import type * as vscode from 'vscode';
import { showControls } from '../protocol/plain-text';

/** Has no width and no shape: it parts two characters that mean something together. */
const joiner = '\u2060';

/** For notifications and questions, whose links need `](` in one piece. */
export function withoutLinks(text: string): string {
  return showControls(text).replaceAll('](', `]${joiner}(`);
}

/** For entries, lenses and the status bar, whose icons need `$(` in one piece. */
export function withoutIcons(text: string): string {
  return withoutLinks(text).replaceAll('$(', `$${joiner}(`);
}

/**
 * Appends words to a hover as they are. VS Code escapes what is markup, but addresses are links without any:
 * `https://…`, `www.…` and `name@host`.
 */
export function appendPlain(hover: vscode.MarkdownString, words: string): vscode.MarkdownString {
  const plain = showControls(words)
    .replaceAll(/:\/\/|@/g, (sign) => `${sign[0] ?? ''}${joiner}${sign.slice(1)}`)
    .replaceAll(/www\./gi, (start) => `${start.slice(0, 3)}${joiner}.`);
  return hover.appendText(plain);
}
