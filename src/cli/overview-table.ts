/** What each column of a file holds and tells of the target, or what a text is made of, as tables. */
import {
  type Bars,
  type ColumnOverview,
  type ColumnPlot,
  type DatasetOverview,
  measures,
  mostColumns,
  type TableOverview,
  type TextOverview,
  writeCount,
  writeCounted,
  writeNumber,
  writeShare,
} from '../protocol';
import { alignColumns, shorten } from './terminal';

const HEIGHTS = '▁▂▃▄▅▆▇█';
/** Classes and values that are listed. */
const MOST_LISTED = 12;

export function overviewLines(overview: DatasetOverview): string[] {
  return overview.shape === 'rows' ? tableLines(overview) : textLines(overview);
}

function tableLines({ columns, allColumns, target, trouble }: TableOverview): string[] {
  const named = target === undefined ? '' : ` ${shorten(target.column, 24)}`;
  const tells = target === undefined ? [] : [`TELLS OF${named}`, 'GOES WITH IT'];
  const rows = columns.map((column) => [
    shorten(column.name, 40),
    column.kind,
    writeCount(column.figures.missing),
    `${writeCount(column.figures.distinct)}${column.figures.distinctCapped ? '+' : ''}`,
    column.figures.plot === undefined ? '' : sparkline(column.figures.plot),
    contentOf(column),
    ...(target === undefined ? [] : relationOf(column, target.column)),
  ]);
  return [
    ...alignColumns([
      ['COLUMN', 'KIND', 'MISSING', 'DIFFERENT', 'ROWS BY VALUE', 'VALUES', ...tells],
      ...rows,
    ]),
    ...(allColumns > columns.length
      ? [`… and ${writeCount(allColumns - columns.length)} more; the first ${mostColumns} are counted`]
      : []),
    ...(trouble === undefined ? [] : ['', `Nothing is held against the target: ${trouble}`]),
    ...(target?.classes === undefined ? [] : ['', ...classLines(target.column, target.classes, target.rows)]),
  ];
}

function relationOf({ name, relation }: ColumnOverview, target: string): string[] {
  if (name === target) return ['(target)', ''];
  if (relation === undefined) return ['', ''];
  const { information, associations, by } = relation;
  const figures = associations.map(
    ({ measure, value }) => `${measures[measure].title} ${writeNumber(value)}`,
  );
  return [
    writeShare(information),
    `${figures.join(', ')}${by === 'length' ? ', by the length of its texts' : ''}`,
  ];
}

function contentOf({ figures, texts }: ColumnOverview): string {
  const { range, plot } = figures;
  if (texts !== undefined) {
    const { characters, words } = texts;
    return `median ${writeNumber(characters.median)} characters, ${writeNumber(words.median)} words; longest ${writeCount(characters.longest)}`;
  }
  if (range !== undefined && !isOfDays(plot))
    return `${writeNumber(range.min)} … ${writeNumber(range.max)}, mean ${writeNumber(range.mean)}, median ${writeNumber(range.median)}`;
  return plot?.shape === 'bars' ? shorten(listed(plot, 3), 60) : daysOf(plot);
}

function isOfDays(plot: ColumnPlot | undefined): boolean {
  return plot?.shape === 'histogram' && (plot.days === true || plot.clock === true);
}

function daysOf(plot: ColumnPlot | undefined): string {
  if (plot?.shape !== 'histogram' || plot.days !== true) return '';
  const day = (edge = 0) => new Date(edge * 86_400_000).toISOString().slice(0, 10);
  return `${day(plot.edges[0])} … ${day(plot.edges.at(-1))}`;
}

function listed({ bars, others }: Bars, most: number): string {
  const shown = bars.slice(0, most).map(({ value, count }) => `${shorten(value, 24)} ${writeCount(count)}`);
  const rest = bars.length - shown.length + others.values;
  return [...shown, ...(rest > 0 ? [`${writeCount(rest)}${others.capped ? '+' : ''} more`] : [])].join(', ');
}

/** One character for each bin or bar: blank for none, the lowest also for few. */
function sparkline(plot: ColumnPlot): string {
  const counts =
    plot.shape === 'histogram'
      ? plot.counts
      : [...plot.bars.map(({ count }) => count), ...(plot.others.rows > 0 ? [plot.others.rows] : [])];
  const most = Math.max(...counts, 1);
  return counts
    .map((count) => (count === 0 ? ' ' : (HEIGHTS[Math.ceil((count / most) * 8) - 1] ?? '')))
    .join('');
}

function classLines(
  column: string,
  classes: readonly { readonly name: string; readonly rows: number }[],
  rows: number,
): string[] {
  const sorted = [...classes].sort((a, b) => b.rows - a.rows);
  return [
    `Classes of ${shorten(column, 40)}:`,
    ...alignColumns(
      sorted
        .slice(0, MOST_LISTED)
        .map(({ name, rows: own }) => [
          `  ${shorten(name, 40)}`,
          writeCounted(own, 'row'),
          writeShare(own / rows),
        ]),
    ),
    ...(sorted.length > MOST_LISTED ? [`  … and ${writeCount(sorted.length - MOST_LISTED)} more`] : []),
  ];
}

function textLines(overview: TextOverview): string[] {
  const { characters, vocabulary, words, differentWords, wordsCapped, lines, lineLengths } = overview;
  const { median, longest, plot } = lineLengths;
  return alignColumns([
    [
      'Characters',
      writeCount(characters),
      `${writeCount(vocabulary)} different: ${listed(overview.frequentCharacters, 6)}`,
    ],
    [
      'Words',
      writeCount(words),
      `${writeCount(differentWords)}${wordsCapped ? '+' : ''} different: ${listed(overview.frequentWords, 6)}`,
    ],
    [
      'Lines',
      writeCount(lines),
      `median ${writeNumber(median)} characters, longest ${writeCount(longest)}  ${sparkline(plot)}`,
    ],
  ]);
}
