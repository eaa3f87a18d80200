/** Many text files at once: what each holds, and which of them hold no text. What is left out is counted and said once. */
import { readFile } from 'node:fs/promises';
import type { DatasetIssue } from '../../../../protocol/dataset';
import { CancelledError } from '../../../../protocol/endpoint';
import { LabError } from '../../../../protocol/errors';
import type { Encoding } from '../../../../protocol/reading';
import { writeBytes, writeCounted } from '../../../../protocol/words';
import { CollectedTexts } from '../../columns/collect-texts';
import type { StoredColumn } from '../../columns/stored-column';
import { decode } from '../../decode';
import type { Folder, FolderFile, Watching } from '../../folder/folder';

/** Files that are read at the same time. */
const AT_ONCE = 16;
/** Bytes of one file: what is longer is no example among others. */
const LONGEST_FILE = 16 * 2 ** 20;
/** Of all files together. */
const MOST_BYTES = 2 ** 30;

export interface ReadTexts {
  /** Those that were read, in the order of the folder. */
  readonly names: readonly string[];
  readonly texts: StoredColumn;
  readonly issues: readonly DatasetIssue[];
}

export interface ReadTextsOptions {
  /** Found out for each file where it is absent. */
  readonly encoding?: Encoding | undefined;
  readonly watching?: Watching | undefined;
}

/** LabError('dataset') for more text than fits into memory; CancelledError when the signal ends it. */
export async function readTexts(
  folder: Folder,
  files: readonly FolderFile[],
  { encoding, watching = {} }: ReadTextsOptions,
): Promise<ReadTexts> {
  const size = files.reduce((sum, file) => sum + (file.size > LONGEST_FILE ? 0 : file.size), 0);
  if (size > MOST_BYTES) throw tooMuch(folder, size);
  const findings = new Findings();
  const names: string[] = [];
  const texts = new CollectedTexts('text', folder.path);
  for (let start = 0; start < files.length; start += AT_ONCE) {
    if (watching.signal?.aborted === true) throw new CancelledError();
    const some = files.slice(start, start + AT_ONCE);
    const read = await Promise.all(some.map((file) => textOf(folder, file, encoding, findings)));
    read.forEach((text, at) => {
      if (text === undefined) return;
      names.push((some[at] as FolderFile).name);
      texts.add(text);
    });
    watching.onProgress?.(start + some.length, files.length);
  }
  return { names, texts: texts.finish(), issues: findings.issues() };
}

/** Undefined for a file that is left out. */
async function textOf(
  folder: Folder,
  { name, size }: FolderFile,
  encoding: Encoding | undefined,
  findings: Findings,
): Promise<string | undefined> {
  if (size > LONGEST_FILE) {
    findings.add('too-long', name);
    return;
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(folder.placeOf({ name }));
  } catch {
    findings.add('unreadable-file', name);
    return;
  }
  try {
    const decoded = decode(bytes, name, encoding);
    const text = Buffer.from(decoded.bytes).toString('utf8');
    if (!decoded.valid || text.includes('\ufffd')) findings.add('odd-bytes', name);
    else if (decoded.encoding !== 'utf-8') findings.add('other-encoding', name);
    if (text.trim() === '') findings.add('empty-file', name);
    return text;
  } catch (thrown) {
    if (LabError.from(thrown).code !== 'dataset') throw thrown;
    findings.add('no-text', name);
    return;
  }
}

interface Words extends Pick<DatasetIssue, 'severity' | 'advice'> {
  /** Behind `3 files`, and behind `1 file`. */
  readonly many: string;
  readonly one: string;
}

const WORDS = {
  'no-text': {
    severity: 'warning',
    one: 'holds no text and is left out',
    many: 'hold no text and are left out',
    advice: 'Take them out of the folder, or save them as plain text.',
  },
  'too-long': {
    severity: 'warning',
    one: `is larger than ${writeBytes(LONGEST_FILE)} and left out`,
    many: `are larger than ${writeBytes(LONGEST_FILE)} and left out`,
    advice: 'Cut them into a file for each example.',
  },
  'unreadable-file': {
    severity: 'warning',
    one: 'cannot be read and is left out',
    many: 'cannot be read and are left out',
    advice: 'Check who may read them.',
  },
  'empty-file': {
    severity: 'warning',
    one: 'is empty: its text counts as missing',
    many: 'are empty: their texts count as missing',
    advice: 'Take them out of the folder, or fill them.',
  },
  'odd-bytes': {
    severity: 'warning',
    one: 'has bytes that are no characters and read as \ufffd',
    many: 'have bytes that are no characters and read as \ufffd',
    advice: 'Find the encoding in which they were written and save them as UTF-8.',
  },
  'other-encoding': {
    severity: 'information',
    one: 'is in another encoding than UTF-8 and read as it is',
    many: 'are in other encodings than UTF-8 and read as they are',
    advice: 'Save them as UTF-8 if letters look wrong.',
  },
} as const satisfies Record<string, Words>;

class Findings {
  readonly #found = new Map<keyof typeof WORDS, { count: number; first: string }>();

  add(code: keyof typeof WORDS, name: string): undefined {
    const known = this.#found.get(code);
    if (known === undefined) this.#found.set(code, { count: 1, first: name });
    else known.count++;
  }

  issues(): DatasetIssue[] {
    return [...this.#found].map(([code, { count, first }]) => {
      const { severity, one, many, advice } = WORDS[code];
      return {
        severity,
        code,
        message: `${writeCounted(count, 'file')} ${count === 1 ? one : many}, the first "${first}".`,
        advice,
        rows: count,
      };
    });
  }
}

function tooMuch({ path }: Folder, size: number): LabError {
  return new LabError('dataset', `The texts of this folder have ${writeBytes(size)} together.`, {
    advice: `At most ${writeBytes(MOST_BYTES)} can be read: choose a folder inside it, or a sample of the files.`,
    place: { path },
  });
}
