/**
 * Trainings on a device. Where the machine has no graphics card, Chromium's software Vulkan (SwiftShader) is a real
 * WebGPU device to ONNX Runtime: slow, but one that computes.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { birds, lastLine, put, run, temporaryFolder } from './command-line';

const folder = temporaryFolder();
const arguments_ = ['train', 'birds.csv', '--target', 'kind', '--epochs', '3', '--patience', '0', '--json'];
const places = ['/usr/lib/chromium', '/usr/lib64/chromium-browser', '/usr/lib/chromium-browser'];
const swiftShader = places
  .map((place) => `${place}/vk_swiftshader_icd.json`)
  .find((file) => existsSync(file));

interface Trained {
  readonly metrics: { readonly training: { readonly loss: number } };
}

beforeAll(() => void put(folder.path, 'birds.csv', birds()));
afterAll(() => folder.remove());

it('runs on the processor and says why, where a device cannot be used', async () => {
  // No machine has both: DirectML is of Windows, CoreML of macOS.
  const provider = process.platform === 'win32' ? 'coreml' : 'dml';
  const { status, err } = await run(folder.path, ...arguments_, '--provider', provider);
  expect(err).toMatch(
    `The training runs on the processor, because the provider "${provider}" cannot be used`,
  );
  expect(err).toMatch('Choose the provider "cpu"');
  expect(status).toBe(0);
});

it.skipIf(swiftShader === undefined)(
  'learns on a WebGPU device what it learns on the processor',
  async () => {
    const processor = lastLine(await run(folder.path, ...arguments_)) as Trained;
    const before = { ...process.env };
    Object.assign(process.env, {
      VK_ICD_FILENAMES: swiftShader,
      LD_LIBRARY_PATH: dirname(swiftShader ?? ''),
    });
    const finished = await run(folder.path, ...arguments_, '--provider', 'webgpu');
    process.env = before;
    expect(finished.err).toMatch(/A step takes .* ms on webgpu and .* ms on the processor/);
    expect((lastLine(finished) as Trained).metrics.training.loss).toBeCloseTo(
      processor.metrics.training.loss,
      4,
    );
  },
);
