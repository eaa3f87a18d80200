/** Issues of dataset files in VS Code's Problems view, each with its place and advice. */
import * as vscode from 'vscode';
import { type DatasetIssue, isCovered, joinSentences, type LabError, showControls } from '../../protocol';
import { Scope, type Disposable } from '../disposal';
import { openDocument } from './files';
import { TypedLine } from './typed-line';

/** Who found the issues; each source replaces its own only. */
export type IssueSource = 'dataset' | 'marks' | 'quality';

interface Found {
  readonly issues: readonly DatasetIssue[];
  /** Of the document when they were found; undefined for a file that is not open. */
  readonly version: number | undefined;
}

/** Whose problems these are, as VS Code shows it beside them. */
export const problemSource = 'Model Lab';

const versionOf = (file: vscode.Uri): number | undefined => openDocument(file)?.version;

const severities: Readonly<Record<DatasetIssue['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export class Problems implements Disposable {
  readonly #scope = new Scope();
  readonly #collection = this.#scope.add(vscode.languages.createDiagnosticCollection('model-lab'));
  readonly #typed = this.#scope.add(new TypedLine());
  readonly #bySource = new Map<string, Partial<Record<IssueSource, Found>>>();

  constructor() {
    this.#scope.add(
      this.#typed.onDidLeave((file) => {
        // What was found before the latest edit has moved with the text, and its finder is looking again.
        const found = Object.values(this.#bySource.get(file.toString()) ?? {});
        if (found.some(({ version }) => version === versionOf(file))) this.#show(file);
      }),
    );
  }

  /** Shows a source's issues of a file in place of the ones before. `version`: of the document that was looked at. */
  set(
    file: vscode.Uri,
    source: IssueSource,
    issues: readonly DatasetIssue[],
    version = versionOf(file),
  ): void {
    const key = file.toString();
    const found: Found = { issues, version };
    this.#bySource.set(key, { ...this.#bySource.get(key), [source]: found });
    this.#show(file);
  }

  /** Draws the issues of a file, without those of the row that is being typed and of rows as they no longer are. */
  #show(file: vscode.Uri): void {
    const all = this.#bySource.get(file.toString());
    if (!all) return;
    const seen = new Set<string>();
    const present = versionOf(file);
    const issues = [all.dataset, all.marks, all.quality].flatMap((found) => {
      const isOld = found?.version !== present;
      // What a quality check says better is said by it alone.
      return (found?.issues ?? []).filter(
        ({ line, code }) => (!isOld || line === undefined) && (found === all.quality || !isCovered(code)),
      );
    });
    const diagnostics = issues.flatMap((issue) => {
      const identity = `${issue.code}:${issue.line ?? 0}:${issue.column ?? 0}:${issue.message}`;
      if (seen.has(identity)) return [];
      seen.add(identity);
      return this.#isUnfinished(file, issue) ? [] : [toDiagnostic(issue)];
    });
    this.#collection.set(file, diagnostics);
  }

  #isUnfinished(file: vscode.Uri, { severity, line, endLine }: DatasetIssue): boolean {
    if (severity === 'error' || line === undefined) return false;
    return this.#typed.holds(file, (endLine ?? line) - 1);
  }

  /** An error of an action on a file, shown where the user looks for errors of that file. */
  setError(file: vscode.Uri, source: IssueSource, error: LabError): void {
    this.set(file, source, [
      {
        severity: 'error',
        code: error.code,
        message: error.message,
        advice: error.advice ?? '',
        line: error.place?.line,
        column: error.place?.column,
      },
    ]);
  }

  clear(file: vscode.Uri): void {
    this.#bySource.delete(file.toString());
    this.#collection.delete(file);
  }

  dispose(): void {
    this.#scope.dispose();
    this.#bySource.clear();
  }
}

function toDiagnostic(issue: DatasetIssue): vscode.Diagnostic {
  const start = Math.max(0, (issue.line ?? 1) - 1);
  const end = Math.max(start, (issue.endLine ?? issue.line ?? 1) - 1);
  const range = new vscode.Range(
    start,
    Math.max(0, (issue.column ?? 1) - 1),
    end,
    issue.endColumn === undefined ? Number.MAX_SAFE_INTEGER : issue.endColumn - 1,
  );
  const text = showControls(joinSentences(issue.message, issue.advice));
  const diagnostic = new vscode.Diagnostic(range, text, severities[issue.severity]);
  diagnostic.source = problemSource;
  diagnostic.code = issue.code;
  return diagnostic;
}
