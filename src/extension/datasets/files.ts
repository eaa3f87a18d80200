/** Which files the Lab can learn from, and the one that the user is looking at. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type KindDescription, kindOfFile, kinds } from '../../protocol/kinds';
import { gridTypes } from '../contributions';

/** VS Code gives extensions no document that is larger, bytes. */
export const documentLimit = 50 * 1024 * 1024;

/** By name and language alone: the engine decides by the content. Undefined for other files. */
export function learnableKind(file: vscode.Uri, languageId?: string): KindDescription | undefined {
  if (file.scheme !== 'file') return undefined;
  const extension = path.extname(file.fsPath).toLowerCase();
  if (extension !== '.gz') return kindOfFile(extension, languageId);
  // What gzip has packed is no text to any editor, whatever is in it.
  const inner = kindOfFile(path.extname(file.fsPath.slice(0, -extension.length)).toLowerCase());
  return inner?.holds === 'rows' ? { ...inner, isText: false } : undefined;
}

/** Files of rows by language and by name, for providers of lenses and hovers. */
export function rowsSelector(): vscode.DocumentSelector {
  const described = kinds.all.filter(({ holds }) => holds === 'rows');
  const names = described.flatMap(({ extensions }) => extensions);
  return [
    ...described.flatMap(({ languages }) => languages).map((language) => ({ language, scheme: 'file' })),
    { pattern: `**/*{${names.join(',')}}`, scheme: 'file' },
  ];
}

/**
 * The file of the active tab. Tabs and not editors are asked, because a file over 50 MB has a tab but no document
 * that extensions may see, and what is no text has an editor of another kind.
 */
export function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return hasFile ? input.uri : undefined;
}

/** The file of the active tab, where that is a grid. */
export function activeGrid(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && isGridType(input.viewType) ? input.uri : undefined;
}

function isGridType(viewType: string): boolean {
  return (Object.values(gridTypes) as string[]).includes(viewType);
}

/** Whether only a grid can show a file: it is no text, or too large for VS Code's documents. */
export async function onlyInGrid(file: vscode.Uri): Promise<boolean> {
  if (openDocument(file)) return false;
  if (learnableKind(file)?.isText === false) return true;
  return (await vscode.workspace.fs.stat(file)).size > documentLimit;
}

export function openDocument(file: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
}

/** The version in which each document was saved last. */
const savedVersions = new WeakMap<vscode.TextDocument, number>();

/** From now on `savedHere` knows. */
export function watchSaves(): vscode.Disposable {
  return vscode.workspace.onDidSaveTextDocument((document) => {
    savedVersions.set(document, document.version);
  });
}

/** Whether the file is what this window has written last: it is whole, however fresh. A reload is another version. */
export function savedHere(document: vscode.TextDocument | undefined): boolean {
  return document?.isDirty === false && savedVersions.get(document) === document.version;
}
