/**
 * Execution providers: what else than the processor can run graphs through the native library. WebGPU is part of the
 * library itself (on Linux it needs Vulkan); CUDA, DirectML and CoreML are there where its build or machine has them.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { binding } from 'onnxruntime-node/dist/binding.js';
import { ProgramError } from '../errors';
import { Graph } from '../graph/graph';
import { serialise } from '../graph/serialise';

export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** ONNX Runtime's own way to run a graph, without waiting. */
export type NativeSession = InstanceType<(typeof binding)['InferenceSession']>;

/** The providers beside the processor that this build of the native library knows; some may still fail to load. */
export function listedProviders(backends: readonly { readonly name: string }[]): Provider[] {
  return PROVIDERS.filter((provider) => provider !== 'cpu' && backends.some(({ name }) => name === provider));
}

/**
 * Whether tensors of a provider stay on its device between runs. The native binding has device buffers for WebGPU
 * only; with the other providers the state travels through the processor's memory at every run.
 */
export function keepsTensors(provider: Provider): boolean {
  return provider === 'webgpu';
}

/** A graph of one addition: the least that a provider has to be able to run. */
export function smallestGraph(): Uint8Array {
  const graph = new Graph('probe');
  const x = graph.input('x', [4], 'float32');
  return serialise(
    graph,
    [{ name: 'x', value: x, dims: [4] }],
    [{ name: 'y', value: graph.node('Add', [x, x], { shape: [4], dtype: 'float32' }) }],
  ).bytes;
}

/**
 * Reads tensors that lie on a device. The binding's own `getData()` ends the process (ONNX Runtime 1.30), so a graph
 * that copies its input, with its output in the processor's memory, does it; one per type and shape.
 */
export class Download {
  private readonly sessions = new Map<string, NativeSession>();

  constructor(
    private readonly newSession: () => NativeSession,
    private readonly options: InferenceSession.SessionOptions,
  ) {}

  read(tensor: Tensor): Tensor {
    const { type, dims } = tensor;
    if (type !== 'float32' && type !== 'int32')
      throw new ProgramError(`a tensor of type ${type} cannot be read back from the device.`);
    const key = `${type} ${dims.join()}`;
    let session = this.sessions.get(key);
    if (!session) {
      const graph = new Graph('download');
      const x = graph.input('x', dims, type);
      const { bytes } = serialise(graph, [{ name: 'x', value: x, dims }], [{ name: 'y', value: x, dims }]);
      session = this.newSession();
      session.loadModel(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength, this.options);
      this.sessions.set(key, session);
    }
    const { y } = session.run({ x: tensor }, { y: null }, {});
    if (!y) throw new ProgramError('a tensor could not be read back from the device.');
    return y;
  }
}
