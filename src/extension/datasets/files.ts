/** Which files the Lab can learn from, and the one that the user is looking at. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { tableExtensions, tableLanguages, textExtensions } from '../contributions';

/** VS Code gives extensions no document that is larger, bytes. */
export const documentLimit = 50 * 1024 * 1024;

const tables: ReadonlySet<string> = new Set(tableExtensions);
const texts: ReadonlySet<string> = new Set(textExtensions);
const languages: ReadonlySet<string> = new Set(tableLanguages);

/** By name and language alone: the engine decides by the content. Undefined for other files. */
export function learnableKind(file: vscode.Uri, languageId?: string): 'table' | 'text' | undefined {
  if (file.scheme !== 'file') return undefined;
  const extension = path.extname(file.fsPath).toLowerCase();
  if (tables.has(extension) || (languageId !== undefined && languages.has(languageId))) return 'table';
  if (texts.has(extension) || languageId === 'plaintext' || languageId === 'markdown') return 'text';
  return undefined;
}

/** Tables by language and by name, for providers of lenses and hovers. */
export const tableSelector: vscode.DocumentSelector = [
  ...tableLanguages.map((language) => ({ language, scheme: 'file' })),
  { pattern: `**/*{${tableExtensions.join(',')}}`, scheme: 'file' },
];

/**
 * The file of the active tab. Tabs and not editors are asked, because a file over 50 MB has a tab but no document
 * that extensions may see.
 */
export function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : undefined;
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
