/** What is asked about a file before anything is learnt from it. */
import type { z } from 'zod';
import type { DatasetSummary, TargetSuggestion } from '../../protocol/dataset';
import type { DatasetLook, InspectDataset, LookAtDataset, SuggestModels } from '../../protocol/engine';
import { LabError } from '../../protocol/errors';
import type { ModelChoice } from '../../protocol/families';
import { answerOf } from '../../protocol/tasks';
import {
  type DatasetSource,
  fromWholeFile,
  inspectDataset,
  type InspectOptions,
  openRows,
  readTarget,
  SETTLED,
  suggestAnswer,
  type Watching,
} from '../datasets';
// Not by the rooms' doors, which would load TensorFlow.js.
import { linearSuffices } from '../looks';
import { needsLook, suggestModels } from '../models/suggest';

export function inspect(
  { path, text, ...options }: z.infer<(typeof InspectDataset)['params']>,
  watching: Watching = {},
): Promise<DatasetSummary> {
  return inspectDataset(path, text, { ...options, watching });
}

export async function suggest(
  { path, text, target, exclude, settled, ...asked }: z.infer<(typeof SuggestModels)['params']>,
  watching: Watching = {},
): Promise<readonly ModelChoice[]> {
  const options = { ...asked, watching };
  const summary = await inspectDataset(path, text, { ...options, target, settled });
  const column = summary.kind === 'table' ? (target ?? summary.target) : undefined;
  const isOpen = column !== undefined && needsLook(summary, { target: column, exclude });
  const straight = isOpen
    ? await looksStraight(path, text, column, exclude, { ...options, settled })
    : undefined;
  return suggestModels(summary, { target, task: options.task, exclude, straight });
}

export async function look(
  { exclude: wished, ...question }: z.infer<(typeof LookAtDataset)['params']>,
  watching: Watching = {},
): Promise<DatasetLook> {
  const dataset = await inspect(question, watching);
  const target = targetOf(dataset, question.target);
  const exclude = excludedOf(dataset, target?.column, wished);
  const models = isLearnable(dataset, target?.column)
    ? await suggest({ ...question, target: target?.column, exclude: [...exclude] }, watching)
    : [];
  return { dataset, target, exclude, models };
}

/** Suggestions need something to suggest for: a text, or a table with a target. */
function isLearnable(dataset: DatasetSummary, target: string | undefined): boolean {
  if (dataset.issues.some(({ severity }) => severity === 'error')) return false;
  return dataset.kind === 'text' || target !== undefined;
}

function targetOf(dataset: DatasetSummary, wish: string | undefined): TargetSuggestion | undefined {
  if (dataset.kind === 'text') return undefined;
  return dataset.targets.find(({ column }) => column === wish) ?? dataset.targets[0];
}

/** The columns of the file that are to be left out; the target is none of them, whatever was the target before. */
function excludedOf(
  dataset: DatasetSummary,
  target: string | undefined,
  wish: readonly string[] = [],
): readonly string[] {
  if (dataset.kind === 'text' || wish.length === 0) return [];
  const columns = new Set(dataset.columns.map(({ name }) => name));
  return wish.filter((name) => name !== target && columns.has(name));
}

/** Undefined also where the target cannot be learnt, which the training says. */
async function looksStraight(
  path: string,
  text: string | undefined,
  target: string,
  exclude: readonly string[] = [],
  { task, settled, ...reading }: InspectOptions,
): Promise<boolean | undefined> {
  const judge = async (source: DatasetSource): Promise<boolean | undefined> => {
    const table = await openRows(source, { ...reading, path });
    const column = readTarget(
      table,
      target,
      task === undefined ? suggestAnswer(table, target) : answerOf(task),
    );
    return linearSuffices(table, column, exclude);
  };
  try {
    if (text !== undefined) return await judge(text);
    const patience = settled === true ? SETTLED : undefined;
    return await fromWholeFile(path, ({ source }) => judge(source), { ...reading.watching, patience });
  } catch (thrown) {
    if (LabError.from(thrown).code === 'dataset') return undefined;
    throw thrown;
  }
}
