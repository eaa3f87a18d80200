/**
 * Has the file of the form checked whenever it was looked at anew, and shows what is found: as problems on the very cells,
 * in the form, and to whoever offers what mends it. The newest question wins.
 */
import * as vscode from 'vscode';
import {
  CancelledError,
  CheckQuality,
  checks,
  type Draft,
  issuesOfFinding,
  LabError,
  type QualityFinding,
} from '../../protocol';
import { settingsSection } from '../contributions';
import { Scope, type Disposable } from '../disposal';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { checkLevel } from '../settings';
import { openDocument, savedHere } from './files';
import type { Problems } from './problems';

export interface QualityWatchOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly problems: Problems;
  readonly log: vscode.LogOutputChannel;
}

/** What was found, of which version of the document (undefined: it was not open). */
export interface FoundQuality {
  readonly version: number | undefined;
  readonly findings: readonly QualityFinding[];
  /** What the table was read by. */
  readonly question: TableQuestion;
}

/** How the file is read, and what is learnt from it: as the form has it. */
export type TableQuestion = ReturnType<typeof questionOf>;

export class QualityWatch implements Disposable {
  readonly #options: QualityWatchOptions;
  readonly #scope = new Scope();
  readonly #found = new Map<string, FoundQuality>();
  #draft: Draft | undefined;
  #question: AbortController | undefined;

  constructor(options: QualityWatchOptions) {
    this.#options = options;
    this.#scope.add(options.model.onDidChange(({ draft }) => this.#follow(draft)));
    this.#scope.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.quality`) && this.#draft) this.#ask(this.#draft);
      }),
    );
    this.#scope.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#found.delete(uri.toString())));
  }

  /** What was found in a file; undefined where it has not been checked. */
  of(file: vscode.Uri): FoundQuality | undefined {
    return this.#found.get(file.toString());
  }

  #follow(draft: Draft | undefined): void {
    if (draft === this.#draft) return;
    const before = this.#draft;
    this.#draft = draft;
    if (draft?.dataset.kind === 'table') this.#ask(draft);
    else this.#forget(before);
  }

  #forget(draft: Draft | undefined): void {
    this.#question?.abort();
    if (draft !== undefined) this.#show(vscode.Uri.file(draft.dataset.path), undefined);
  }

  #ask(draft: Draft): void {
    this.#question?.abort();
    const question = new AbortController();
    this.#question = question;
    const file = vscode.Uri.file(draft.dataset.path);
    const document = openDocument(file);
    const table = questionOf(draft);
    const version = document?.version;
    const asked = {
      ...table,
      text: document?.isDirty === true ? document.getText() : undefined,
      settled: savedHere(document),
      checks: checks.all.filter((check) => checkLevel(check, file) !== 'off').map(({ name }) => name),
    };
    this.#options.engine.call(CheckQuality, asked, { signal: question.signal }).then(
      ({ findings }) => {
        if (question.signal.aborted) return;
        this.#show(file, { version, findings: levelled(findings, file), question: table });
      },
      (thrown: unknown) => {
        if (question.signal.aborted || thrown instanceof CancelledError) return;
        this.#options.log.warn(`${file.fsPath} could not be checked: ${LabError.from(thrown).message}`);
        this.#show(file, undefined);
      },
    );
  }

  #show(file: vscode.Uri, found: FoundQuality | undefined): void {
    const { model, problems } = this.#options;
    if (found === undefined) this.#found.delete(file.toString());
    else this.#found.set(file.toString(), found);
    problems.set(file, 'quality', (found?.findings ?? []).flatMap(issuesOfFinding), found?.version);
    const quality = found && { path: file.fsPath, findings: found.findings };
    if (quality !== undefined || model.state.quality !== undefined) model.update({ quality });
  }

  dispose(): void {
    this.#question?.abort();
    this.#scope.dispose();
  }
}

function questionOf({ dataset, target, exclude = [], asked = {} }: Draft) {
  return { path: dataset.path, kind: dataset.source, target, exclude: [...exclude], ...asked };
}

/** With the severities that the settings ask for. */
function levelled(findings: readonly QualityFinding[], file: vscode.Uri): QualityFinding[] {
  return findings.flatMap((finding) => {
    const level = checkLevel(checks.require(finding.check), file);
    if (level === 'off') return [];
    return [level === undefined ? finding : { ...finding, severity: level }];
  });
}
