/** Quick Fixes for what the quality checks have found, and what they do. Nothing is changed unasked. */
import * as vscode from 'vscode';
import {
  checks,
  LabError,
  MendTable,
  type Mend,
  type QualityFinding,
  type SpanEdit,
  writeCount,
} from '../../protocol';
import { commands } from '../contributions';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import { tell } from '../messages';
import { withoutIcons } from '../plain-text';
import { problemSource } from './problems';
import type { QualityWatch } from './quality-watch';

/** Which mend of which finding: what a Quick Fix, or a button of the form, asks for. */
export interface MendChoice {
  readonly file: vscode.Uri;
  readonly check: string;
  readonly mend: string;
  readonly column?: string | undefined;
}

/** Columns that are to be left out in the form of a file. */
export interface ColumnsToLeaveOut {
  readonly file: vscode.Uri;
  readonly columns: readonly string[];
}

export class QualityFixes implements vscode.CodeActionProvider {
  readonly #watch: QualityWatch;

  constructor(watch: QualityWatch) {
    this.#watch = watch;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const found = this.#watch.of(document.uri);
    if (found?.version !== document.version) return [];
    const actions = new Map<string, vscode.CodeAction>();
    for (const diagnostic of diagnostics) {
      if (diagnostic.source !== problemSource) continue;
      for (const finding of found.findings) {
        if (finding.check !== diagnostic.code || !standsAt(finding, diagnostic.range)) continue;
        for (const action of actionsFor(document.uri, finding)) {
          const fix = actions.get(action.title) ?? action;
          fix.diagnostics = [...(fix.diagnostics ?? []), diagnostic];
          actions.set(action.title, fix);
        }
      }
    }
    return [...actions.values()];
  }
}

/** Whether one of the finding's places begins where the problem does. */
function standsAt({ places }: QualityFinding, { start }: vscode.Range): boolean {
  const placed = places.filter(({ span }) => span !== undefined);
  if (placed.length === 0) return start.line === 0;
  return placed.some(
    ({ span }) => span?.line === start.line + 1 && (span.character ?? 1) === start.character + 1,
  );
}

function actionsFor(file: vscode.Uri, finding: QualityFinding): vscode.CodeAction[] {
  const { check } = finding;
  const title = checks.find(check)?.title ?? check;
  const scope = vscode.workspace.workspaceFolders === undefined ? 'everywhere' : 'in this workspace';
  return [
    ...finding.mends.map((mend) => actionOf(mend.label, commandOf(file, finding, mend))),
    actionOf(`Ignore "${title}" ${scope}`, { command: commands.ignoreCheck, arguments: [check] }),
  ];
}

function commandOf(file: vscode.Uri, { check, columns }: QualityFinding, mend: Mend) {
  if (mend.kind === 'exclude') {
    const wish: ColumnsToLeaveOut = { file, columns: mend.columns };
    return { command: commands.leaveColumnsOut, arguments: [wish] };
  }
  const choice: MendChoice = { file, check, mend: mend.name, column: columns[0] };
  return { command: commands.mendProblem, arguments: [choice] };
}

function actionOf(
  label: string,
  { command, arguments: given }: { readonly command: string; readonly arguments: unknown[] },
): vscode.CodeAction {
  const title = withoutIcons(label);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command, arguments: given };
  return action;
}

/**
 * Does what mends a finding, as one edit that can be undone. LabError('invalid') where the document was edited while its
 * edits were being made: they are of the text that it had.
 */
export async function mend(
  engine: EngineCaller,
  watch: QualityWatch,
  { file, check, mend: name, column }: MendChoice,
): Promise<void> {
  const found = watch.of(file);
  if (found === undefined) {
    throw new LabError('invalid', 'This file is being looked at anew.', { advice: 'Try again in a moment.' });
  }
  const document = await vscode.workspace.openTextDocument(file);
  const { version } = document;
  const question = { ...found.question, text: document.getText(), check, mend: name, column };
  const { edits, left } = await engine.call(MendTable, question);
  const edit = new vscode.WorkspaceEdit();
  edit.set(file, edits.map(textEditOf));
  const isSame = document.version === version;
  if (!isSame || !(await vscode.workspace.applyEdit(edit))) {
    throw new LabError('invalid', 'The file was edited meanwhile: nothing was changed.', {
      advice: 'Try again.',
    });
  }
  if (left > 0)
    void tell(`${writeCount(left)} could not be changed: the file cannot hold the new values there.`);
}

/** Leaves columns out in the form, which is shown: the file stays as it is. */
export async function leaveOut(lab: FormOfLab, { file, columns }: ColumnsToLeaveOut): Promise<void> {
  const count = (lab.model.state.leaveOut?.count ?? 0) + 1;
  lab.model.update({ stage: 'learn', leaveOut: { count, path: file.fsPath, columns } });
  await lab.showLab();
}

interface FormOfLab {
  readonly model: LabModel;
  readonly showLab: () => Promise<void>;
}

/** LabError('invalid') for what no Quick Fix asks for: the commands are not made to be called by people. */
export function mendOf(argument: unknown): MendChoice {
  return argumentWith<MendChoice>(argument, 'mend');
}

export function columnsOf(argument: unknown): ColumnsToLeaveOut {
  return argumentWith<ColumnsToLeaveOut>(argument, 'columns');
}

export function checkOf(argument: unknown): string {
  if (typeof argument === 'string' && checks.find(argument) !== undefined) return argument;
  throw notByHand();
}

function argumentWith<T>(argument: unknown, field: keyof T & string): T {
  if (typeof argument !== 'object' || argument === null || !(field in argument)) throw notByHand();
  // VS Code hands a command what its Quick Fix was made with.
  return argument as T;
}

function notByHand(): LabError {
  return new LabError('invalid', 'This command belongs to a Quick Fix.', {
    advice: 'Open the Quick Fixes of a problem.',
  });
}

function textEditOf({ span, text }: SpanEdit): vscode.TextEdit {
  const { line, character, endLine, endCharacter } = span;
  const start = new vscode.Position(line - 1, character - 1);
  const end = new vscode.Position(endLine - 1, endCharacter - 1);
  return new vscode.TextEdit(new vscode.Range(start, end), text);
}
