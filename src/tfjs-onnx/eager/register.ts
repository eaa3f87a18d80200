/** Registers backend and kernels with TensorFlow.js. */
import type {
  ExpandDimsAttrs,
  GatherV2Attrs,
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
import type { KernelName, Lowering } from '../kernels';
import { fused, lowered, refused } from '../kernels';
import { expandedShape } from '../kernels/shape';
import type { Runtime } from '../runtime';
import { EagerBackend } from './backend';
import { isForeign, onHost, runOnHost } from './on-host';
import { openNativeSessions } from './native-session';
import type { OnnxBackendOptions } from './options';
import { SessionCache } from './session-cache';
import { openWasmSessions } from './wasm-session';

/** Kernels that TensorFlow.js does without where a backend has none: it takes the pixels of images apart itself. */
const withoutKernel: ReadonlySet<string> = new Set<KernelName>(['FromPixels']);

/** Names whose kernels are registered: TensorFlow.js keeps them when it disposes of a backend. */
const known = new Set<string>();

export async function registerBackend(
  runtime: Runtime,
  { name = 'onnx', sessions }: OnnxBackendOptions,
): Promise<void> {
  const open = await (runtime.kind === 'native' ? openNativeSessions(runtime) : openWasmSessions());
  const cache = new SessionCache(open, runtime.threads, sessions);
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
      call(kernelName, lowering, inputs, attrs, eager(backend)),
    );
  }
  for (const [kernelName, advice] of Object.entries(refused)) {
    if (withoutKernel.has(kernelName)) continue;
    register(kernelName, ({ inputs, attrs, backend }) => {
      if (kernelName in onHost || isForeign(inputs, attrs)) {
        return runOnHost(eager(backend), kernelName, inputs, attrs);
      }
      throw new ProgramError(`the kernel ${kernelName} is not there.`, { kernel: kernelName, advice });
    });
  }
}

function eager(backend: unknown): EagerBackend {
  if (backend instanceof EagerBackend) return backend;
  throw new Error('a kernel of the ONNX backend was called with another backend');
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
  if (kernelName in onHost || isForeign(inputs, attrs)) {
    return runOnHost(backend, kernelName, inputs, attrs);
  }
  // Optional inputs arrive as undefined or null, whatever the type says.
  const present = Object.entries(inputs).filter(
    (entry): entry is [string, TensorInfo] => (entry[1] as TensorInfo | null | undefined) != null,
  );
  if (kernelName === 'GatherV2') checkIndices(inputs, attrs, backend);
  return backend.record(kernelName, lowering, Object.fromEntries(present), attrs ?? {});
}

/** ONNX Runtime counts negative indices from the end; where the values are at hand they are held to the rule. */
function checkIndices(
  { x, indices }: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
  backend: EagerBackend,
): void {
  const axis = attrs?.['axis'] as GatherV2Attrs['axis'];
  const [last, values] = [(x?.shape.at(axis) ?? 0) - 1, indices && backend.valuesAtHand(indices)];
  const wrong = values?.find((index) => index < 0 || index > last);
  if (wrong === undefined) return;
  throw new ProgramError(`GatherV2: the index value ${wrong} is not in [0, ${last}]`, { kernel: 'GatherV2' });
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
    const shape = attrs?.['shape'] as ReshapeAttrs['shape'];
    return backend.share(x, tf.util.inferFromImplicitShape(shape, sizeOf(x.shape)));
  }
  if (kernelName === 'ExpandDims' && input) {
    const dim = attrs?.['dim'] as ExpandDimsAttrs['dim'];
    return backend.share(input, expandedShape(input.shape, dim));
  }
  if (kernelName === 'Cast' && x?.dtype === attrs?.['dtype'] && x) return backend.share(x, x.shape);
  return undefined;
}
