/**
 * The one door for what VS Code shows outside of our own views: notifications, questions, and words in the status bar
 * (lint forbids the functions of `vscode.window` elsewhere). Whatever text comes here is shown as text: links and icons
 * in it, which could only come from a file, do nothing.
 */
import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from './plain-text';

/** A notification with buttons. Answers with the button that was pressed. */
export function tellError(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(withoutLinks(message), ...buttons);
}

/** A notification with buttons. Answers with the button that was pressed. */
export function tellWarning(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(withoutLinks(message), ...buttons);
}

/** A notification with buttons. Answers with the button that was pressed. */
export function tell(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(withoutLinks(message), ...buttons);
}

/** Asks before something that cannot be undone: a modal question. Answers whether the button was pressed. */
export async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  const options = { modal: true, detail: withoutLinks(detail) };
  return (await vscode.window.showWarningMessage(withoutLinks(question), options, button)) === button;
}

/**
 * Lets one entry of a list be chosen; answers with the entry as it was given. Icons of entries go into `iconPath`.
 * Undefined when the list was left.
 */
export async function choose<T extends vscode.QuickPickItem>(
  entries: readonly T[],
  options: vscode.QuickPickOptions & { readonly canPickMany?: false },
): Promise<T | undefined> {
  const shown = entries.map((entry) => ({
    ...entry,
    label: withoutIcons(entry.label),
    ...(entry.description === undefined ? {} : { description: withoutIcons(entry.description) }),
    ...(entry.detail === undefined ? {} : { detail: withoutIcons(entry.detail) }),
  }));
  const choice = await vscode.window.showQuickPick(shown, {
    ...options,
    ...(options.title === undefined ? {} : { title: withoutIcons(options.title) }),
    ...(options.placeHolder === undefined ? {} : { placeHolder: withoutIcons(options.placeHolder) }),
  });
  return choice && entries[shown.indexOf(choice)];
}

/** Asks for a text; undefined when the question was left. */
export function ask(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  const { title, prompt } = options;
  return vscode.window.showInputBox({
    ...options,
    ...(title === undefined ? {} : { title: withoutIcons(title) }),
    ...(prompt === undefined ? {} : { prompt: withoutIcons(prompt) }),
  });
}

/** Says in the status bar what is under way until it is done. */
export function whileDoing<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: withoutIcons(title) },
    work,
  );
}

/** Shows work that the user can end, with its share from 0 to 1 as it is told. */
export function showingProgress<T>(
  title: string,
  work: (tell: (share: number) => void, signal: AbortSignal) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutIcons(title), cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const listener = token.onCancellationRequested(() => stop.abort());
      let told = 0;
      try {
        return await work((share) => {
          progress.report({ increment: 100 * (share - told) });
          told = share;
        }, stop.signal);
      } finally {
        listener.dispose();
      }
    },
  );
}

/** A remark in the status bar that goes by itself, behind one of VS Code's icons. */
export function remark(icon: string, text: string): void {
  vscode.window.setStatusBarMessage(`$(${icon}) ${withoutIcons(text)}`, 5000);
}
