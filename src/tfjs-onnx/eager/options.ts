/** What can be said when the backend is registered. */
export interface OnnxBackendOptions {
  /** The name for `tf.setBackend`; `onnx` unless given. A backend that has the name already is replaced. */
  readonly name?: string;
  /** How many compiled pieces of graph are kept, those used last; 256 unless given. */
  readonly sessions?: number;
}
