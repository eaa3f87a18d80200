/**
 * The work that nobody has asked for yet: a graph that grows with every kernel, the data that flow into it, and the
 * tensors that wait for its results. Everything that still waits is computed together, in one run.
 */
import * as emit from '../graph/emit';
import { Graph } from '../graph/graph';
import type { Value } from '../graph/values';
import { sizeOf } from '../graph/values';
import type { ProgramArray, ProgramDType } from '../program';
import type { Feed } from './session';
import type { SessionCache } from './session-cache';

/** A tensor's data, computed or not. */
export interface Waiting {
  /** The result that it waits for; undefined as soon as it is there. */
  value: Value | undefined;
  values: ProgramArray | undefined;
  /** Why it could not be computed. */
  failure: unknown;
}

/**
 * A training loop that reads nothing must be cut somewhere, and always at the same place of its steps, so that the
 * pieces are alike and few sessions run them all. The place is the first assignment to a variable after the longest
 * stretch without one (a step's forward and backward pass), once the work has grown to this many nodes.
 */
const NODES_BETWEEN_STEPS = 100;
/** A stretch counts for less with every assignment since, for the first step of a training is longer than the rest. */
const FORGETTING = 0.9;
/** Work is run when it has grown to this many nodes, or bytes of tensors, wherever it stands. */
const MOST_NODES = 2_000;
const MOST_BYTES = 512 * 2 ** 20;

export class PendingGraph {
  private graph = new Graph('eager');
  private readonly feeds = new Map<Value, Feed>();
  private readonly leaves = new Map<ProgramArray, Value[]>();
  private readonly waiting = new Set<Waiting>();
  private bytes = 0;
  /** Whether a step has just ended. */
  private stepEnds = false;
  private lastAssignment = 0;
  private longestStretch = 0;

  constructor(private readonly cache: SessionCache) {}

  get nodes(): number {
    return this.graph.nodes.length;
  }

  /** The graph to record the next kernel into; runs what waits where that has become too much. */
  next(): Graph {
    const { nodes } = this;
    const step = this.stepEnds && nodes >= NODES_BETWEEN_STEPS;
    this.stepEnds = false;
    if (step || nodes >= MOST_NODES || this.bytes >= MOST_BYTES) this.run();
    else if (nodes > 0 && this.waiting.size === 0) this.reset();
    return this.graph;
  }

  /** An input of the graph that carries `values`. */
  leaf(values: ProgramArray, shape: readonly number[], dtype: ProgramDType): Value {
    const alike = this.leaves.get(values) ?? [];
    const known = alike.find((value) => value.dtype === dtype && value.shape.join() === shape.join());
    if (known) return known;
    const value = this.graph.input(`x${this.feeds.size}`, [...shape], dtype);
    this.feeds.set(value, { dtype, shape: [...shape], values });
    this.leaves.set(values, [...alike, value]);
    this.bytes += values.byteLength;
    return value;
  }

  /** The result that a tensor waits for, in the shape in which it is used. */
  reshaped(value: Value, shape: readonly number[]): Value {
    return emit.reshape(this.graph, value, [...shape]);
  }

  /** What an input carries, where `value` is one. */
  fed(value: Value): ProgramArray | undefined {
    return this.feeds.get(value)?.values;
  }

  add(waiting: Waiting & { value: Value }): void {
    this.waiting.add(waiting);
    this.bytes += 4 * sizeOf(waiting.value.shape);
  }

  /** Nobody wants this result any more. */
  forget(waiting: Waiting): void {
    this.waiting.delete(waiting);
  }

  /** A variable has taken over a result that is still to be computed. */
  noteAssignment(): void {
    const stretch = this.nodes - this.lastAssignment;
    this.lastAssignment = this.nodes;
    this.longestStretch *= FORGETTING;
    if (stretch < this.longestStretch) return;
    this.longestStretch = stretch;
    this.stepEnds = true;
  }

  /**
   * Computes everything that waits. Where that fails, each result is tried alone, so that only those fail, at the time
   * when they are read, that depend on what failed.
   */
  run(): void {
    const all = [...this.waiting];
    if (all.length > 0) {
      try {
        this.compute(all);
      } catch {
        for (const one of all) {
          try {
            this.compute([one]);
          } catch (error) {
            one.failure = error;
            one.value = undefined;
          }
        }
      }
    }
    this.reset();
  }

  private compute(all: readonly Waiting[]): void {
    const results = new Map<Value, Waiting[]>();
    for (const one of all) {
      if (one.value) results.set(one.value, [...(results.get(one.value) ?? []), one]);
    }
    const { session, leaves } = this.cache.compile(this.graph, [...results.keys()]);
    const feeds = leaves.map((leaf) => {
      const feed = this.feeds.get(leaf);
      if (!feed) throw new Error('a leaf of the graph carries no data');
      return feed;
    });
    const computed = session.run(feeds);
    [...results.values()].forEach((same, i) => {
      for (const one of same) {
        one.values = computed[i];
        one.value = undefined;
      }
    });
  }

  private reset(): void {
    this.graph = new Graph('eager');
    this.feeds.clear();
    this.leaves.clear();
    this.waiting.clear();
    this.bytes = 0;
    this.stepEnds = false;
    this.lastAssignment = 0;
  }
}
