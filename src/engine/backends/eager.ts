/** Runs programs op by op on a backend of TensorFlow.js: the same function, called anew at every run. */
import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type {
  InputSpec,
  Program,
  ProgramArray,
  ProgramOutput,
  ProgramSpec,
  ProgramState,
  StateSpec,
  TensorRecord,
} from '../../tfjs-onnx';
import type { Backend } from './backend';

interface EagerLibrary extends Pick<Backend, 'runtime' | 'threads' | 'versions' | 'notice'> {
  readonly engine: 'cpu' | 'tensorflow';
  /** The name under which TensorFlow.js knows it. */
  readonly tfjsBackend: string;
}

export function eagerBackend({ tfjsBackend, ...library }: EagerLibrary): Backend {
  return {
    ...library,
    provider: 'cpu',
    others: [],
    on: (provider) =>
      Promise.reject(
        new LabError('engine-unavailable', `The engine "${library.engine}" has no provider "${provider}".`, {
          advice: 'Set the engine to "onnx", or the provider to "cpu".',
        }),
      ),
    createState: (specs, initial) => new EagerState(tfjsBackend, specs, initial),
    compile: async (spec) => {
      await tf.setBackend(tfjsBackend);
      return new EagerProgram(tfjsBackend, spec);
    },
    dispose: () => undefined,
  };
}

/** State as tensors of the backend. */
class EagerState implements ProgramState {
  readonly specs: Readonly<Record<string, StateSpec>>;
  private readonly tensors = new Map<string, tf.Tensor>();

  constructor(
    private readonly backend: string,
    specs: Readonly<Record<string, StateSpec>>,
    initial: Readonly<Record<string, ProgramArray>> = {},
  ) {
    this.specs = specs;
    for (const [name, { shape, dtype }] of Object.entries(specs)) {
      this.replace(name, () => tf.zeros([...shape], dtype));
    }
    for (const [name, values] of Object.entries(initial)) this.write(name, values);
  }

  tensor(name: string): tf.Tensor {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new LabError('internal', `There is no state "${name}".`);
    return tensor;
  }

  all(): TensorRecord {
    return Object.fromEntries(this.tensors);
  }

  read(name: string): ProgramArray {
    return this.tensor(name).dataSync<'float32' | 'int32' | 'bool'>().slice();
  }

  write(name: string, values: ProgramArray): void {
    const { size, shape, dtype } = this.tensor(name);
    if (values.length !== size) {
      throw new LabError(
        'internal',
        `The state "${name}" has ${size} elements, but ${values.length} values were given.`,
      );
    }
    this.replace(name, () => tf.tensor(values.slice(), shape, dtype));
  }

  /** Takes over a tensor that the caller has kept. */
  put(name: string, tensor: tf.Tensor): void {
    this.tensors.get(name)?.dispose();
    this.tensors.set(name, tensor);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }

  private replace(name: string, make: () => tf.Tensor): void {
    void tf.setBackend(this.backend);
    this.put(name, tf.keep(make()));
  }
}

class EagerProgram implements Program {
  readonly name: string;
  readonly nodes = 0;
  readonly traceMs = 0;
  readonly sessionMs = 0;
  private readonly state: EagerState | undefined;
  /** State as it was when the program was compiled, where the program asks for that. */
  private readonly baked: TensorRecord;

  constructor(
    private readonly backend: string,
    private readonly spec: ProgramSpec,
  ) {
    this.name = spec.name;
    if (spec.state !== undefined && !(spec.state instanceof EagerState)) {
      throw new LabError('internal', `Program "${spec.name}": its state was made by another engine.`);
    }
    this.state = spec.state;
    const { state } = this;
    const names = spec.bake === true ? Object.keys(state?.specs ?? {}) : (spec.bake ?? []);
    this.baked = state
      ? Object.fromEntries(names.map((name) => [name, tf.keep(tf.clone(state.tensor(name)))]))
      : {};
  }

  async run(
    inputs: Readonly<Record<string, ProgramArray>>,
  ): Promise<Readonly<Record<string, ProgramOutput>>> {
    await tf.setBackend(this.backend);
    // Clones: a result may be one of the inputs, or the same tensor twice.
    const { outputs, next } = tf.tidy(() => {
      const result = this.spec.trace({
        inputs: this.tensorsOf(inputs),
        state: { ...this.state?.all(), ...this.baked },
      });
      const clones = (tensors: TensorRecord): Record<string, tf.Tensor> =>
        Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]));
      return { outputs: clones(result.outputs), next: clones(result.next ?? {}) };
    });
    for (const [name, tensor] of Object.entries(next)) this.state?.put(name, tf.keep(tensor));
    const results: Record<string, ProgramOutput> = {};
    try {
      for (const [name, tensor] of Object.entries(outputs)) {
        results[name] = { data: await tensor.data<'float32' | 'int32' | 'bool'>(), dims: tensor.shape };
      }
    } finally {
      tf.dispose(outputs);
    }
    return results;
  }

  onnx(): undefined {
    return undefined;
  }

  dispose(): void {
    tf.dispose({ ...this.baked });
  }

  private tensorsOf(inputs: Readonly<Record<string, ProgramArray>>): TensorRecord {
    return Object.fromEntries(
      Object.entries(this.spec.inputs).map(([name, spec]) => {
        const values = inputs[name];
        if (!values)
          throw new LabError('internal', `Program "${this.name}": the input "${name}" is missing.`);
        const dims = this.dimsOf(name, spec, values.length);
        // A copy, since the caller may reuse its array while TensorFlow.js still holds it.
        return [name, tf.tensor(values.slice(), dims, spec.dtype)];
      }),
    );
  }

  private dimsOf(name: string, { shape }: InputSpec, length: number): number[] {
    const row = shape.reduce<number>((product, dim) => (dim === 'batch' ? product : product * dim), 1);
    const batch = length / row;
    if (shape.includes('batch') ? !Number.isInteger(batch) || batch === 0 : batch !== 1) {
      throw new LabError(
        'internal',
        `Program "${this.name}": the input "${name}" takes [${shape.join(', ')}], but ${length} elements were given.`,
      );
    }
    return shape.map((dim) => (dim === 'batch' ? batch : dim));
  }
}
