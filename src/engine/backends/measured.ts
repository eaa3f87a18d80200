/** A backend whose programs are written into the log of spans: how long they took to make, and every run. */
import type { Program } from '../../tfjs-onnx';
import type { SpanLog } from '../profiling';
import type { Backend } from './backend';

/** What is known of one program that was compiled here. */
export interface CompiledProgram {
  readonly name: string;
  /** Nodes of its graph; 0 where nothing is traced. */
  readonly nodes: number;
  readonly traceMs: number;
  readonly sessionMs: number;
  /** Whether its graph was kept from an earlier training, so that nothing was traced. */
  readonly kept: boolean;
}

export function measured(backend: Backend, spans: SpanLog, compiled: CompiledProgram[]): Backend {
  return {
    ...backend,
    compile: async (spec) => {
      const program = await backend.compile(spec);
      const { name, nodes, traceMs, sessionMs, fromCache: kept = false } = program;
      const end = performance.now();
      spans.add({ kind: 'trace', name, start: end - sessionMs - traceMs, ms: traceMs });
      spans.add({ kind: 'session', name, start: end - sessionMs, ms: sessionMs });
      compiled.push({ name, nodes, traceMs, sessionMs, kept });
      return measuredProgram(program, spans);
    },
    on: async (provider) => measured(await backend.on(provider), spans, compiled),
  };
}

function measuredProgram(program: Program, spans: SpanLog): Program {
  const { name, nodes, traceMs, sessionMs } = program;
  return {
    name,
    nodes,
    traceMs,
    sessionMs,
    run: (inputs) => spans.measure('run', name, () => program.run(inputs)),
    onnx: () => program.onnx(),
    dispose: () => program.dispose(),
  };
}
