/** The engine as one file, built from the present sources for tests that fork it. */
import { join } from 'node:path';
import { build } from 'esbuild';

let built: Promise<string> | undefined;

/** Path of the bundle; one per test file, so that test files may run side by side. */
export function engineBundle(): Promise<string> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..');
  // Inside the project, so that the native runtimes are found.
  const outfile = join(root, 'dist', 'test', `engine-${process.pid}.cjs`);
  await build({
    entryPoints: [join(root, 'src', 'engine', 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node', 'sharp'],
  });
  return outfile;
}
