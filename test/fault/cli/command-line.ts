/** Runs the command line as a user does: the bundles of the present sources, in a process of their own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeSettled } from '../../unit/settled-file';

const root = join(import.meta.dirname, '..', '..', '..');
let built: Promise<string> | undefined;

/** Path of cli.cjs with engine.cjs beside it, as in dist/; one folder per test process. */
function commandLine(): Promise<string> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<string> {
  // Inside the project, so that the native runtimes are found.
  const outdir = join(root, 'dist', 'test', `cli-${process.pid}`);
  await build({
    entryPoints: { cli: join(root, 'src', 'cli', 'main.ts'), engine: join(root, 'src', 'engine', 'main.ts') },
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node', 'sharp'],
  });
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  return join(outdir, 'cli.cjs');
}

export interface Finished {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with the text so far once standard error contains a match. Rejects when the command ends before. */
  errorMatching(pattern: RegExp): Promise<string>;
  readonly finished: Promise<Finished>;
}

/** Starts `local-model-lab` with the arguments in the folder. */
export async function start(cwd: string, ...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [await commandLine(), ...args], { cwd });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (status) => resolve({ status, ...texts }));
  });
  return {
    child,
    finished,
    errorMatching: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(texts.err)) return;
          child.stderr.off('data', look);
          resolve(texts.err);
        };
        child.stderr.on('data', look);
        void finished.then(() => reject(new Error(`Ended without ${String(pattern)}:\n${texts.err}`)));
        look();
      }),
  };
}

/** Runs `local-model-lab` with the arguments in the folder to its end. */
export async function run(cwd: string, ...args: string[]): Promise<Finished> {
  return (await start(cwd, ...args)).finished;
}

/** The last line of the output, which `--json` makes one object. */
export function lastLine({ out }: Finished): unknown {
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
}

/** A folder for one test, with a `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'model-lab-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes a file into the folder and answers with its path. It is a minute old: a fresh one is given a rest. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeSettled(path, content);
  return path;
}

/** Hash of every file at or under a folder, by path. */
export function contentOf(folder: string): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) continue;
    hashes.set(path, createHash('sha256').update(readFileSync(path)).digest('hex'));
  }
  return hashes;
}

/** A small table of three kinds of birds that a model tells apart with ease; `rows` lines after the header. */
export function birds(rows = 90): string {
  const kinds = [
    ['wren', 10, 8],
    ['crow', 47, 500],
    ['swan', 150, 9000],
  ] as const;
  const lines = Array.from({ length: rows }, (_, index) => {
    const [kind, length, mass] = kinds[index % 3] ?? kinds[0];
    const shift = ((index * 7919) % 101) / 100;
    return `${kind},${(length * (1 + shift / 5)).toFixed(2)},${(mass * (1.2 - shift / 5)).toFixed(1)}`;
  });
  return ['kind,length_cm,mass_g', ...lines, ''].join('\n');
}

/** A text with a simple pattern, `length` characters. */
export function verses(length: number): string {
  const line = 'the cat sat on the mat and the dog lay by the door.\n';
  return line.repeat(Math.ceil(length / line.length)).slice(0, length);
}
