/** Memory stands still over thousands of steps: TensorFlow.js' books, the JavaScript heap, and the whole process. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Soak } from './soak-program';

const MEGABYTE = 2 ** 20;
/** Inside the project, so that the runtimes are found. */
const program = join(import.meta.dirname, '..', '..', 'dist', 'test', `soak-${process.pid}.mjs`);
const COMPILED_STEPS = 10_000;
const EAGER_STEPS = 3_000;

describe('memory', () => {
  let soaks: readonly Soak[] = [];

  beforeAll(async () => {
    await esbuild.build({
      entryPoints: [join(import.meta.dirname, 'soak-program.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      external: ['onnxruntime-node', 'onnxruntime-web', 'sharp'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'error',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      program,
      String(COMPILED_STEPS),
      String(EAGER_STEPS),
    ]);
    soaks = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Soak[];
  }, 300_000);

  afterAll(() => rmSync(program, { force: true }));

  it.each(['compiled', 'eager'])('stands still over %s steps', (name) => {
    const soak = soaks.find((each) => each.name === name);
    expect(soak?.steps).toBe(name === 'compiled' ? COMPILED_STEPS : EAGER_STEPS);
    const { early, late } = soak!;
    expect(late.numTensors).toBe(early.numTensors);
    expect(late.numDataBuffers).toBe(early.numDataBuffers);
    expect(late.numBytes).toBe(early.numBytes);
    // What one step made, kept by every step, would come to more than these.
    expect(late.heap - early.heap).toBeLessThan(2 * MEGABYTE);
    expect(late.buffers - early.buffers).toBeLessThan(8 * MEGABYTE);
    expect(late.resident - early.resident).toBeLessThan(64 * MEGABYTE);
  });
});
