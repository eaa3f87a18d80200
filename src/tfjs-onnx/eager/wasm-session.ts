/**
 * Synchronous sessions on ONNX Runtime's WebAssembly module. `onnxruntime-web` calls the same functions, which compute
 * before they return, but from `async` functions; so eager use has a module (and a heap) of its own.
 */
import type { OrtWasm } from 'onnxruntime-web/ort-wasm-simd-threaded.mjs';
import type { ProgramArray, ProgramDType } from '../program';
import type { Feed, OpenSession, SessionGraph } from './session';
import { inputName, outputName } from './session';

/** ONNX's numbers of element types (onnx.TensorProto.DataType). */
const TYPES: Readonly<Record<ProgramDType, number>> = { float32: 1, int32: 6, bool: 9 };
/** The module's own numbers: nothing rewritten, one node after the other, errors only through the return value. */
const NO_OPTIMISATION = 0;
const SEQUENTIAL = 0;
const FATAL = 4;
const IN_CPU_MEMORY = 1;

let loading: Promise<OrtWasm> | undefined;

export async function openWasmSessions(): Promise<OpenSession> {
  loading ??= import('onnxruntime-web/ort-wasm-simd-threaded.mjs').then(async ({ default: open }) => {
    const wasm = await open({ numThreads: 1 });
    check(wasm, wasm._OrtInit(1, FATAL));
    return wasm;
  });
  const wasm = await loading;
  return (graph) => new WasmSession(wasm, graph);
}

class WasmSession {
  private readonly session: number;
  private readonly names = new Map<string, number>();

  constructor(
    private readonly wasm: OrtWasm,
    private readonly graph: SessionGraph,
  ) {
    const { bytes, inputs, outputs } = graph;
    const options = wasm._OrtCreateSessionOptions(
      NO_OPTIMISATION,
      false,
      false,
      SEQUENTIAL,
      false,
      0,
      0,
      FATAL,
      0,
      0,
    );
    const data = wasm._malloc(bytes.length);
    wasm.HEAPU8.set(bytes, data);
    this.session = wasm._OrtCreateSession(data, bytes.length, options);
    wasm._free(data);
    wasm._OrtReleaseSessionOptions(options);
    if (this.session === 0) throw lastError(wasm);
    for (let i = 0; i < inputs; i++) this.allocateName(inputName(i));
    outputs.forEach((_, i) => this.allocateName(outputName(i)));
  }

  run(feeds: readonly Feed[]): ProgramArray[] {
    const { wasm, graph } = this;
    const used = feeds.slice(0, graph.inputs);
    const buffers: number[] = [];
    const tensors: number[] = [];
    const stack = wasm.stackSave();
    try {
      for (const feed of used) {
        const buffer = this.copyIn(feed.values);
        buffers.push(buffer);
        tensors.push(this.tensor(feed, buffer));
      }
      const results = this.pointers(graph.outputs.map(() => 0));
      const status = wasm._OrtRun(
        this.session,
        this.pointers(used.map((_, i) => this.names.get(inputName(i)) ?? 0)),
        this.pointers(tensors),
        used.length,
        this.pointers(graph.outputs.map((_, i) => this.names.get(outputName(i)) ?? 0)),
        graph.outputs.length,
        results,
        0,
      );
      check(wasm, status);
      return graph.outputs.map((dtype, i) => this.takeOut(results + i * wasm.PTR_SIZE, dtype));
    } finally {
      for (const tensor of tensors) wasm._OrtReleaseTensor(tensor);
      for (const buffer of buffers) wasm._free(buffer);
      wasm.stackRestore(stack);
    }
  }

  release(): void {
    this.wasm._OrtReleaseSession(this.session);
    for (const name of this.names.values()) this.wasm._free(name);
    this.names.clear();
  }

  private allocateName(name: string): void {
    const size = this.wasm.lengthBytesUTF8(name) + 1;
    const at = this.wasm._malloc(size);
    this.wasm.stringToUTF8(name, at, size);
    this.names.set(name, at);
  }

  private copyIn(values: ProgramArray): number {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const at = this.wasm._malloc(Math.max(1, bytes.length));
    if (at === 0) throw new Error('out of WebAssembly memory');
    this.wasm.HEAPU8.set(bytes, at);
    return at;
  }

  private tensor({ dtype, shape, values }: Feed, data: number): number {
    const dims = this.pointers(shape);
    const tensor = this.wasm._OrtCreateTensor(
      TYPES[dtype],
      data,
      values.byteLength,
      dims,
      shape.length,
      IN_CPU_MEMORY,
    );
    if (tensor === 0) throw lastError(this.wasm);
    return tensor;
  }

  /** Numbers of pointer size on the stack. */
  private pointers(numbers: readonly number[]): number {
    const { wasm } = this;
    const at = wasm.stackAlloc(Math.max(1, numbers.length) * wasm.PTR_SIZE);
    numbers.forEach((number, i) => wasm.setValue(at + i * wasm.PTR_SIZE, number, '*'));
    return at;
  }

  /** The elements of the tensor whose handle lies at `at`; releases the tensor. */
  private takeOut(at: number, dtype: ProgramDType): ProgramArray {
    const { wasm } = this;
    const size = wasm.PTR_SIZE;
    const tensor = wasm.getValue(at, '*');
    const about = this.pointers([0, 0, 0, 0]);
    try {
      check(wasm, wasm._OrtGetTensorData(tensor, about, about + size, about + 2 * size, about + 3 * size));
      const data = wasm.getValue(about + size, '*');
      const dims = wasm.getValue(about + 2 * size, '*');
      const rank = wasm.getValue(about + 3 * size, '*');
      let count = 1;
      for (let i = 0; i < rank; i++) count *= wasm.getValue(dims + i * size, '*');
      wasm._OrtFree(dims);
      const bytes = wasm.HEAPU8.slice(data, data + count * (dtype === 'bool' ? 1 : 4));
      if (dtype === 'bool') return bytes;
      return dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
    } finally {
      wasm._OrtReleaseTensor(tensor);
    }
  }
}

function check(wasm: OrtWasm, status: number): void {
  if (status !== 0) throw lastError(wasm);
}

function lastError(wasm: OrtWasm): Error {
  const stack = wasm.stackSave();
  try {
    const at = wasm.stackAlloc(2 * wasm.PTR_SIZE);
    wasm._OrtGetLastError(at, at + wasm.PTR_SIZE);
    const message = wasm.getValue(at + wasm.PTR_SIZE, '*');
    return new Error(message === 0 ? 'ONNX Runtime gives no reason' : wasm.UTF8ToString(message));
  } finally {
    wasm.stackRestore(stack);
  }
}
