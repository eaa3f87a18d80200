/** What a file holds and what could be learnt from it, told without training. */
import type { DatasetSummary, TableSummary, TextSummary } from '../../protocol/dataset';
import type { Encoding } from '../../protocol/reading';
import type { TargetTask } from '../../protocol/task-names';
import type { Folder } from './folder/folder';
import type { DatasetSource } from './kinds/dataset-kind';
import { chooseKind, openTable, openTextOf } from './kinds/open-kind';
import { fromWholeFile, hashOf, SETTLED, sizeOf } from './read-bytes';
import { type FileFacts, summariseTable } from './summarise-table';
import { summariseText } from './summarise-text';
import type { ReadTableOptions, Table, TextFile } from './types';

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

/** A dataset that is open, and what inspection tells of it. */
export type OpenedDataset =
  | { readonly summary: TableSummary; readonly table: Table }
  | { readonly summary: TextSummary; readonly text: TextFile };

/** Opens a file, or the editor's text, and tells of it as `inspectDataset` does. */
export async function openInspected(
  source: DatasetSource,
  path: string,
  options: InspectOptions,
): Promise<OpenedDataset> {
  if (typeof source !== 'string') return openSource(await questionOf(source, path, options));
  const { encoding, ...others } = options;
  return openSource(await questionOf(Buffer.from(source, 'utf8'), path, others, encoding));
}

async function inspectSource(
  source: Uint8Array | Folder,
  path: string,
  options: InspectOptions,
  encodingOfFile?: Encoding,
): Promise<DatasetSummary> {
  const question = await questionOf(source, path, options, encodingOfFile);
  return knownAnswer(question) ?? (await openSource(question)).summary;
}

interface Question {
  readonly source: Uint8Array | Folder;
  readonly facts: FileFacts;
  readonly options: InspectOptions;
  readonly encodingOfFile: Encoding | undefined;
}

async function questionOf(
  source: Uint8Array | Folder,
  path: string,
  options: InspectOptions,
  encodingOfFile?: Encoding,
): Promise<Question> {
  const hash = await hashOf(source, options.watching);
  return { source, options, encodingOfFile, facts: { path, sha256: hash, bytes: sizeOf(source) } };
}

async function openSource(question: Question): Promise<OpenedDataset> {
  const { source, facts, options, encodingOfFile } = question;
  const { path } = facts;
  const known = knownAnswer(question);
  const { name, kind } = await chooseKind({ path, source, options, asked: options.kind });
  const named = { ...facts, source: name };
  const asked = { ...options, path, glance: true };
  if (kind.holds === 'text') {
    const text = await openTextOf(kind, source, asked);
    const summary = known?.kind === 'text' ? known : summariseText(text, named);
    keepAnswer(summary, question);
    return { summary, text };
  }
  const table = await openTable(kind, source, asked);
  const summary =
    known?.kind === 'table' ? known : summariseTable(table, { ...options, encodingOfFile }, named);
  keepAnswer(summary, question);
  return { summary, table };
}

/** The latest answer: who has asked what a file holds next asks which models suit it, and for its pictures. */
let latest: { readonly keys: readonly string[]; readonly summary: DatasetSummary } | undefined;

function knownAnswer(question: Question): DatasetSummary | undefined {
  return latest?.keys.includes(keyOf(question)) === true ? latest.summary : undefined;
}

function keepAnswer(summary: DatasetSummary, question: Question): void {
  if (latest?.summary === summary) return;
  // Who has asked without a target or a kind asks next for those that were found.
  const { target, task, kind } = question.options;
  const found = summary.kind === 'table' ? summary.target : undefined;
  const asked = [
    { target, task, kind },
    { target: found, task, kind },
    { target: found, task, kind: summary.source },
  ];
  latest = { keys: asked.map((each) => keyOf(question, each)), summary };
}

function keyOf(
  { facts, options, encodingOfFile }: Question,
  { target, task, kind }: Pick<InspectOptions, 'target' | 'task' | 'kind'> = options,
): string {
  const reading = { ...options, target: 0, task: 0, kind: 0, watching: 0 };
  const rest = Object.entries(reading).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([facts.path, facts.sha256, rest, encodingOfFile, target, task, kind]);
}
