/** MODEL_LAB_TENSORFLOW with something else than a tfjs-node in it: told by name, and nothing is run. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBackend } from '../../src/engine/backends';

const marker = '__tensorflow_place_was_run__';

describe('the folder of MODEL_LAB_TENSORFLOW', () => {
  const before = process.env['MODEL_LAB_TENSORFLOW'];
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tensorflow-place-'));
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['MODEL_LAB_TENSORFLOW'];
    else process.env['MODEL_LAB_TENSORFLOW'] = before;
    await rm(folder, { recursive: true, force: true });
  });

  const refusal = async (place: string): Promise<{ code: string; message: string; advice: string }> => {
    process.env['MODEL_LAB_TENSORFLOW'] = place;
    return openBackend('tensorflow').then(
      () => expect.fail('the engine opened'),
      (error: unknown) => error as { code: string; message: string; advice: string },
    );
  };

  it('must be absolute, since a relative one would mean a folder of the workspace', async () => {
    const { code, message } = await refusal('node_modules/@tensorflow/tfjs-node');
    expect(code).toBe('engine-unavailable');
    expect(message).toMatch(/absolute path, not "node_modules/);
  });

  it('must be there', async () => {
    const { code, message, advice } = await refusal(join(folder, 'nothing'));
    expect(code).toBe('engine-unavailable');
    expect(message).toContain(join(folder, 'nothing'));
    expect(advice).toMatch(/npm install @tensorflow\/tfjs-node/);
  });

  it('must hold tfjs-node; another package is not run', async () => {
    await mkdir(join(folder, 'other'));
    await writeFile(join(folder, 'other', 'package.json'), '{ "name": "other", "main": "main.js" }');
    await writeFile(join(folder, 'other', 'main.js'), `globalThis.${marker} = true;`);
    const { code, message } = await refusal(join(folder, 'other'));
    expect(code).toBe('engine-unavailable');
    expect(message).toMatch(/it holds the package other, not @tensorflow\/tfjs-node/);
    expect(marker in globalThis).toBe(false);
  });

  it('must hold a whole build; what fails to load is told in one line', async () => {
    await writeFile(join(folder, 'package.json'), '{ "name": "@tensorflow/tfjs-node", "main": "main.js" }');
    await writeFile(join(folder, 'main.js'), 'throw new Error("the binding is missing\\nat length");');
    const { code, message } = await refusal(folder);
    expect(code).toBe('engine-unavailable');
    expect(message).toMatch(/the binding is missing$/);
  });
});
