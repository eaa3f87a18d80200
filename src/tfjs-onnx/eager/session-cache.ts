/** Sessions of eager graphs by structure; what was not used for longest goes first. */
import { ProgramError } from '../errors';
import type { Graph } from '../graph/graph';
import { serialise } from '../graph/serialise';
import type { Value } from '../graph/values';
import type { ProgramDType } from '../program';
import type { EagerSession, OpenSession } from './session';
import { inputName, outputName } from './session';
import type { Structure } from './structure';
import { isHeavy, structureOf } from './structure';

/** Sessions that are kept unless the caller says otherwise: some 100 kB each. */
const DEFAULT_SESSIONS = 256;

export interface CompiledGraph {
  readonly session: EagerSession;
  /** The graph's leaves, in the order in which the session takes them. */
  readonly leaves: readonly Value[];
}

export class SessionCache {
  private readonly sessions = new Map<string, EagerSession>();

  constructor(
    private readonly open: OpenSession,
    private readonly threads: number,
    private readonly limit = DEFAULT_SESSIONS,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  /** A session that computes `results`; throws a ProgramError where ONNX Runtime refuses the graph. */
  compile(graph: Graph, results: readonly Value[]): CompiledGraph {
    const structure = structureOf(graph, results);
    const { key, leaves } = structure;
    const known = this.sessions.get(key);
    if (known) {
      // The last place in the map's order is the place of what was used last.
      this.sessions.delete(key);
      this.sessions.set(key, known);
      return { session: known, leaves };
    }
    const session = this.create(graph, structure, results);
    this.sessions.set(key, session);
    for (const [oldest, unused] of this.sessions) {
      if (this.sessions.size <= this.limit) break;
      this.sessions.delete(oldest);
      unused.release();
    }
    return { session, leaves };
  }

  private create(graph: Graph, { leaves, nodes }: Structure, results: readonly Value[]): EagerSession {
    const { bytes } = serialise(
      graph,
      leaves.map((value, i) => ({ name: inputName(i), value })),
      results.map((value, i) => ({ name: outputName(i), value })),
    );
    try {
      return this.open({
        bytes,
        inputs: leaves.length,
        outputs: results.map(({ dtype }) => dtype as ProgramDType),
        threads: isHeavy(nodes) ? this.threads : 1,
      });
    } catch (error) {
      const kernels = [...new Set(nodes.map(({ kernel }) => kernel))];
      const message = error instanceof Error ? error.message : String(error);
      throw new ProgramError(`ONNX Runtime refuses the graph of ${kernels.join(', ')}: ${message}`, {
        kernel: kernels.length === 1 ? kernels[0] : undefined,
        cause: error,
      });
    }
  }

  dispose(): void {
    for (const session of this.sessions.values()) session.release();
    this.sessions.clear();
  }
}
