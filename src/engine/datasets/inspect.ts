/** What a file holds and what could be learnt from it, told without training. */
import { createHash } from 'node:crypto';
import type { DatasetSummary } from '../../protocol/dataset';
import type { Encoding } from '../../protocol/reading';
import type { TargetTask } from '../../protocol/task-names';
import { chooseKind } from './kinds/open-kind';
import { fromWholeFile, SETTLED } from './read-bytes';
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
 * knows that it is whole.
 */
export async function inspectDataset(
  path: string,
  text?: string,
  { settled = false, ...options }: InspectOptions & { readonly settled?: boolean | undefined } = {},
): Promise<DatasetSummary> {
  if (text !== undefined) {
    // The editor has decoded the text: an encoding that is asked for is that of the file, which is to be saved in it.
    const { encoding, ...others } = options;
    return inspectBytes(Buffer.from(text, 'utf8'), path, others, encoding);
  }
  return fromWholeFile(
    path,
    ({ bytes }) => inspectBytes(bytes, path, options),
    settled ? SETTLED : undefined,
  );
}

async function inspectBytes(
  bytes: Uint8Array,
  path: string,
  options: InspectOptions,
  encodingOfFile?: Encoding,
): Promise<DatasetSummary> {
  const hash = sha256(bytes);
  const { target, task, ...reading } = options;
  const keyOf = (column: string | undefined): string =>
    JSON.stringify([path, hash, reading, encodingOfFile ?? null, column ?? null, task ?? null]);
  if (latest?.keys.includes(keyOf(target)) === true) return latest.summary;
  const { name, kind } = await chooseKind({ path, source: bytes, options, asked: options.kind });
  const facts = { path, source: name, sha256: hash, bytes: bytes.length };
  const asked = { ...options, path };
  const summary =
    kind.holds === 'rows'
      ? summariseTable(await kind.open(bytes, asked), { ...options, encodingOfFile }, facts)
      : summariseText(await kind.open(bytes, asked), facts);
  // Who has asked without a target asks next for the one that was found.
  const found = summary.kind === 'table' ? summary.target : undefined;
  latest = { keys: [keyOf(target), keyOf(found)], summary };
  return summary;
}

/** The latest answer: who has asked what a file holds next asks which models suit it. */
let latest: { readonly keys: readonly string[]; readonly summary: DatasetSummary } | undefined;

/** SHA-256 of a file's bytes, hexadecimal: what an experiment records of its dataset. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
