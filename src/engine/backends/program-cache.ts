/** The folder of compiled programs that the starter of this process names, if it does. */
import type { ProgramCache } from '../../tfjs-onnx';
import { hashOfFiles, openProgramCache } from '../../tfjs-onnx';

/** Names the folder in which compiled programs are kept; without it nothing is kept. */
const FOLDER = 'MODEL_LAB_PROGRAM_CACHE';

/**
 * The cache of this process, or undefined. What records programs must be known by its hash, and that is so in the
 * engine's bundle only, where all of it is this very file; code run from its sources is spread over hundreds.
 */
export async function programCache(log: (line: string) => void): Promise<ProgramCache | undefined> {
  const folder = process.env[FOLDER];
  const bundle = typeof __filename === 'string' && __filename.endsWith('.cjs') ? __filename : undefined;
  if (folder === undefined || folder === '' || bundle === undefined) return undefined;
  return openProgramCache({ folder, code: await hashOfFiles([bundle]), onProblem: log });
}
