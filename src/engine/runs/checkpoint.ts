/** Checkpoints: one safetensors file each, with the trainer's own state as JSON in its metadata. The last two are kept. */
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../protocol/errors';
import { writeFileAtomically } from './atomic-file';
import { requireFinite } from './finite-tensors';
import { requireOwnFolder } from './own-files';
import { runPaths } from './run-paths';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors';

export interface Checkpoint {
  /** Steps done. Names the file: a later checkpoint has more. */
  readonly step: number;
  /** Plain data. */
  readonly state: unknown;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const KEPT = 2;
const NAME = /^step-(\d{10})\.safetensors$/;

/** Writes a checkpoint and drops all but the last two. LabError('disk-full') leaves the earlier ones untouched. */
export async function writeCheckpoint(runFolder: string, checkpoint: Checkpoint): Promise<void> {
  const { checkpoints } = runPaths(runFolder);
  const name = `step-${String(checkpoint.step).padStart(10, '0')}.safetensors`;
  try {
    await requireOwnFolder(checkpoints);
    await mkdir(checkpoints, { recursive: true });
    const metadata = { version: '1', step: String(checkpoint.step), state: JSON.stringify(checkpoint.state) };
    await writeFileAtomically(join(checkpoints, name), writeSafetensors(checkpoint.tensors, metadata));
    for (const old of (await checkpointNames(runFolder)).slice(KEPT)) {
      await rm(join(checkpoints, old), { force: true });
    }
  } catch (error) {
    throw LabError.from(error);
  }
}

/** The newest checkpoint that can be read; undefined when there is none. LabError('damaged') when all are damaged. */
export async function readCheckpoint(runFolder: string): Promise<Checkpoint | undefined> {
  let damage: unknown;
  for (const name of await checkpointNames(runFolder)) {
    const path = join(runPaths(runFolder).checkpoints, name);
    try {
      const { tensors, metadata } = readSafetensors(await readFile(path), path);
      requireFinite(tensors, path, 'The checkpoint is');
      const step = Number(metadata['step']);
      return { step, state: JSON.parse(metadata['state'] ?? 'null'), tensors };
    } catch (error) {
      damage ??= error;
    }
  }
  if (damage !== undefined) throw LabError.from(damage);
  return undefined;
}

export async function hasCheckpoint(runFolder: string): Promise<boolean> {
  return (await checkpointNames(runFolder)).length > 0;
}

export async function deleteCheckpoints(runFolder: string): Promise<void> {
  await rm(runPaths(runFolder).checkpoints, { recursive: true, force: true });
}

/** Newest first. */
async function checkpointNames(runFolder: string): Promise<string[]> {
  const names = await readdir(runPaths(runFolder).checkpoints).catch(() => []);
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
}
