/** What is asked about a file before anything is learnt from it. */
import type { z } from 'zod';
import type { DatasetSummary, TargetTask } from '../../protocol/dataset';
import type { InspectDataset, SuggestModels } from '../../protocol/engine';
import type { ModelChoice } from '../../protocol/experiment';
import { LabError } from '../../protocol/errors';
import {
  fromWholeFile,
  inspectDataset,
  readTable,
  type ReadTableOptions,
  readTarget,
  SETTLED,
  suggestTask,
} from '../datasets';
// Not by the rooms' doors, which would load TensorFlow.js.
import { linearSuffices } from '../learning/linear-look';
import { needsLook, suggestModels } from '../models/suggest';

export function inspect({
  path,
  text,
  ...options
}: z.infer<(typeof InspectDataset)['params']>): Promise<DatasetSummary> {
  return inspectDataset(path, text, options);
}

export async function suggest({
  path,
  text,
  target,
  exclude,
  settled,
  ...options
}: z.infer<(typeof SuggestModels)['params']>): Promise<readonly ModelChoice[]> {
  const summary = await inspectDataset(path, text, { ...options, target, settled });
  const column = summary.kind === 'table' ? (target ?? summary.target) : undefined;
  const look = column !== undefined && needsLook(summary, column, exclude);
  const straight = look
    ? await looksStraight(path, text, column, exclude, { ...options, settled })
    : undefined;
  return suggestModels(summary, target, exclude, straight);
}

/** Undefined also where the target cannot be learnt, which the training says. */
async function looksStraight(
  path: string,
  text: string | undefined,
  target: string,
  exclude: readonly string[] = [],
  { task, settled, ...reading }: ReadTableOptions & { readonly task?: TargetTask | undefined },
): Promise<boolean | undefined> {
  const look = (source: Uint8Array | string): boolean | undefined => {
    const table = readTable(source, { ...reading, path });
    const column = readTarget(table, target, task ?? suggestTask(table, target));
    return linearSuffices(table, column, exclude);
  };
  try {
    if (text !== undefined) return look(text);
    const patience = settled === true ? SETTLED : undefined;
    return await fromWholeFile(path, ({ bytes }) => look(bytes), patience);
  } catch (thrown) {
    if (LabError.from(thrown).code === 'dataset') return undefined;
    throw thrown;
  }
}
