/** What a person reads when a command has done its work. */
import prettyMilliseconds from 'pretty-ms';
import {
  examplesTitle,
  joinSentences,
  metricNames,
  metricTitle,
  type RunSummary,
  tellApart,
  writeBytes,
  writeCount,
  writeHeadline,
  writeMetric,
  writesText,
} from '../protocol';
import { shellWord } from './shell-word';
import { alignColumns } from './terminal';

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
  const next = writesText(run.task)
    ? `local-model-lab generate ${shellWord(run.id)} --prompt "…"`
    : `local-model-lab predict FILE ${shellWord(run.id)}`;
  return [...lines, `Next   ${next}`];
}

/** One row per metric, one column per part of the data. */
function metricsTable({ training, validation }: RunSummary['metrics']): string[] {
  const names = metricNames(training, validation);
  if (names.length === 0) return [];
  const write = (name: string, value: number | undefined) =>
    value === undefined ? '' : writeMetric(name, value);
  return alignColumns([
    ['', 'training', 'validation'],
    ...names.map((name) => [
      metricTitle(name),
      write(name, training?.[name]),
      write(name, validation?.[name]),
    ]),
  ]);
}

/** One line per run: id, state, headline, name. */
export function summarizeRuns(runs: readonly RunSummary[]): string[] {
  const apart = tellApart(runs);
  return alignColumns([
    ['RUN', 'STATE', 'MODEL', 'RESULT', 'NAME'],
    ...runs.map((run) => [
      run.id,
      run.canResume ? `${run.state} (can resume)` : run.state,
      run.family,
      run.headline ? writeHeadline(run.headline) : '',
      apart.has(run.folder) ? `${run.name} (${apart.get(run.folder) ?? ''})` : run.name,
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
      examplesTitle(run.task),
      run.rows && `${writeCount(run.rows.training)} training, ${writeCount(run.rows.validation)} validation`,
    ],
    ['Steps', `${run.step} of ${run.steps}${run.bestStep === undefined ? '' : `, best ${run.bestStep}`}`],
    ['Time', writeSeconds(run.seconds)],
    ['Engine', run.environment && `${run.environment.engine} (${run.environment.runtime})`],
    ['Result', run.headline && writeHeadline(run.headline)],
    ['Error', run.error && joinSentences(run.error.message, run.error.advice)],
    ['Folder', run.folder],
  ];
  const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const cut = run.cannotResume === undefined ? [] : [`It cannot be resumed. ${run.cannotResume}`];
  const notes = [
    ...cut,
    ...run.notes,
    ...run.alerts.map(({ message, advice }) => joinSentences(message, advice)),
  ];
  return [...alignColumns(known), '', ...metricsTable(run.metrics), ...notes.map((note) => `note: ${note}`)];
}
