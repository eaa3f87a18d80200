/** Programs that come from a file: a saved .onnx with the same way to run it. */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { ProgramError } from './errors';
import type { Program, ProgramArray, ProgramDType, ProgramOutput } from './program';
import type { Runtime } from './runtime';

interface FileInput {
  readonly name: string;
  readonly dtype: ProgramDType;
  /** A name stands for an open dimension. */
  readonly shape: readonly (number | string)[];
}

/**
 * A program from the bytes of an .onnx file whose state is built in. At most one dimension of an input may be open.
 * Rejects with a ProgramError when the bytes are damaged or hold a type that programs do not take.
 */
export async function loadOnnxProgram(runtime: Runtime, name: string, bytes: Uint8Array): Promise<Program> {
  const started = performance.now();
  let session: InferenceSession;
  try {
    session = await runtime.createSession(bytes);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`its file cannot be loaded: ${message}`, { program: name, cause: error });
  }
  const sessionMs = performance.now() - started;
  const inputs = session.inputMetadata.map((input): FileInput => {
    if (!input.isTensor) throw new ProgramError(`its input "${input.name}" is no tensor.`, { program: name });
    const { type } = input;
    if (type !== 'float32' && type !== 'int32' && type !== 'bool') {
      throw new ProgramError(`its input "${input.name}" is of type ${type}.`, { program: name });
    }
    return { name: input.name, dtype: type, shape: input.shape };
  });
  return {
    name,
    nodes: 0,
    traceMs: 0,
    sessionMs,
    run: async (values) => {
      const feeds = Object.fromEntries(
        inputs.map((input) => [input.name, tensorOf(runtime, name, input, values)]),
      );
      const results = await session.run(feeds);
      return Object.fromEntries(
        Object.entries(results).map(([output, { data, dims }]): [string, ProgramOutput] => [
          output,
          { data: data as ProgramArray, dims },
        ]),
      );
    },
    onnx: () => bytes,
    dispose: () => void session.release(),
  };
}

function tensorOf(
  runtime: Runtime,
  program: string,
  { name, dtype, shape }: FileInput,
  inputs: Readonly<Record<string, ProgramArray>>,
): Tensor {
  const values = inputs[name];
  if (!values) throw new ProgramError(`the input "${name}" is missing.`, { program });
  const row = shape.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
  const open = values.length / row;
  if (!Number.isInteger(open) || (open !== 1 && shape.every((dim) => typeof dim === 'number'))) {
    throw new ProgramError(
      `the input "${name}" takes [${shape.join(', ')}], but ${values.length} elements were given.`,
      {
        program,
      },
    );
  }
  return runtime.tensor(
    dtype,
    values,
    shape.map((dim) => (typeof dim === 'number' ? dim : open)),
  );
}
