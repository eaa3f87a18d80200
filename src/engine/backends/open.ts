/** From a wish to an engine. */
import { LabError } from '../../protocol/errors';
import type { Backend, BackendOptions, EngineName } from './backend';
import { openCpu } from './cpu';
import { openOnnx } from './onnx';
import { openTensorFlow } from './tensorflow';

/**
 * Opens an engine. `auto` is `onnx`; where ONNX Runtime cannot be loaded at all it is `cpu`, with a notice. Rejects
 * with a LabError `engine-unavailable` when the engine that is asked for by name cannot be loaded.
 */
export async function openBackend(wish: 'auto' | EngineName, options: BackendOptions = {}): Promise<Backend> {
  switch (wish) {
    case 'onnx':
      return openOnnx(options);
    case 'tensorflow':
      return openTensorFlow(options);
    case 'cpu':
      return openCpu();
    case 'auto':
      try {
        return await openOnnx(options);
      } catch (error) {
        const reason = LabError.from(error).message;
        return openCpu(`ONNX Runtime is not available (${reason}), so the slow engine "cpu" is used.`);
      }
  }
}
