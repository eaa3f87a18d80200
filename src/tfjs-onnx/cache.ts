/**
 * Compiled graphs on disk, so that a second training of the same shape does not record and optimise again, although
 * every training is a process of its own.
 *
 * May enter: a key, a graph as ONNX Runtime has optimised it, and the description of its borders. Leaves: the same,
 * or nothing where the entry is absent, of another key, or damaged.
 *
 * A key must hold everything that the graph depends on, or a training would silently compute something else. It is the
 * hash of: the structure that the program's author declares (`ProgramSpec.structure`), the program's name, inputs and
 * state as they are given to `compile`, the version of ONNX Runtime and its build, the processor (optimised graphs may
 * hold operators for it), and `code`, a hash of the very files that record. So a change to any lowering, model or
 * optimizer makes new keys, and what remains to be declared is data: the numbers that the function closes over. State
 * values never enter: programs that bake state into their graph are not cached.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { GraphBorders } from './graph-file';
import type { ProgramSpec } from './program';
import type { Runtime } from './runtime';

export interface CachedGraph {
  readonly borders: GraphBorders;
  /** An ONNX file, optimised: to be loaded as it is. */
  readonly model: Uint8Array;
}

export interface ProgramCache {
  /** The key of a program, or undefined when it may not be cached. */
  keyOf(runtime: Runtime, spec: ProgramSpec): string | undefined;
  /** The entry, or undefined. A damaged entry is removed. Never rejects. */
  read(key: string): Promise<CachedGraph | undefined>;
  /** A new path beside the entries, for ONNX Runtime to write to; undefined when the folder cannot be made. */
  scratch(): Promise<string | undefined>;
  /**
   * Makes an entry of what ONNX Runtime has written to `scratch`, and removes the least recently used entries beyond the
   * limit. Never rejects: a cache may fail.
   */
  keep(key: string, borders: GraphBorders, scratch: string): Promise<void>;
}

export interface ProgramCacheOptions {
  /** Made at the first need. Nothing but the cache's own files in it is touched. */
  readonly folder: string;
  /** Names the code that records: `hashOfFiles` of the bundle. */
  readonly code: string;
  /** The entries together, in bytes; 64 MiB unless given. */
  readonly limit?: number;
  /** Told why an entry could not be read or written; programs are then compiled as without a cache. */
  readonly onProblem?: (message: string) => void;
}

const DEFAULT_LIMIT = 64 * 2 ** 20;
const SUFFIX = '.program';
/** Changes when entries are laid out differently. */
const FORMAT = 1;

/** SHA-256 over the contents of files, in the order given. */
export async function hashOfFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}

export function openProgramCache(options: ProgramCacheOptions): ProgramCache {
  return new FolderCache(options);
}

class FolderCache implements ProgramCache {
  readonly #options: ProgramCacheOptions;

  constructor(options: ProgramCacheOptions) {
    this.#options = options;
  }

  keyOf(runtime: Runtime, spec: ProgramSpec): string | undefined {
    if (spec.structure === undefined || spec.bake !== undefined) return undefined;
    // On a device, and in WebAssembly, ONNX Runtime does not write what it has optimised.
    if (runtime.kind !== 'native' || runtime.provider !== 'cpu') return undefined;
    const facts = {
      format: FORMAT,
      code: this.#options.code,
      name: spec.name,
      structure: spec.structure,
      inputs: Object.entries(spec.inputs),
      state: Object.entries(spec.state?.specs ?? {}),
      runtime: [runtime.kind, runtime.provider, runtime.version],
      machine: [process.platform, process.arch, os.cpus()[0]?.model],
    };
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  }

  async read(key: string): Promise<CachedGraph | undefined> {
    const file = this.#fileOf(key);
    try {
      const graph = decode(key, await readFile(file));
      const now = new Date();
      await utimes(file, now, now);
      return graph;
    } catch (error) {
      if (isMissing(error)) return undefined;
      this.#report(`A compiled program in ${file} cannot be used and is made anew`, error);
      await rm(file, { force: true }).catch((problem: unknown) =>
        this.#report('It cannot be removed', problem),
      );
      return undefined;
    }
  }

  async keep(key: string, borders: GraphBorders, scratch: string): Promise<void> {
    try {
      const model = await readFile(scratch);
      await writeFile(scratch, encode(key, { borders, model }));
      await rename(scratch, this.#fileOf(key));
      await this.#makeRoom();
    } catch (error) {
      this.#report('A compiled program cannot be kept', error);
    }
  }

  async scratch(): Promise<string | undefined> {
    try {
      await mkdir(this.#options.folder, { recursive: true });
      return path.join(this.#options.folder, `${randomUUID()}.tmp`);
    } catch (error) {
      this.#report('Compiled programs cannot be kept', error);
      return undefined;
    }
  }

  /** Removes the least recently used entries beyond the limit, and what a crash has left behind. */
  async #makeRoom(): Promise<void> {
    const { folder, limit = DEFAULT_LIMIT } = this.#options;
    const files = await Promise.all(
      (await readdir(folder))
        .filter((name) => name.endsWith(SUFFIX) || name.endsWith('.tmp'))
        .map(async (name) => {
          const file = path.join(folder, name);
          const { size, mtimeMs } = await stat(file);
          return { file, size, mtimeMs, left: name.endsWith('.tmp') && Date.now() - mtimeMs > STALE_MS };
        }),
    );
    let total = 0;
    for (const { file, size, left } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      total += size;
      if (left || (total > limit && file.endsWith(SUFFIX))) await rm(file, { force: true });
    }
  }

  #fileOf(key: string): string {
    return path.join(this.#options.folder, `${key}${SUFFIX}`);
  }

  #report(what: string, error: unknown): void {
    this.#options.onProblem?.(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A temporary file of this age belongs to a process that has ended. */
const STALE_MS = 10 * 60_000;

interface Header {
  readonly key: string;
  readonly borders: GraphBorders;
  /** Of the borders and the model. */
  readonly checksum: string;
}

/** Length of the header (uint32, little endian), the header as JSON, the model. */
function encode(key: string, { borders, model }: CachedGraph): Uint8Array {
  const header: Header = { key, borders, checksum: checksumOf(borders, model) };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, model]);
}

function decode(key: string, bytes: Buffer): CachedGraph {
  const end = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, end)) as Partial<Header>;
  const model = bytes.subarray(end);
  if (header.key !== key) throw new Error('it belongs to another program');
  if (header.borders === undefined || header.checksum !== checksumOf(header.borders, model)) {
    throw new Error('its checksum is wrong');
  }
  return { borders: header.borders, model };
}

function checksumOf(borders: GraphBorders, model: Uint8Array): string {
  return createHash('sha256').update(JSON.stringify(borders)).update(model).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
