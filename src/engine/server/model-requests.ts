/** Whole files to predict, and texts to write. */
import type { z } from 'zod';
import type { HandlerContext } from '../../protocol/endpoint';
import type { Generate, PredictFile, PredictionProgress, PredictionResult } from '../../protocol/engine';
import type { GenerationProgress, GenerationResult } from '../../protocol/generation';
import { generate } from '../generation';
import { predictFile } from '../inference';
import { leaseLanguageModel, leasePredictor } from './open-runs';

export async function predict(
  { runFolder, engine, ...request }: z.infer<(typeof PredictFile)['params']>,
  { progress, signal }: HandlerContext<PredictionProgress>,
): Promise<PredictionResult> {
  const lease = await leasePredictor(runFolder, engine);
  try {
    return await predictFile(lease.model, { ...request, signal, onProgress: progress });
  } finally {
    lease.release();
  }
}

export async function write(
  { runFolder, engine, prompt, sampling }: z.infer<(typeof Generate)['params']>,
  { progress, signal }: HandlerContext<GenerationProgress>,
): Promise<GenerationResult> {
  const lease = await leaseLanguageModel(runFolder, engine);
  try {
    return await generate(lease.model, prompt, sampling, { signal, onProgress: progress });
  } finally {
    lease.release();
  }
}
