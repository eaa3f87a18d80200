import type { Marks, Verdict } from '../../../src/protocol/marks';

/** Marks of as many rows as there are verdicts, one per line below a header. */
export function marks(verdicts: readonly Verdict[], change: Partial<Marks> = {}): Marks {
  const rows = verdicts.length;
  const lines = Int32Array.from(verdicts.keys(), (row) => row + 1);
  return {
    ...{
      documentId: 'd',
      version: 1,
      runFolder: '/runs/one',
      task: 'classification',
      target: 'species',
      rows,
    },
    ...{ startLine: lines, endLine: lines, classes: ['Adelie', 'Gentoo'], classIndex: new Int32Array(rows) },
    ...{ value: new Float32Array(rows).fill(NaN), residual: new Float32Array(rows).fill(NaN) },
    ...{ confidence: new Float32Array(rows).fill(0.88), verdict: Uint8Array.from(verdicts) },
    ...{ unsure: new Uint8Array(rows), outside: new Uint8Array(rows), part: new Uint8Array(rows) },
    hasPrediction: new Uint8Array(rows).fill(1),
    ...{ issues: [], timing: { parseMs: 0, predictMs: 0, totalMs: 0 }, predicted: rows },
    ...change,
  };
}
