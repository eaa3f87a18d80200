/** Workspace folders of tests: temporary, filled with given files. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/paths.mjs';

/** Content by file name; names may have folders. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Makes a folder with these files. @returns its absolute path */
export async function makeWorkspace(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-lab-workspace-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

/** The bytes of a file of the project, `samples/penguins.csv` for example. */
export function projectFile(path: string): Promise<Uint8Array> {
  return readFile(join(root, path));
}
