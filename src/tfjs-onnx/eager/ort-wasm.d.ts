/** The part of ONNX Runtime's WebAssembly module that eager use calls; the package ships no types for it. */
declare module 'onnxruntime-web/ort-wasm-simd-threaded.mjs' {
  export interface OrtWasm {
    readonly HEAPU8: Uint8Array;
    readonly PTR_SIZE: 4 | 8;
    getValue(at: number, type: 'i32' | 'i64' | '*'): number;
    setValue(at: number, value: number, type: 'i32' | 'i64' | '*'): void;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, at: number, size: number): void;
    UTF8ToString(at: number): string;
    stackSave(): number;
    stackRestore(at: number): void;
    stackAlloc(size: number): number;
    _malloc(size: number): number;
    _free(at: number): void;
    _OrtInit(threads: number, logLevel: number): number;
    _OrtGetLastError(code: number, message: number): number;
    _OrtCreateSessionOptions(
      optimization: number,
      arena: boolean,
      memoryPattern: boolean,
      executionMode: number,
      profiling: boolean,
      profilePrefix: number,
      logId: number,
      logSeverity: number,
      logVerbosity: number,
      optimizedPath: number,
    ): number;
    _OrtReleaseSessionOptions(options: number): number;
    _OrtCreateSession(data: number, size: number, options: number): number;
    _OrtReleaseSession(session: number): number;
    _OrtCreateTensor(
      type: number,
      data: number,
      size: number,
      dims: number,
      rank: number,
      location: number,
    ): number;
    _OrtGetTensorData(tensor: number, type: number, data: number, dims: number, rank: number): number;
    _OrtReleaseTensor(tensor: number): number;
    _OrtFree(at: number): number;
    _OrtRun(
      session: number,
      inputNames: number,
      inputs: number,
      inputCount: number,
      outputNames: number,
      outputCount: number,
      outputs: number,
      options: number,
    ): number;
  }
  const open: (config: { readonly numThreads: number }) => Promise<OrtWasm>;
  export default open;
}
