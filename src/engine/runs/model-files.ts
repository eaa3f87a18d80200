/** The model of a run on disk: `model.safetensors`, `preprocess.json`, row parts, `model.onnx`. */
import { mkdir, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { Experiment } from '../../protocol';
import { LabError } from '../../protocol/errors';
import { writeFileAtomically } from './atomic-file';
import { requireFinite } from './finite-tensors';
import { requireOwnFolder } from './own-files';
import { readJson } from './read-json';
import { readRunFile } from './run-file';
import { runPaths } from './run-paths';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors';
import type { Preprocess, RowParts, SavedModel, WeightTensor } from './saved-model';

/** What a training hands over to be kept. */
export interface ModelFiles {
  readonly weights: ReadonlyMap<string, WeightTensor>;
  readonly preprocess: Preprocess;
  readonly rowParts?: RowParts | undefined;
  /** The forward graph, where the engine can trace one. */
  readonly onnx?: Uint8Array | undefined;
}

const PreprocessFile = z.discriminatedUnion('kind', [
  z.looseObject({
    version: z.literal(1),
    kind: z.literal('table'),
    encoder: z.unknown(),
    target: z.unknown(),
  }),
  z.object({ version: z.literal(1), kind: z.literal('text'), vocabulary: z.unknown() }),
]);

/** Writes the model's files, the weights last: where there are weights, the rest is there too. Returns their bytes. */
export async function saveModel(runFolder: string, files: ModelFiles): Promise<number> {
  const paths = runPaths(runFolder);
  try {
    await requireOwnFolder(paths.model);
    await mkdir(paths.model, { recursive: true });
    await writeFileAtomically(paths.preprocess, JSON.stringify(files.preprocess));
    if (files.rowParts !== undefined) {
      const { training, validation } = files.rowParts;
      const tensors = new Map<string, StoredTensor>([
        ['training', { shape: [training.length], data: training }],
        ['validation', { shape: [validation.length], data: validation }],
      ]);
      await writeFileAtomically(paths.rowParts, writeSafetensors(tensors));
    }
    if (files.onnx !== undefined) await writeFileAtomically(paths.onnx, files.onnx);
    const bytes = writeSafetensors(files.weights, { format: 'local-model-lab' });
    await writeFileAtomically(paths.weights, bytes);
    return bytes.length;
  } catch (error) {
    throw LabError.from(error);
  }
}

/**
 * Reads a run's model. LabError('file') when the run has none yet, LabError('damaged') when a file of it is broken,
 * with the file's path.
 */
export async function loadModel(runFolder: string): Promise<SavedModel> {
  const paths = runPaths(runFolder);
  const weights = await readWeights(paths.weights, runFolder);
  const [run, experiment, preprocess, rowParts] = await Promise.all([
    readRunFile(runFolder),
    readExperiment(runFolder),
    readJson(paths.preprocess, PreprocessFile),
    readRowParts(paths.rowParts),
  ]);
  return {
    runFolder,
    run,
    experiment,
    weights,
    preprocess: preprocess as Preprocess,
    ...(rowParts === undefined ? {} : { rowParts }),
  };
}

const OneFold = z.looseObject({ split: z.looseObject({ folds: z.literal(1) }) });

/** Earlier versions let one fold through and trained on a single split, which 0 stands for. */
const StoredExperiment = z.preprocess((content) => {
  const old = OneFold.safeParse(content);
  return old.success ? { ...old.data, split: { ...old.data.split, folds: 0 } } : content;
}, Experiment);

/** `experiment.json` of a run. */
export function readExperiment(runFolder: string): Promise<Experiment> {
  return readJson(runPaths(runFolder).experiment, StoredExperiment);
}

async function readWeights(path: string, runFolder: string): Promise<Map<string, WeightTensor>> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new LabError('file', 'This run has no model yet.', {
        advice: 'Let its training finish, or resume it.',
        place: { path: runFolder },
      });
    }
    throw LabError.from(error);
  });
  const { tensors } = readSafetensors(bytes, path);
  requireFinite(tensors, path, 'The weights are');
  return new Map([...tensors].map(([name, tensor]) => [name, asWeight(name, tensor, path)]));
}

function asWeight(name: string, tensor: StoredTensor, path: string): WeightTensor {
  const { shape, data } = tensor;
  if (data instanceof Float32Array) return { shape, data };
  throw new LabError('damaged', `The weights file is damaged: tensor "${name}" is not of type F32.`, {
    place: { path },
    advice: 'Train again.',
  });
}

async function readRowParts(path: string): Promise<RowParts | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw LabError.from(error);
  });
  if (bytes === undefined) return undefined;
  const { tensors } = readSafetensors(bytes, path);
  const [training, validation] = [tensors.get('training')?.data, tensors.get('validation')?.data];
  if (training instanceof Float64Array && validation instanceof Float64Array) return { training, validation };
  throw new LabError('damaged', 'The list of training rows is damaged.', {
    place: { path },
    advice: 'Delete the file: the model works without it, but rows are then not told apart.',
  });
}
