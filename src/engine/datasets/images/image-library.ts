/** The library that decodes images, loaded when the first image is met: `sharp`, native or as WebAssembly. */
import type sharp from 'sharp';
import { LabError } from '../../../protocol/errors';

export type ImageLibrary = typeof sharp;

let loading: Promise<ImageLibrary> | undefined;

/** LabError('engine-unavailable') where it has no binary for this machine. */
export function imageLibrary(): Promise<ImageLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ImageLibrary> {
  try {
    const { default: library } = await import('sharp');
    // Several images are decoded at once, each by one thread; none is asked for twice.
    library.concurrency(1);
    library.cache(false);
    return library;
  } catch (thrown) {
    loading = undefined;
    throw new LabError(
      'engine-unavailable',
      'Images cannot be read: the library "sharp" has nothing for this machine.',
      {
        advice:
          'Its WebAssembly form, "@img/sharp-wasm32", works on every machine: install it beside the lab.',
        cause: thrown,
      },
    );
  }
}
