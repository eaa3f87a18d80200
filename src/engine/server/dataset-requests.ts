/** What is asked about a file before anything is learnt from it. */
import type { z } from 'zod';
import type { DatasetSummary } from '../../protocol/dataset';
import type { InspectDataset, SuggestModels } from '../../protocol/engine';
import type { ModelChoice } from '../../protocol/experiment';
import { inspectDataset } from '../datasets';
// Not by the room's door, which would load TensorFlow.js.
import { suggestModels } from '../models/suggest';

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
  ...options
}: z.infer<(typeof SuggestModels)['params']>): Promise<readonly ModelChoice[]> {
  const summary = await inspectDataset(path, text, { ...options, target });
  return suggestModels(summary, target, exclude);
}
