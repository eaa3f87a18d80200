/** From an experiment to what is learnt: reads the file once and keeps what tells whether it changed since. */
import { basename } from 'node:path';
import { type Experiment, LabError, type ReadingWishes, wishesOf, type RunFile } from '../../protocol';
import {
  CharacterVocabulary,
  findDuplicates,
  fromWholeFile,
  hashOf,
  openRows,
  openText,
  planSplit,
  readTarget,
  type RowParts,
  type Watching,
  type WholeFile,
} from '../datasets';
import { familiesFor } from '../../protocol/families';
import { answerOf } from '../../protocol/tasks';
import { openFamily } from '../models';
import { openRowTask, openTextTask } from '../tasks';
import { spans } from '../profiling';
import { isPreparedAlike, PREPARED_OTHERWISE } from '../runs';
import type { DatasetMark } from './dataset-watch';
import type { Subject } from './subject';
import { columnsFor, prepareTable } from './table-data';
import { tableSubject, type TableSubject } from './table-subject';
import { textSubject } from './text-subject';

export interface LearningData {
  /** What was read. */
  readonly mark: DatasetMark;
  /** How a table was read, in full, with what was asked of columns; nothing for a text. */
  readonly reading: ReadingWishes;
  readonly subject: Subject;
  /** The trainings of a cross-validation, each made when it is its turn; none for a single split. */
  readonly folds: readonly (() => TableSubject)[];
}

/**
 * `experiment.dataset.path` is absolute. Reads again where the file moves meanwhile; `watching` follows and ends that. LabError('file' | 'dataset' |
 * 'invalid') says what cannot be used.
 */
export function readLearningData(experiment: Experiment, watching: Watching = {}): Promise<LearningData> {
  return spans.measure('phase', 'reading the data', () =>
    fromWholeFile(experiment.dataset.path, (file) => prepare(experiment, file, watching), watching),
  );
}

async function prepare(
  experiment: Experiment,
  { source, state }: WholeFile,
  watching: Watching,
): Promise<LearningData> {
  const { path } = experiment.dataset;
  const mark = { path, state, sha256: await hashOf(source, watching) };
  if (!familiesFor(experiment.task).includes(experiment.model.family)) throw unsuited(experiment);
  const family = await openFamily(experiment.model.family);
  if (family.takes === 'tokens') {
    const task = await openTextTask(experiment.task);
    const file = await openText(source, { ...experiment.dataset, watching });
    const vocabulary = CharacterVocabulary.fromText(file.text);
    const subject = textSubject(experiment, task, family, file, vocabulary, path);
    return { mark, reading: {}, subject, folds: [] };
  }
  if (experiment.target === undefined) {
    throw new LabError('invalid', 'No column to predict was named.', {
      advice: 'Choose the column that shall be predicted.',
      place: { path },
    });
  }
  const table = await openRows(source, { ...experiment.dataset, watching, knownNames: [experiment.target] });
  const column = readTarget(table, experiment.target, answerOf(experiment.task));
  const task = await openRowTask(experiment.task);
  const { seed, split } = experiment;
  const duplicates = findDuplicates(table, column, experiment.exclude);
  const columns = columnsFor(table, column);
  const { by: way = 'stratified', ...asked } = split;
  const plan = planSplit(table, column, { way, ...asked, seed, copies: duplicates?.groups });
  const exclude = [...experiment.exclude, ...plan.exclude];
  const subjectOf = (rows: RowParts, judged: boolean): TableSubject =>
    tableSubject(
      experiment,
      family,
      table,
      prepareTable(task, { ...experiment, exclude }, table, column, rows, columns),
      { judged, issues: [...(duplicates === undefined ? [] : [duplicates.issue]), ...plan.issues] },
    );
  return {
    mark,
    reading: wishesOf(table.format, table.tell({})),
    subject: subjectOf(plan, false),
    folds: plan.folds.map((rows) => () => subjectOf(rows, true)),
  };
}

/** LabError('mismatch') for a table's run that an earlier version of the lab began. Texts are prepared as ever. */
export function requireSamePreparation(run: RunFile): void {
  if (isPreparedAlike(run)) return;
  throw new LabError('mismatch', PREPARED_OTHERWISE.message, {
    advice: PREPARED_OTHERWISE.advice,
    place: { path: run.datasetPath },
  });
}

/** Resuming on other data would neither be the same training nor a new one. */
export function requireSameData(experiment: Experiment, hash: string): void {
  if (experiment.dataset.sha256 === undefined || experiment.dataset.sha256 === hash) return;
  const { path } = experiment.dataset;
  throw new LabError('mismatch', `${basename(path)} has changed since this training began.`, {
    advice: 'Bring the file back as it was to resume, or start a new training.',
    place: { path },
  });
}

function unsuited({ model, task, dataset }: Experiment): LabError {
  return new LabError('invalid', `The model family "${model.family}" does not fit the task "${task}".`, {
    advice: `It is learnt by ${familiesFor(task).join(' or ')}.`,
    place: { path: dataset.path },
  });
}
