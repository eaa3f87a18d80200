/** How far a training got, in a checkpoint: which fold, what the folds before it gave, and the loop's own state. */
import * as z from 'zod';
import { LabError, Metrics } from '../../protocol';
import type { OwnTensors } from './learner';
import { readCheckpoint, type StoredTensor, writeCheckpoint } from '../runs';
import type { HeldOut } from '../tasks';
import type { Subject } from './subject';
import type { LoopSave } from './training-loop';

export interface FoldResults {
  /** One entry per fold that is done. */
  readonly folds: readonly Metrics[];
  readonly heldOut: HeldOut;
}

export const NO_FOLDS: FoldResults = {
  folds: [],
  heldOut: { predicted: new Float64Array(), actual: new Float64Array() },
};

export interface SavedProgress extends FoldResults {
  /** The fold being trained; undefined for the final model. */
  readonly fold: number | undefined;
  readonly loop: LoopSave;
}

const Saved = z.object({
  version: z.literal(1),
  fold: z.int().min(0).optional(),
  folds: z.array(Metrics),
  loop: z.object({
    step: z.int().min(0),
    lossSum: z.number(),
    lossCount: z.int().min(0),
    best: z.object({ loss: z.number(), step: z.int().min(0) }).optional(),
    waited: z.int().min(0),
    time: z.number().min(0),
  }),
});

/** `stepsBefore`: steps of the trainings that are over, so that later checkpoints have larger numbers. */
export function writeProgress(
  runFolder: string,
  progress: SavedProgress,
  stepsBefore: number,
): Promise<void> {
  const { fold, folds, heldOut, loop } = progress;
  const state: z.infer<typeof Saved> = {
    version: 1,
    ...(fold === undefined ? {} : { fold }),
    folds: [...folds],
    loop: loop.state,
  };
  const { weights, best, own } = loop.tensors;
  const tensors: Record<string, Float32Array | Float64Array> = { ...own, weights, ...heldOut };
  if (best !== undefined) tensors['best'] = best;
  return writeCheckpoint(runFolder, {
    step: stepsBefore + loop.state.step,
    state,
    tensors: new Map(Object.entries(tensors).map(([name, data]) => [name, { shape: [data.length], data }])),
  });
}

/** Undefined when there is no checkpoint. LabError('damaged') when there are only damaged ones. */
export async function readProgress(runFolder: string): Promise<SavedProgress | undefined> {
  const checkpoint = await readCheckpoint(runFolder);
  if (checkpoint === undefined) return undefined;
  const state = Saved.safeParse(checkpoint.state);
  const { tensors } = checkpoint;
  const [weights, best] = [float32(tensors.get('weights')), float32(tensors.get('best'))];
  if (!state.success || weights === undefined) {
    throw unusable(runFolder, 'The checkpoint is of another version or incomplete.');
  }
  const { fold, folds, loop } = state.data;
  return {
    fold,
    folds,
    heldOut: { predicted: float64(tensors.get('predicted')), actual: float64(tensors.get('actual')) },
    loop: {
      state: loop,
      tensors: { weights, own: ownOf(tensors), ...(best === undefined ? {} : { best }) },
    },
  };
}

/** LabError('damaged') where the checkpoint is of a training of another model, or of one that was longer. */
export function requireOwnProgress(
  { loop: { state, tensors } }: SavedProgress,
  subject: Subject | undefined,
  runFolder: string,
): void {
  const { weights, best = weights } = tensors;
  const isWhole = subject?.way.owns(tensors) === true && best.length === weights.length;
  if (isWhole && state.step <= subject.task.steps) return;
  throw unusable(runFolder, 'The checkpoint is of another training.');
}

function unusable(runFolder: string, message: string): LabError {
  return new LabError('damaged', message, {
    advice: 'Start the training anew.',
    place: { path: runFolder },
  });
}

const NOT_OWN = new Set(['weights', 'best', 'predicted', 'actual']);

/** What the way of learning has added to the weights: `LearningWay.owns` knows whether it is whole. */
function ownOf(tensors: ReadonlyMap<string, StoredTensor>): OwnTensors {
  const own: Record<string, Float32Array | Float64Array> = {};
  for (const [name, { data }] of tensors) {
    const isFloats = data instanceof Float32Array || data instanceof Float64Array;
    if (isFloats && !NOT_OWN.has(name)) own[name] = data;
  }
  return own;
}

function float32(tensor: StoredTensor | undefined): Float32Array | undefined {
  return tensor?.data instanceof Float32Array ? tensor.data : undefined;
}

function float64(tensor: StoredTensor | undefined): Float64Array {
  return tensor?.data instanceof Float64Array ? tensor.data : new Float64Array();
}
