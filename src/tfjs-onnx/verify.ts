/** Finds what a recording would wrongly freeze: numbers that a function takes from anywhere but its arguments. */
import { ProgramError } from './errors';
import type { GraphFile } from './graph-file';
import { buildGraph } from './graph-file';
import type { ProgramSpec } from './program';

/**
 * Records the function once more and compares the graphs, byte by byte. What differs between two recordings (a learning
 * rate from a schedule, a counter, a branch on either) depends on when the function runs, and would be frozen as it was
 * at the first. A ProgramError names the first node that differs.
 */
export function verifyRecording(spec: ProgramSpec, { bytes, nodes }: GraphFile): void {
  const again = buildGraph(spec);
  if (Buffer.compare(bytes, again.bytes) === 0) return;
  const at = nodes.findIndex((node, i) => node !== again.nodes[i]);
  const kernel = (at < 0 ? again.nodes[nodes.length] : nodes[at])?.split('/')[0] ?? '';
  const where = kernel === '' ? 'a constant' : `the kernel ${kernel}`;
  throw new ProgramError(`two recordings of its function differ, first at ${where}.`, {
    program: spec.name,
    kernel: kernel === '' ? undefined : kernel,
    advice:
      'It depends on something outside its arguments that changes, and one value of it would be frozen. Make that an input.',
  });
}
