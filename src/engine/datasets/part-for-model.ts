/** A file of several sheets, tables or lists for a model to judge: which of them is read where nobody says so. */
import { LabError } from '../../protocol/errors';
import type { ModelDataset, RowKind, Source } from './kinds/dataset-kind';
import { MissingPart } from './parts';
import type { ReadTableOptions, Table } from './types';

/** Other parts that are opened to find the model's columns. */
const TRIED = 20;

/**
 * The part that the model learnt from, by its name; where it is not there, the one that is found out; where that lacks
 * columns of the model, the first other one that has them all. LabError('dataset') as `open` throws it.
 */
export async function openPartForModel(
  open: RowKind['open'],
  source: Source,
  options: ReadTableOptions,
  model: ModelDataset,
): Promise<Table> {
  if (options.part !== undefined) return open(source, options);
  const usual = await openUsual(open, source, options, model.reading.part);
  if (!model.isLacking(usual)) return usual;
  const { value, choices = [] } = usual.tell({}).find(({ field }) => field === 'part') ?? {};
  for (const part of choices.map((choice) => choice.value).slice(0, TRIED)) {
    if (part === value) continue;
    const other = await openedIfItCan(() => open(source, { ...options, part }));
    if (other !== undefined && !model.isLacking(other)) return other;
  }
  return usual;
}

async function openUsual(
  open: RowKind['open'],
  source: Source,
  options: ReadTableOptions,
  part: string | undefined,
): Promise<Table> {
  try {
    return await open(source, { ...options, part });
  } catch (thrown) {
    if (part === undefined || !(thrown instanceof MissingPart)) throw thrown;
    return open(source, options);
  }
}

/** An empty sheet beside the others is no reason to refuse the file. */
async function openedIfItCan(open: () => Table | Promise<Table>): Promise<Table | undefined> {
  try {
    return await open();
  } catch (thrown) {
    if (LabError.from(thrown).code !== 'dataset') throw thrown;
    return undefined;
  }
}
