/**
 * Our side of a benchmark as a process: lines of JSON in, lines of JSON out (see bench/worker.mjs).
 *
 *   node worker.mjs ENGINE THREADS
 *
 * `{ do: "open", case, network, problem }` answers `{ openMs, nodes? }`; `{ do: "measure", count }` answers
 * `{ values, losses? }`; a case that fails answers `{ error }` and the next one may be opened.
 */
import { createInterface } from 'node:readline';
import type { Backend } from '../../../src/engine/backends';
import type { Case, Network, TransformerNetwork } from '../cases.mjs';
import { type LabEngine, openLabEngine } from './engines';
import { type Opened, openGemm, openPrediction, openTraining, openWriting } from './measurements';
import { openPlain } from './plain-runtime';
import { type Problem, readProblem } from './problem';

type Request =
  | { readonly do: 'open'; readonly case: Case; readonly network?: Network; readonly problem?: string }
  | { readonly do: 'measure'; readonly count: number };

const [engine = 'onnx', threadsText = '1'] = process.argv.slice(2);
const threads = Number(threadsText);
let opened: Opened | undefined;

const backend = await openLabEngine(engine as LabEngine, threads).catch((error: unknown) => {
  answer({ error: messageOf(error) });
  process.exit(1);
});
answer({
  engine: engine === 'plain-onnx' ? `onnxruntime ${backend.versions['onnxruntime'] ?? ''}` : backend.runtime,
  versions: backend.versions,
  threads: backend.threads,
});
for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(await serve(JSON.parse(line) as Request));
  } catch (error) {
    answer({ error: messageOf(error) });
  }
}
process.exit(0);

async function serve(request: Request): Promise<object> {
  if (request.do === 'measure') {
    if (!opened) throw new Error('no case is open');
    return opened.measure(request.count);
  }
  opened?.dispose();
  opened = undefined;
  const problem =
    request.network && request.problem ? await readProblem(request.problem, request.network) : undefined;
  const start = performance.now();
  opened = await open(backend, request.case, request.network, problem);
  return { openMs: performance.now() - start };
}

async function open(
  library: Backend,
  measured: Case,
  network: Network | undefined,
  problem: Problem | undefined,
): Promise<Opened> {
  if (engine === 'plain-onnx') return openPlain(measured, threads, problem);
  if (measured.measures === 'gemm') return openGemm(library);
  if (!network || !problem) throw new Error(`the case ${measured.name} needs a network`);
  switch (measured.measures) {
    case 'train':
      return openTraining(library, network, problem);
    case 'predict':
      return openPrediction(library, problem, measured.rows ?? 1);
    case 'generate':
      return openWriting(library, network as TransformerNetwork, problem);
  }
}

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
