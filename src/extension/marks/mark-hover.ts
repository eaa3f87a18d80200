/** The hover of a marked row: every class with its probability as a bar of text, and where the row came from. */
import * as vscode from 'vscode';
import { CancelledError, type Marks, partWords, type RowPrediction, type RunSummary } from '../../protocol';
import { appendPlain } from '../plain-text';
import { shorten } from '../../protocol/class-names';
import { bars, outsideLines, outsideSentence, verdictSentence } from './hover-words';
import type { MarksController, RowInFull } from './marks-controller';
import { partOf } from '../../protocol/mark-words';
import { rowAtLine } from './mark-rows';

export class MarkHover implements vscode.HoverProvider {
  readonly #marks: MarksController;

  constructor(marks: MarksController) {
    this.#marks = marks;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const session = this.#marks.session(document.uri);
    if (!session || this.#marks.filterOf(document.uri) === 'off') return undefined;
    const answer = await this.#answer(document, position.line, token);
    if (!answer) return undefined;
    const { marks, prediction } = answer;
    return new vscode.Hover(
      hoverText(marks, rowAtLine(marks, position.line), prediction, session.run),
      document.lineAt(position.line).range,
    );
  }

  /** Whoever moves on wants no answer, which is no failure. */
  async #answer(
    document: vscode.TextDocument,
    line: number,
    token: vscode.CancellationToken,
  ): Promise<RowInFull | undefined> {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      return await this.#marks.readRow(document, line, abort.signal);
    } catch (thrown) {
      if (thrown instanceof CancelledError) return undefined;
      throw thrown;
    } finally {
      listening.dispose();
    }
  }
}

function hoverText(
  marks: Marks,
  row: number,
  prediction: RowPrediction,
  run: RunSummary,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const paragraph = (words: string) => appendPlain(text, words).appendMarkdown('\n\n');
  paragraph(verdictSentence(marks, row, prediction));
  const block = bars(prediction);
  if (block !== '') text.appendCodeblock(block, 'text');
  if (prediction.outside) {
    paragraph(outsideSentence(marks));
    text.appendCodeblock(outsideLines(prediction.outside), 'text');
  }
  paragraph(partWords[partOf(marks, row)].sentence);
  paragraph(`${shorten(marks.target)}, predicted by ${shorten(run.name)}`);
  return text;
}
