/** A trained language model, ready to write. */
import { LabError } from '../../protocol/errors';
import type { Backend } from '../backends';
import { CharacterVocabulary } from '../datasets';
import { openFamily, type TokenModel, toWeightTensors } from '../models';
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
    const { family: name, hyperparameters } = saved.experiment.model;
    const family = await openFamily(name);
    if (preprocess.kind !== 'text' || family.takes !== 'tokens') {
      throw new LabError('mismatch', `The run "${saved.run.name}" is no language model.`, {
        advice: 'Choose a run that was trained on a text.',
        place: { path: saved.runFolder },
      });
    }
    const vocabulary = CharacterVocabulary.fromJSON(preprocess.vocabulary);
    const model = family.model(hyperparameters, vocabulary.size);
    checkWeights(model, saved);
    return new LanguageModel(await Decoder.open(backend, { model, weights }), vocabulary, model.context);
  }

  /**
   * A model that still learns: `use` takes its present weights, flat in the order of its parameters, before
   * each sample. Much cheaper than opening it anew, since nothing is compiled again.
   */
  static async whileLearning(
    backend: Backend,
    model: TokenModel,
    vocabulary: CharacterVocabulary,
    flat: Float32Array,
  ): Promise<LanguageModel & { use(flat: Float32Array): void }> {
    const { parameters } = model;
    const weights = toWeightTensors(parameters, flat);
    const decoder = await Decoder.open(backend, { model, weights, changing: true });
    const writer = new LanguageModel(decoder, vocabulary, model.context);
    const use = (now: Float32Array) => decoder.replaceWeights(toWeightTensors(parameters, now));
    return Object.assign(writer, { use });
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

function checkWeights({ parameters }: TokenModel, { weights, runFolder }: SavedModel): void {
  for (const parameter of parameters) {
    const found = weights.get(parameter.name)?.shape.join() ?? 'nothing';
    if (found === parameter.shape.join()) continue;
    throw new LabError('damaged', `The model's weights do not fit its experiment: "${parameter.name}".`, {
      advice: 'Train again, or restore the run from a copy.',
      place: { path: runFolder },
    });
  }
}
