/** ONNX Runtime with nothing of ours around it: the exported graph, a session with default settings, a bare run. */
import * as ort from 'onnxruntime-node';
import { openBackend } from '../../../src/engine/backends';
import { exportOnnx } from '../../../src/tfjs-onnx';
import type { Case } from '../cases.mjs';
import {
  GEMM_SIZE,
  gemmFeeds,
  gemmSpec,
  type Opened,
  predictionSpec,
  rowsOf,
  timed,
  toGflops,
} from './measurements';
import type { Problem } from './problem';

/** Only inference and the matrix product: plain ONNX Runtime does not train. */
export async function openPlain(
  measured: Case,
  threads: number,
  problem: Problem | undefined,
): Promise<Opened> {
  if (measured.measures === 'gemm') {
    const session = await openSession(exportOnnx(gemmSpec()), threads);
    const { a, b } = gemmFeeds();
    const feeds = { a: square(a), b: square(b) };
    return {
      measure: async (count) => toGflops(await timed(count, () => session.run(feeds))),
      dispose: () => void session.release(),
    };
  }
  if (measured.measures !== 'predict' || problem === undefined) {
    throw new Error('plain ONNX Runtime only predicts and multiplies');
  }
  const rows = measured.rows ?? 1;
  const spec = predictionSpec(await openBackend('onnx', { threads }), problem);
  const session = await openSession(exportOnnx(spec), threads);
  const [, ...row] = problem.network.inputs.x.shape as number[];
  const feeds = { x: new ort.Tensor('float32', rowsOf(problem, rows), [rows, ...row]) };
  return {
    measure: (count) => timed(count, () => session.run(feeds)),
    dispose: () => void session.release(),
  };
}

function square(values: Float32Array): ort.Tensor {
  return new ort.Tensor('float32', values, [GEMM_SIZE, GEMM_SIZE]);
}

function openSession(bytes: Uint8Array, threads: number): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, { intraOpNumThreads: threads, logSeverityLevel: 3 });
}
