/**
 * Runs whose results stay where they were written.
 *
 * ONNX Runtime writes into the buffers that a run is given for its outputs, but its binding for Node (1.30) then copies
 * each of them into a new array, which no option prevents: for the weights and moments of a training several MB a step,
 * on pages that are touched for the first time, with a garbage collector that works beside the next step (an MLP of
 * 784-512-512-10 took 13 ms a step in place of 7). The binding converts outputs one after the other, after the run, and
 * throws at the first that is no tensor. So a graph is given such an output as its first one: everything is computed and
 * written, and nothing is copied. Should a later binding convert it, or hand back what it was given, the run simply
 * ends without throwing.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { onnx } from 'onnx-proto';

const FIRST_OUTPUT = 'nothing';

/** What the binding says of an output that is no tensor. */
const NO_TENSOR = 'Non tensor type';

/** An empty sequence as the first output. Files of protobuf are merged by writing one behind the other. */
const prefix = onnx.ModelProto.encode({
  graph: {
    node: [{ opType: 'SequenceEmpty', name: FIRST_OUTPUT, output: [FIRST_OUTPUT] }],
    output: [
      {
        name: FIRST_OUTPUT,
        type: {
          sequenceType: {
            elemType: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: {} } },
          },
        },
      },
    ],
  },
}).finish();

/** The ONNX file of a graph that can be run in place. */
export function forRunsInPlace(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([prefix, bytes]);
}

export function runsInPlace(session: InferenceSession): boolean {
  return session.outputNames[0] === FIRST_OUTPUT;
}

/** Runs a graph of `forRunsInPlace`, writing each output into the tensor of its name. Rejects when the run fails. */
export async function runInPlace(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  targets: Readonly<Record<string, Tensor>>,
): Promise<void> {
  try {
    await session.run(feeds, { [FIRST_OUTPUT]: null, ...targets });
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(NO_TENSOR))) throw error;
  }
}
