/** What the Lab is told of marks: counts of the file in front, the row under its cursor, the speed of its model. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  type Marks,
  type MarksState,
  MeasureInference,
  type RowPrediction,
  type RunSummary,
  tasks,
} from '../../protocol';
import type { EngineCaller } from '../engine/caller';
import type { LabModel } from '../lab/lab-model';
import type { MarkFilters } from './mark-filters';
import { partOf } from '../../protocol/mark-words';
import { countRows } from './mark-rows';
import type { MarkSession } from './mark-session';

export interface MarksStateOptions {
  readonly model: LabModel;
  readonly engine: EngineCaller;
  readonly filters: MarkFilters;
  /** The session of the file in front. */
  readonly current: () => MarkSession | undefined;
  /** The run that a file is or was marked with, where it is listed. */
  readonly runOf: (file: vscode.Uri) => RunSummary | undefined;
  /** A row in full. */
  readonly readRow: (
    document: vscode.TextDocument,
    line: number,
    signal: AbortSignal,
  ) => Promise<{ readonly marks: Marks; readonly prediction: RowPrediction } | undefined>;
}

export class MarksStateOfLab {
  readonly #options: MarksStateOptions;
  #question: AbortController | undefined;

  constructor(options: MarksStateOptions) {
    this.#options = options;
  }

  /** Tells of the file in front as it is now. */
  publish(): void {
    const { model, current } = this.#options;
    const session = current();
    const marks = session?.latest;
    const before = model.state.marks;
    this.#publishRun();
    if (!session || !marks) {
      if (before) model.update({ marks: undefined });
      return;
    }
    const file = session.document.uri;
    const isSame = before?.run.folder === session.run.folder && before.path === file.fsPath;
    model.update({
      marks: {
        path: file.fsPath,
        fileName: path.basename(file.fsPath),
        run: session.run,
        filter: this.#options.filters.of(file),
        rows: marks.rows,
        unpredicted: marks.unpredicted,
        reading: marks.reading,
        readOtherwise: marks.readOtherwise,
        ...countRows(marks),
        figure: figureOf(marks),
        current: isSame ? before.current : undefined,
        measure: isSame ? before.measure : undefined,
        measuring: isSame && before.measuring,
      },
    });
    this.readCursor(session);
  }

  /** Asks for the row under the cursor of the session's editor. */
  readCursor(session: MarkSession): void {
    const { model, readRow } = this.#options;
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === session.document);
    if (!editor) return;
    this.#question?.abort();
    const question = new AbortController();
    this.#question = question;
    const { line } = editor.selection.active;
    readRow(session.document, line, question.signal).then(
      (answer) => {
        const { marks } = model.state;
        if (!marks || question.signal.aborted) return;
        const current = answer && {
          line: line + 1,
          part: partOf(answer.marks, answer.prediction.row),
          prediction: answer.prediction,
        };
        model.update({ marks: { ...marks, current } });
      },
      // The next movement asks again; a lost engine is reported by the session itself.
      () => undefined,
    );
  }

  /** Measures the model that marks the file in front. */
  async measure(): Promise<void> {
    const { model, engine, current } = this.#options;
    const session = current();
    if (!session) return;
    const tell = (change: Partial<Pick<MarksState, 'measure' | 'measuring'>>) => {
      const { marks } = model.state;
      if (marks && current() === session) model.update({ marks: { ...marks, ...change } });
    };
    tell({ measuring: true });
    try {
      tell({ measure: await engine.call(MeasureInference, { documentId: session.documentId }) });
    } finally {
      tell({ measuring: false });
    }
  }

  dispose(): void {
    this.#question?.abort();
  }

  /** Which run belongs to the file in the active editor, marked or not: whoever comes back to it is shown that run. */
  #publishRun(): void {
    const { model, runOf } = this.#options;
    const document = vscode.window.activeTextEditor?.document;
    // With the focus elsewhere, in the Lab for example, the file that was in front is still meant.
    if (document?.uri.scheme !== 'file') return;
    const run = runOf(document.uri);
    const before = model.state.fileRun;
    const filePath = document.uri.fsPath;
    if (before?.path === filePath && before.runFolder === run?.folder) return;
    if (run === undefined && before === undefined) return;
    model.update({ fileRun: run && { path: filePath, runFolder: run.folder } });
  }
}

function figureOf({ task, metrics }: Marks): MarksState['figure'] {
  const metric = tasks.find(task)?.marks?.figure;
  const value = metric === undefined ? undefined : metrics?.[metric];
  return metric === undefined || value === undefined ? undefined : { metric, value };
}
