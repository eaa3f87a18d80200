/** What a training of a file would start from: what the engine finds in it, and the models that suit it. */
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { type DatasetShape, type Draft, LookAtDataset, type ReadingWishes, usualTask } from '../../protocol';
import type { EngineCaller } from '../engine/caller';
import { openDocument, savedHere } from './files';

/** The seed that experiments start with, as in the experiment's schema. */
const firstSeed = 1337;
const validationShare = 0.2;

export interface DraftWish {
  readonly kind?: DatasetShape | undefined;
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
  const { dataset, target, exclude, models } = await engine.call(
    LookAtDataset,
    {
      path: file.fsPath,
      text,
      settled: savedHere(document),
      kind: wish.kind,
      target: wish.target,
      exclude: wish.exclude && [...wish.exclude],
      ...asked,
    },
    { signal },
  );
  return {
    dataset,
    fileName: path.basename(file.fsPath),
    asked,
    target: target?.column,
    task: target?.task ?? usualTask('text'),
    exclude,
    models,
    seed: firstSeed,
    validation: validationShare,
  };
}
