/** What a person reads when a command has done its work. */
import prettyMilliseconds from 'pretty-ms';
import {
  type DatasetSummary,
  type Metrics,
  metricTitles,
  type RunSummary,
  type TableSummary,
  writeBytes,
  writeCount,
  writeHeadline,
  writeMetric,
  writeNumber,
} from '../protocol';
import { alignColumns, shorten } from './terminal';

/** A measured time: `4.3s`, `1m 20s`. */
export function writeSeconds(seconds: number): string {
  return prettyMilliseconds(seconds * 1000);
}

/** Headline beside its baseline, the metrics of both parts, where the run is and what could be done next. */
export function summarizeTraining(run: RunSummary, seconds: number): string[] {
  const folds = run.folds === undefined ? '' : `, ${run.folds.length} folds`;
  const lines = [
    `${run.name}: ${run.state} in ${writeSeconds(seconds)}${folds}`,
    ...(run.headline ? [writeHeadline(run.headline)] : []),
    ...(run.headline?.reason === undefined ? [] : [run.headline.reason]),
    '',
    ...metricsTable(run.metrics),
    '',
    `Run    ${run.folder}`,
  ];
  if (!run.hasModel) return lines;
  const next =
    run.task === 'language-model'
      ? `local-model-lab generate ${run.id} --prompt "…"`
      : `local-model-lab predict FILE ${run.id}`;
  return [...lines, `Next   ${next}`];
}

/** One row per metric, one column per part of the data. */
function metricsTable({ training, validation }: RunSummary['metrics']): string[] {
  const names = (Object.keys(metricTitles) as (keyof Metrics)[]).filter(
    (name) => training?.[name] !== undefined || validation?.[name] !== undefined,
  );
  if (names.length === 0) return [];
  const write = (name: string, value: number | undefined) =>
    value === undefined ? '' : writeMetric(name, value);
  return alignColumns([
    ['', 'training', 'validation'],
    ...names.map((name) => [
      metricTitles[name],
      write(name, training?.[name]),
      write(name, validation?.[name]),
    ]),
  ]);
}

/** One line per run: id, state, headline, name. */
export function summarizeRuns(runs: readonly RunSummary[]): string[] {
  return alignColumns([
    ['RUN', 'STATE', 'MODEL', 'RESULT', 'NAME'],
    ...runs.map((run) => [
      run.id,
      run.canResume ? `${run.state} (can resume)` : run.state,
      run.family,
      run.headline ? writeHeadline(run.headline) : '',
      run.name,
    ]),
  ]);
}

export function summarizeRun(run: RunSummary): string[] {
  const facts: [string, string | undefined][] = [
    ['Run', run.id],
    ['Name', run.name],
    ['State', run.state],
    ['Dataset', run.datasetPath],
    ['Target', run.target],
    ['Task', run.task],
    ['Model', run.family],
    ['Parameters', run.parameters === undefined ? undefined : writeCount(run.parameters)],
    ['Size', run.modelBytes === undefined ? undefined : writeBytes(run.modelBytes)],
    [
      run.task === 'language-model' ? 'Characters' : 'Rows',
      run.rows && `${writeCount(run.rows.training)} training, ${writeCount(run.rows.validation)} validation`,
    ],
    ['Steps', `${run.step} of ${run.steps}${run.bestStep === undefined ? '' : `, best ${run.bestStep}`}`],
    ['Time', writeSeconds(run.seconds)],
    ['Engine', run.environment && `${run.environment.engine} (${run.environment.runtime})`],
    ['Result', run.headline && writeHeadline(run.headline)],
    ['Error', run.error && `${run.error.message} ${run.error.advice ?? ''}`],
    ['Folder', run.folder],
  ];
  const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const notes = [...run.notes, ...run.alerts.map(({ message, advice }) => `${message} ${advice}`)];
  return [...alignColumns(known), '', ...metricsTable(run.metrics), ...notes.map((note) => `note: ${note}`)];
}

export function summarizeDataset(summary: DatasetSummary): string[] {
  if (summary.kind === 'text') {
    const { characters, vocabulary, lines } = summary;
    return [
      `${summary.path}: text, ${writeCount(characters)} characters (${vocabulary} different), ${writeCount(lines)} lines`,
    ];
  }
  const { format } = summary;
  return [
    `${summary.path}: table, ${writeCount(summary.rows)} rows, ${summary.columns.length} columns, ${format.header ? 'with' : 'without'} a header, separator ${JSON.stringify(format.separator)}, ${format.encoding}`,
    '',
    ...alignColumns([
      ['COLUMN', 'KIND', 'DIFFERENT', 'MISSING', 'VALUES'],
      ...summary.columns.slice(0, columnLimit).map(columnCells),
    ]),
    ...(summary.columns.length > columnLimit ? [`… and ${summary.columns.length - columnLimit} more`] : []),
    '',
    ...targetLines(summary),
  ];
}

/** Columns and targets that are listed; the rest is counted. */
const columnLimit = 40;

function columnCells(column: TableSummary['columns'][number]): string[] {
  const { range, values, note } = column;
  const content = range
    ? `${writeNumber(range.min)} … ${writeNumber(range.max)}, mean ${writeNumber(range.mean)}`
    : values.map(({ value, count }) => `${shorten(value, 24)} ${count}`).join(', ');
  return [
    column.name,
    column.kind,
    String(column.distinct),
    String(column.missing),
    shorten(note === undefined ? content : `${content} (${note})`, 80),
  ];
}

/** The columns that could be predicted, the sensible one first. */
export function targetLines(summary: TableSummary): string[] {
  const lines = alignColumns(
    summary.targets
      .slice(0, columnLimit)
      .map(({ column, task, preview, reason }) => [
        `--target ${quote(column)}`,
        task,
        shorten(reason === '' ? preview : `${preview} (${reason})`, 90),
      ]),
  );
  const more = summary.targets.length - columnLimit;
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}

/** As a shell wants it. */
function quote(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
}
