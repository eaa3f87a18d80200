/** The hover of a marked row: every class with its probability as a bar of text, and where the row came from. */
import * as vscode from 'vscode';
import {
  type Marks,
  partWords,
  type RowPrediction,
  type RunSummary,
  writeConfidence,
  writeNumber,
} from '../../protocol';
import { appendPlain } from '../plain-text';
import type { MarksController } from './marks-controller';
import { lookOf, partOf, rowAtLine, shorten, signs } from './mark-rows';

/** Width of the longest bar, characters. */
const barWidth = 20;
/** Classes that are listed; of the rest the number is told. */
const listed = 12;

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
    if (!session || this.#marks.filter === 'off') return undefined;
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const answer = await this.#marks.readRow(document, position.line, abort.signal);
    if (!answer) return undefined;
    const { marks, prediction } = answer;
    return new vscode.Hover(
      hoverText(marks, rowAtLine(marks, position.line), prediction, session.run),
      document.lineAt(position.line).range,
    );
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
  paragraph(`${signs[lookOf(marks, row)]} ${shorten(marks.target)}, predicted by ${shorten(run.name)}`);
  text.appendCodeblock(bars(prediction), 'text');
  const { label } = prediction;
  if (label !== undefined) paragraph(`Label in the file: ${shorten(label)}`);
  paragraph(partWords[partOf(marks, row)].sentence);
  return text;
}

function bars({ probabilities, value, interval }: RowPrediction): string {
  if (!probabilities) {
    const range = interval
      ? `\n90 % interval  ${writeNumber(interval[0])} to ${writeNumber(interval[1])}`
      : '';
    return value === undefined ? 'not predicted' : `${writeNumber(value)}${range}`;
  }
  const shown = probabilities.slice(0, listed);
  const width = Math.max(...shown.map(({ name }) => shorten(name).length));
  const lines = shown.map(({ name, probability }) => {
    const bar = '█'.repeat(Math.round(probability * barWidth)).padEnd(barWidth);
    return `${shorten(name).padEnd(width)}  ${bar}  ${writeConfidence(probability)}`;
  });
  const rest = probabilities.length - shown.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
