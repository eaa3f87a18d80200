/** What a file holds and what could be learnt from it, told without training. */
import type { DatasetSummary } from '../../protocol/dataset';
import type { Encoding } from '../../protocol/reading';
import type { TargetTask } from '../../protocol/task-names';
import type { Folder } from './folder/folder';
import { chooseKind, openTable, openTextOf } from './kinds/open-kind';
import { fromWholeFile, hashOf, SETTLED, sizeOf } from './read-bytes';
import { summariseTable } from './summarise-table';
import { summariseText } from './summarise-text';
import type { ReadTableOptions } from './types';

export interface InspectOptions extends ReadTableOptions {
  /** The name of a kind of dataset, or the shape that the file is to be read as. */
  readonly kind?: string | undefined;
  /** What is to be predicted, which decides what some columns hold; the likeliest where it is absent or not there. */
  readonly target?: string | undefined;
  readonly task?: TargetTask | undefined;
}

/**
 * Looks at the file at `path`, or at `text` where the editor holds unsaved changes, with the kind of dataset that
 * recognises it most surely; `kind` decides where given. A table without any column to predict has no targets, and an
 * issue that says so. LabError('dataset') for what no kind can read. `settled`: who asks has just written the file, and
 * knows that it is whole. `watching`: follows and ends the reading of many files.
 */
export async function inspectDataset(
  path: string,
  text?: string,
  { settled = false, ...options }: InspectOptions & { readonly settled?: boolean | undefined } = {},
): Promise<DatasetSummary> {
  if (text !== undefined) {
    // The editor has decoded the text: an encoding that is asked for is that of the file, which is to be saved in it.
    const { encoding, ...others } = options;
    return inspectSource(Buffer.from(text, 'utf8'), path, others, encoding);
  }
  return fromWholeFile(path, ({ source }) => inspectSource(source, path, options), {
    ...options.watching,
    ...(settled ? { patience: SETTLED } : {}),
  });
}

async function inspectSource(
  source: Uint8Array | Folder,
  path: string,
  options: InspectOptions,
  encodingOfFile?: Encoding,
): Promise<DatasetSummary> {
  const { target, task, watching, ...reading } = options;
  const hash = await hashOf(source, watching);
  const keyOf = (column: string | undefined): string =>
    JSON.stringify([path, hash, reading, encodingOfFile ?? null, column ?? null, task ?? null]);
  if (latest?.keys.includes(keyOf(target)) === true) return latest.summary;
  const { name, kind } = await chooseKind({ path, source, options, asked: options.kind });
  const facts = { path, source: name, sha256: hash, bytes: sizeOf(source) };
  const asked = { ...options, path };
  const summary =
    kind.holds === 'rows'
      ? summariseTable(await openTable(kind, source, asked), { ...options, encodingOfFile }, facts)
      : summariseText(await openTextOf(kind, source, asked), facts);
  // Who has asked without a target asks next for the one that was found.
  const found = summary.kind === 'table' ? summary.target : undefined;
  latest = { keys: [keyOf(target), keyOf(found)], summary };
  return summary;
}

/** The latest answer: who has asked what a file holds next asks which models suit it. */
let latest: { readonly keys: readonly string[]; readonly summary: DatasetSummary } | undefined;
