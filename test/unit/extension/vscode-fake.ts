/**
 * As much of VS Code as the parts of the extension need that are tried without it. `vi.mock('vscode', () => fakeVscode)`
 * puts it in the place of the real one; what a test looks at or changes stands in `window` and `workspace`.
 */
import type * as vscode from 'vscode';

class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => unknown>();
  readonly event = (listener: (event: T) => unknown) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

/** Known members, and every event as one that never happens. */
function withQuietEvents<Members extends object>(members: Members): Members {
  return new Proxy(members, {
    get: (target, name, receiver) =>
      typeof name === 'string' && /^on(?:Did|Will)/.test(name) && !(name in target)
        ? () => ({ dispose: () => undefined })
        : (Reflect.get(target, name, receiver) as unknown),
  });
}

const decorationType = { dispose: () => undefined };

export const statusBarItem = {
  text: '',
  tooltip: '',
  shown: false,
  show(): void {
    this.shown = true;
  },
  hide(): void {
    this.shown = false;
  },
  dispose: () => undefined,
};

/** What was copied last. */
export const clipboard = {
  text: '',
  writeText(text: string): Promise<void> {
    this.text = text;
    return Promise.resolve();
  },
};

/** The tab in front; undefined: none is open. */
export const activeTabGroup: { activeTab: { readonly input: unknown } | undefined } = {
  activeTab: undefined,
};

export const window = withQuietEvents({
  activeTextEditor: undefined as vscode.TextEditor | undefined,
  visibleTextEditors: [] as vscode.TextEditor[],
  tabGroups: withQuietEvents({ activeTabGroup }),
  createTextEditorDecorationType: () => decorationType,
  createStatusBarItem: () => statusBarItem,
});

export const workspace = withQuietEvents({
  isTrusted: true,
  textDocuments: [] as vscode.TextDocument[],
  createFileSystemWatcher: () => withQuietEvents({ dispose: () => undefined }),
  getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
});

export const fakeVscode = {
  EventEmitter,
  window,
  workspace,
  commands: { executeCommand: () => Promise.resolve(undefined) },
  languages: {
    createDiagnosticCollection: () => ({
      set: () => undefined,
      delete: () => undefined,
      dispose: () => undefined,
    }),
  },
  Uri: { joinPath: uri, file: uri },
  ThemeColor: Object,
  Range: Object,
  RelativePattern: Object,
  DiagnosticSeverity: {},
  TextDocumentSaveReason: {},
  OverviewRulerLane: {},
  DecorationRangeBehavior: {},
  StatusBarAlignment: {},
  TabInputText: class {
    constructor(readonly uri: vscode.Uri) {}
  },
  TabInputCustom: class {
    constructor(
      readonly uri: vscode.Uri,
      readonly viewType: string,
    ) {}
  },
  env: { clipboard },
};

/** The address of a file. */
export function uri(path: unknown): vscode.Uri {
  return {
    scheme: 'file',
    fsPath: String(path),
    path: String(path),
    toString: () => `file://${String(path)}`,
  } as unknown as vscode.Uri;
}

/** A document that is open and whole. */
export function textDocument(path: string, text = ''): vscode.TextDocument {
  return {
    uri: uri(path),
    version: 1,
    isDirty: false,
    isClosed: false,
    languageId: 'csv',
    getText: () => text,
  } as vscode.TextDocument;
}

/** A promise that the test settles when it wants to. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (thrown: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (thrown: unknown) => void = () => undefined;
  const promise = new Promise<T>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** An editor of a document in sight, with its cursor in a line from 0. */
export function textEditor(document: vscode.TextDocument, line: number): vscode.TextEditor {
  return { document, selection: { active: { line } } } as unknown as vscode.TextEditor;
}
