/**
 * A database as it is at this moment, in a folder of its own, with what stands beside it of changes that are under way:
 * whatever SQLite makes of these (it puts together what was finished and takes back what was not) happens to the copy, and
 * nothing is written where the database lies.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';

/** Begins a journal that holds something: one that is empty or overwritten with zeros is none. */
const JOURNAL = Buffer.from([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);

export interface Snapshot {
  /** Of the copy. */
  readonly file: string;
  readonly issues: readonly DatasetIssue[];
  /** Removes the copy. */
  readonly remove: () => Promise<void>;
}

/** `path`: where the database lies, for what stands beside it; none where it is not known. LabError('file') where there is no room. */
export async function takeSnapshot(bytes: Uint8Array, path: string | undefined): Promise<Snapshot> {
  let folder: string | undefined;
  const remove = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    folder = await mkdtemp(join(tmpdir(), 'local-model-lab-db-'));
    const file = join(folder, 'snapshot.db');
    await writeFile(file, bytes, { mode: 0o600 });
    const issues: DatasetIssue[] = [];
    for (const [ending, told] of [
      ['-wal', changesRead],
      ['-journal', changesTakenBack],
    ] as const) {
      const beside = path === undefined ? undefined : await besideOf(`${path}${ending}`);
      if (beside === undefined || (ending === '-journal' && !isJournal(beside))) continue;
      await writeFile(`${file}${ending}`, beside, { mode: 0o600 });
      issues.push(told(`${basename(path ?? '')}${ending}`));
    }
    return { file, issues, remove };
  } catch (thrown) {
    await remove().catch(() => undefined);
    throw LabError.from(thrown, folder ?? tmpdir());
  }
}

/** Undefined where there is none, or an empty one. */
async function besideOf(path: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(path);
    return bytes.length === 0 ? undefined : bytes;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

function isJournal(bytes: Buffer): boolean {
  return bytes.subarray(0, JOURNAL.length).equals(JOURNAL);
}

function changesRead(name: string): DatasetIssue {
  return {
    severity: 'information',
    code: 'changes-beside',
    message: `The database is in use: finished changes that stand in ${name} are read as well.`,
    advice: 'Look at it again when the program that writes it is done, if the rows should stay as they are.',
  };
}

function changesTakenBack(name: string): DatasetIssue {
  return {
    severity: 'warning',
    code: 'unfinished-changes',
    message: `The database is being written, or its program ended in the middle: what ${name} says is not finished is left out.`,
    advice: 'Look at it again when the program that writes it is done.',
  };
}
