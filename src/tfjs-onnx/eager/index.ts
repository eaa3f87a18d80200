/**
 * Eager use: the ONNX backend as any other backend of TensorFlow.js, `await registerOnnxBackend(runtime)` and then
 * `tf.setBackend('onnx')`.
 */
import type {
  KernelFunc,
  NamedAttrMap,
  NamedTensorInfoMap,
  ReshapeAttrs,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
// The package leaves the gradients out unless they are asked for.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { ProgramError } from '../errors';
import { sizeOf } from '../graph/values';
import type { Lowering } from '../kernels';
import { fused, lowered, refused } from '../kernels';
import type { Runtime } from '../runtime';
import { EagerBackend } from './backend';
import { isForeign, onHost, runOnHost } from './on-host';
import { openSessions } from './session';
import { SessionCache } from './session-cache';

export interface OnnxBackendOptions {
  /** The name for `tf.setBackend`; `onnx` unless given. A backend that has the name already is replaced. */
  readonly name?: string;
  /** How many compiled pieces of graph are kept, those used last; 256 unless given. */
  readonly sessions?: number;
}

/** Names whose kernels are registered: TensorFlow.js keeps them when it disposes of a backend. */
const known = new Set<string>();

/**
 * Registers the backend with TensorFlow.js. Rejects with a ProgramError when the runtime's package cannot be called
 * synchronously.
 */
export async function registerOnnxBackend(
  runtime: Runtime,
  { name = 'onnx', sessions }: OnnxBackendOptions = {},
): Promise<void> {
  const cache = new SessionCache(await openSessions(runtime), runtime.threads, sessions);
  if (known.has(name)) tf.removeBackend(name);
  else registerKernels(name);
  known.add(name);
  tf.registerBackend(name, () => new EagerBackend(cache), 2);
}

function registerKernels(backendName: string): void {
  const register = (kernelName: string, kernelFunc: KernelFunc): void =>
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  for (const [kernelName, lowering] of Object.entries({ ...lowered, ...fused })) {
    register(kernelName, ({ inputs, attrs, backend }) =>
      call(kernelName, lowering, inputs, attrs, backend as EagerBackend),
    );
  }
  for (const [kernelName, advice] of Object.entries(refused)) {
    register(kernelName, ({ inputs, attrs, backend }) => {
      if (kernelName in onHost || isForeign(inputs, attrs)) {
        return runOnHost(backend as EagerBackend, kernelName, inputs, attrs);
      }
      throw new ProgramError(`the kernel ${kernelName} is not there.`, { kernel: kernelName, advice });
    });
  }
}

function call(
  kernelName: string,
  lowering: Lowering,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
  backend: EagerBackend,
): TensorInfo | TensorInfo[] {
  const shared = shareData(kernelName, inputs, attrs, backend);
  if (shared) return shared;
  if (isForeign(inputs, attrs)) return runOnHost(backend, kernelName, inputs, attrs);
  // Optional inputs arrive as undefined or null, whatever the type says.
  const present = Object.entries(inputs).filter(
    (entry): entry is [string, TensorInfo] => (entry[1] as TensorInfo | null | undefined) != null,
  );
  try {
    return backend.record(kernelName, lowering, Object.fromEntries(present), attrs ?? {});
  } catch (error) {
    if (error instanceof ProgramError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`the kernel ${kernelName} cannot be computed: ${message}`, {
      kernel: kernelName,
      cause: error,
    });
  }
}

/** Kernels that change nothing but the shape give their input's data another tensor. */
function shareData(
  kernelName: string,
  { x, input }: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
  backend: EagerBackend,
): TensorInfo | undefined {
  if (kernelName === 'Identity' && x) return backend.share(x, x.shape);
  if (kernelName === 'Reshape' && x) {
    const { shape } = attrs as unknown as ReshapeAttrs;
    return backend.share(x, tf.util.inferFromImplicitShape(shape, sizeOf(x.shape)));
  }
  if (kernelName === 'ExpandDims' && input) {
    const dim = (attrs as unknown as { dim: number }).dim;
    const at = dim < 0 ? dim + input.shape.length + 1 : dim;
    return backend.share(input, input.shape.toSpliced(at, 0, 1));
  }
  if (kernelName === 'Cast' && x?.dtype === attrs?.['dtype'] && x) return backend.share(x, x.shape);
  return undefined;
}
