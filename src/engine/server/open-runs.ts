/** The trained models that this process keeps open, by run and engine. */
import { stat } from 'node:fs/promises';
import type { EngineWish } from '../../protocol/experiment';
import { LanguageModel } from '../generation';
import { type Lease, OpenModels, Predictor } from '../inference';
import { loadModel, runPaths } from '../runs';
import { backendFor } from './engines';

const predictors = new OpenModels<Predictor>(8);
const languageModels = new OpenModels<LanguageModel>(3);

export async function leasePredictor(runFolder: string, wish?: EngineWish): Promise<Lease<Predictor>> {
  return predictors.lease(await keyOf(runFolder, wish), async () =>
    Predictor.open(await backendFor('serving', wish), await loadModel(runFolder)),
  );
}

export async function leaseLanguageModel(
  runFolder: string,
  wish?: EngineWish,
): Promise<Lease<LanguageModel>> {
  return languageModels.lease(await keyOf(runFolder, wish), async () =>
    LanguageModel.open(await backendFor('serving', wish), await loadModel(runFolder)),
  );
}

/** Changes when the run's weights are written again, as by a training that was resumed. */
async function keyOf(runFolder: string, wish: EngineWish = 'auto'): Promise<string> {
  const written = await stat(runPaths(runFolder).weights).then(
    ({ mtimeMs }) => mtimeMs,
    // That there is no model is said by whoever loads it.
    () => 0,
  );
  return `${wish} ${written} ${runFolder}`;
}
