/**
 * What in a run's folder is the run's own. Whoever made a workspace may have put links into it: nothing is written
 * through them, and a folder with anything else in it is not deleted.
 */
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LabError } from '../../protocol/errors';
import { runPaths } from './run-paths';

/** Files that a run may hold, by their paths from its folder; each can be there a second time while it is written. */
const OWN = new RegExp(
  `^(${[
    'experiment\\.json',
    'run\\.json',
    'training\\.lock',
    '(metrics|samples)\\.jsonl',
    'model/(model\\.safetensors|model\\.onnx|preprocess\\.json|rows\\.safetensors)',
    'checkpoints/step-\\d{10}\\.safetensors',
  ].join('|')})(\\.[0-9a-f]{12}\\.tmp)?$`,
);
const OWN_FOLDERS = new Set(['model', 'checkpoints']);
/** What systems put into every folder that somebody looks at. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** So many are named; a folder of somebody's may hold millions. */
const NAMED = 3;

/** Names of what lies in a run's folder and is not the run's own, the first few; links are never its own. */
export async function foreignFiles(runFolder: string): Promise<string[]> {
  const foreign: string[] = [];
  const look = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(runFolder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && OWN_FOLDERS.has(name)) await look(name);
      else if (!entry.isFile() || !(OWN.test(name) || LITTER.has(entry.name))) foreign.push(name);
      if (foreign.length > NAMED) return;
    }
  };
  await look('');
  return foreign;
}

/** LabError('invalid') when the run's folder, or one in it that is written to, is a link to another place. */
export async function requireOwnFolders(runFolder: string): Promise<void> {
  const { model, checkpoints } = runPaths(runFolder);
  for (const folder of [runFolder, model, checkpoints]) await requireOwnFolder(folder);
}

/** LabError('invalid') when `folder` is a link to another place. A folder that is not there is fine. */
export async function requireOwnFolder(folder: string): Promise<void> {
  const status = await lstat(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw LabError.from(error, folder);
  });
  if (status?.isSymbolicLink() !== true) return;
  throw new LabError('invalid', `The folder "${basename(folder)}" of this run is a link to another place.`, {
    advice: 'Nothing is written or deleted through links. Put a real folder in its place.',
    place: { path: folder },
  });
}

/** LabError('invalid') when the folder holds anything that is not the run's own, with the names. */
export async function requireNothingForeign(runFolder: string): Promise<void> {
  const foreign = await foreignFiles(runFolder);
  if (foreign.length === 0) return;
  const named = foreign.slice(0, NAMED).map((name) => `"${name}"`);
  const more = foreign.length > NAMED ? ' and more' : '';
  throw new LabError('invalid', `This folder holds what is not a run's own: ${named.join(', ')}${more}.`, {
    advice: 'Move that to another place first. Nothing was deleted.',
    place: { path: runFolder },
  });
}
