/** What the hover of a row says. Pure words; the hover makes them harmless. */
import { type Marks, type OutsideCell, type RowPrediction, Verdict } from '../../protocol/marks';
import {
  writeConfidence,
  writeCounted,
  writeResidual,
  writeSeen,
  writeShare,
  writeValue,
} from '../../protocol/words';
import { shorten, shortenApart } from '../../protocol/class-names';
import { tasks } from '../../protocol/tasks';
import { at, lookOf, signs } from '../../protocol/mark-words';
import { columnsOf } from './placement';

/** Width of the longest bar, characters. */
const barWidth = 20;
/** Classes that are listed; the rest are counted together. */
const listed = 4;
/** So few more are listed rather than counted. */
const fewMore = 1;
const nameLimit = 40;

/**
 * The verdict in one sentence, the first thing that a screen reader reads: `✗ Wrong: predicted Adelie (88 %), the file
 * says Gentoo.`
 */
export function verdictSentence(marks: Marks, row: number, prediction: RowPrediction): string {
  const { label } = prediction;
  const said = label === undefined ? '' : `, the file says ${shorten(label)}`;
  const predicted = predictionWords(prediction);
  if (predicted === undefined) return 'This row could not be predicted.';
  const sign = signs[lookOf(marks, row)];
  const unsure = at(marks.unsure, row) === 1 ? ', but unsure' : '';
  const difference = prediction.residual === undefined ? '' : ` (${writeResidual(prediction.residual)})`;
  return `${sign} ${verdictWords(marks, row)}${unsure}: predicted ${predicted}${said}${difference}.`;
}

function verdictWords(marks: Marks, row: number): string {
  const verdict = at(marks.verdict, row);
  if (verdict === Verdict.unlabelled) return 'Nothing to compare with';
  const { right = 'Right', wrong = 'Wrong' } = tasks.find(marks.task)?.marks ?? {};
  return verdict === Verdict.right ? right : wrong;
}

function predictionWords({ probabilities, value, years = false }: RowPrediction): string | undefined {
  const [first] = probabilities ?? [];
  if (first) return `${shorten(first.name)} (${writeConfidence(first.probability)})`;
  return value === undefined ? undefined : writeValue(value, years);
}

/** Classes with their probabilities as bars of text, or the interval of a number; empty where there is neither. */
export function bars({ probabilities, interval, label, years = false }: RowPrediction): string {
  if (!probabilities) {
    return interval
      ? `90 % interval of this row  ${writeValue(interval[0], years)} to ${writeValue(interval[1], years)}`
      : '';
  }
  const isShown = (index: number) =>
    index < listed || probabilities.length <= listed + fewMore || probabilities[index]?.name === label;
  const shown = probabilities.filter((_, index) => isShown(index));
  const names = shortenApart(
    shown.map(({ name }) => name),
    nameLimit,
  );
  const width = Math.max(...names.map((name) => columnsOf(name, 1)));
  const lines = shown.map(({ probability }, index) => {
    const bar = '█'.repeat(Math.round(probability * barWidth)).padEnd(barWidth);
    const name = names[index] ?? '';
    const padding = ' '.repeat(width - columnsOf(name, 1));
    return `${name}${padding}  ${bar}  ${writeConfidence(probability)}`;
  });
  const rest = probabilities.filter((_, index) => !isShown(index));
  if (rest.length === 0) return lines.join('\n');
  const together = rest.reduce((sum, { probability }) => sum + probability, 0);
  return [
    ...lines,
    `${rest.length} more, ${together < 0.005 ? '< 1 %' : writeShare(together)} together`,
  ].join('\n');
}

/** Columns in which a row is far from all that training saw, one a line: hovers do not break long lines. */
export function outsideLines(cells: readonly OutsideCell[]): string {
  const shown = cells
    .slice(0, listed)
    .map(({ column, value, seen }) => [
      shorten(column, nameLimit),
      shorten(value, nameLimit),
      seen ? `training saw ${writeSeen(seen)}` : 'training never saw it',
    ]);
  const width = (cell: number) => Math.max(...shown.map((cells) => columnsOf(cells[cell] ?? '', 1)));
  const [names, values] = [width(0), width(1)];
  const pad = (text: string, to: number) => text + ' '.repeat(to - columnsOf(text, 1));
  const lines = shown.map(
    ([name = '', value = '', why = '']) => `${pad(name, names)}  ${pad(value, values)}  ${why}`,
  );
  const more = cells.length - shown.length;
  return [...lines, ...(more > 0 ? [`and ${writeCounted(more, 'more column')}`] : [])].join('\n');
}

/** What follows from that. */
export function outsideSentence({ task }: Marks): string {
  return `Far outside what training saw: the ${tasks.find(task)?.marks?.certainty ?? 'prediction'} means little.`;
}
