/** A trained language model, ready to write. */
import { LabError } from '../../protocol/errors';
import type { Backend } from '../backends';
import { CharacterVocabulary } from '../datasets';
import { toWeightTensors, transformerParameters, type TransformerShape } from '../models';
import type { SavedModel } from '../runs/saved-model';
import { Decoder } from './decoder';

export class LanguageModel {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly decoder: Decoder,
    readonly vocabulary: CharacterVocabulary,
    /** Characters that it can look back on. */
    readonly context: number,
  ) {}

  /** Opens a run's model. LabError('mismatch') when the run is no language model. */
  static async open(backend: Backend, saved: SavedModel): Promise<LanguageModel> {
    const { preprocess, weights } = saved;
    const { model } = saved.experiment;
    if (preprocess.kind !== 'text' || model.family !== 'transformer') {
      throw new LabError('mismatch', `The run "${saved.run.name}" is no language model.`, {
        advice: 'Choose a run that was trained on a text.',
        place: { path: saved.runFolder },
      });
    }
    const vocabulary = CharacterVocabulary.fromJSON(preprocess.vocabulary);
    const shape = { ...model.hyperparameters, vocabulary: vocabulary.size };
    checkWeights(shape, saved);
    return new LanguageModel(await Decoder.open(backend, { shape, weights }), vocabulary, shape.context);
  }

  /**
   * A model that still learns: `use` takes its present weights, flat in the order of `transformerParameters`, before
   * each sample. Much cheaper than opening it anew, since nothing is compiled again.
   */
  static async whileLearning(
    backend: Backend,
    shape: TransformerShape,
    vocabulary: CharacterVocabulary,
    flat: Float32Array,
  ): Promise<LanguageModel & { use(flat: Float32Array): void }> {
    const parameters = transformerParameters(shape);
    const weights = toWeightTensors(parameters, flat);
    const decoder = await Decoder.open(backend, { shape, weights, changing: true });
    const model = new LanguageModel(decoder, vocabulary, shape.context);
    const use = (now: Float32Array) => decoder.replaceWeights(toWeightTensors(parameters, now));
    return Object.assign(model, { use });
  }

  /** Runs `work` when the text before it is finished: there is one cache of keys and values. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  dispose(): void {
    this.decoder.dispose();
  }
}

function checkWeights(shape: TransformerShape, { weights, runFolder }: SavedModel): void {
  for (const parameter of transformerParameters(shape)) {
    const found = weights.get(parameter.name)?.shape.join() ?? 'nothing';
    if (found === parameter.shape.join()) continue;
    throw new LabError('damaged', `The model's weights do not fit its experiment: "${parameter.name}".`, {
      advice: 'Train again, or restore the run from a copy.',
      place: { path: runFolder },
    });
  }
}
