/** What a training of a file would start from: what the engine finds in it, and the models that suit it. */
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { z } from 'zod';
import {
  type DatasetSummary,
  type Draft,
  InspectDataset,
  type ReadingWishes,
  SuggestModels,
} from '../../protocol';
import type { EngineCaller } from '../engine/caller';
import { openDocument, savedHere } from './files';

/** The seed that experiments start with, as in the experiment's schema. */
const firstSeed = 1337;
const validationShare = 0.2;

export interface DraftWish {
  readonly kind?: 'table' | 'text' | undefined;
  readonly target?: string | undefined;
  /** Columns that the model shall not see. */
  readonly exclude?: readonly string[] | undefined;
  /** What is asked of the reading of a table; what is absent is found out. */
  readonly reading?: ReadingWishes | undefined;
}

/** Looks at a dataset file and answers with what a training of it would start from. */
export async function draftOf(
  engine: EngineCaller,
  file: vscode.Uri,
  wish: DraftWish,
  signal?: AbortSignal,
): Promise<Draft> {
  const document = openDocument(file);
  const text = document?.isDirty === true ? document.getText() : undefined;
  const asked = wish.reading ?? {};
  const settled = savedHere(document);
  const question = { path: file.fsPath, text, settled, kind: wish.kind, target: wish.target, ...asked };
  const dataset = await engine.call(InspectDataset, question, { signal });
  const target = targetOf(dataset, wish.target);
  const exclude = excludedOf(dataset, target?.column, wish.exclude);
  // The engine has the answer to the same question at hand.
  const models = await suggestModels(
    engine,
    dataset,
    { ...question, target: target?.column, exclude: [...exclude] },
    signal,
  );
  return {
    dataset,
    fileName: path.basename(file.fsPath),
    asked,
    target: target?.column,
    task: target?.task ?? 'language-model',
    exclude,
    models,
    seed: firstSeed,
    validation: validationShare,
  };
}

/** Suggestions need something to suggest for: a text, or a table with a target. */
async function suggestModels(
  engine: EngineCaller,
  dataset: DatasetSummary,
  question: z.input<(typeof SuggestModels)['params']>,
  signal: AbortSignal | undefined,
): Promise<Draft['models']> {
  if (dataset.issues.some((issue) => issue.severity === 'error')) return [];
  if (dataset.kind === 'table' && question.target === undefined) return [];
  return engine.call(SuggestModels, question, { signal });
}

function targetOf(dataset: DatasetSummary, wish: string | undefined) {
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
