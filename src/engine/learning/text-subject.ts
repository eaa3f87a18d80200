/** A text as the subject of a training. */
import type { Experiment } from '../../protocol';
import { joinSentences, LabError } from '../../protocol/errors';
import type { Backend } from '../backends';
import type { CharacterVocabulary, TextFile } from '../datasets';
import { splitText } from '../datasets';
import { generate, LanguageModel } from '../generation';
import { exportTokenModel, type TokenFamily, type TokenModel } from '../models';
import type { TextTask as Task } from '../tasks';
import { tooShort } from './alerts';
import { byGradients } from './descent-learner';
import type { Sampler, Subject } from './subject';
import { TextTask } from './text-task';

/** Share of the text, its end, that is kept for validation: the same as nanoGPT's. */
const VALIDATION_SHARE = 0.1;

/** How a sample is written: enough to judge spelling and rhythm, with the sampling that people begin with. */
const SAMPLE = { temperature: 0.8, topK: 0, topP: 1, seed: 1, length: 200 };
const SAMPLE_PROMPT = '\n';

/** LabError('dataset') when the text is too short for the context, or one character over and over. */
export function textSubject(
  { model: choice, seed }: Experiment,
  learnt: Task,
  family: TokenFamily,
  file: TextFile,
  vocabulary: CharacterVocabulary,
  path: string,
): Subject {
  const descent = family.descent(choice.hyperparameters);
  const model = family.model(choice.hyperparameters, vocabulary.size);
  const tokens = vocabulary.encode(file.text);
  const { training, validation } = splitText(tokens, {
    context: model.context,
    validation: VALIDATION_SHARE,
    path,
  });
  if (vocabulary.size < 2) throw nothingToLearn(vocabulary, path);
  const task = new TextTask({
    task: learnt,
    model,
    descent,
    training,
    validation,
    seed,
  });
  /** Both parts are read for it: once, not at every evaluation. */
  let baseline: number | undefined;
  return {
    task,
    way: byGradients(task, {
      lr: descent.lr,
      warmup: descent.warmup,
      floor: 0.1,
      patience: descent.patience,
      seed,
      optimizer: {
        beta1: 0.9,
        beta2: 0.99,
        epsilon: 1e-8,
        weightDecay: descent.weightDecay,
        clip: descent.clip,
      },
    }),
    epochs: task.steps / task.stepsPerEpoch,
    rows: { training: training.length, validation: validation.length },
    notes: file.issues.map(({ message, advice }) => joinSentences(message, advice)),
    alert: tooShort(tokens.length, model.context),
    headline: (metrics) =>
      learnt.headline(metrics, (baseline ??= learnt.baseline(training, validation, vocabulary.size))),
    modelFiles: (weights) => ({
      weights,
      preprocess: { version: 1, kind: 'text', vocabulary: vocabulary.toJSON() },
    }),
    ...(descent.sampleEvery > 0
      ? {
          sampling: {
            every: descent.sampleEvery,
            open: (backend: Backend, flat: Float32Array) => openSampler(backend, model, vocabulary, flat),
          },
        }
      : {}),
    onnx: (weights) => exportTokenModel(model, weights),
  };
}

/** With one character there is nothing to choose between, and no loss to lower. */
function nothingToLearn({ characters }: CharacterVocabulary, path: string): LabError {
  const [only = ''] = characters;
  return new LabError('dataset', `The text holds only one character, ${JSON.stringify(only)}.`, {
    advice: 'A model learns which character follows which: at least 2 different ones are needed.',
    place: { path },
  });
}

async function openSampler(
  backend: Backend,
  model: TokenModel,
  vocabulary: CharacterVocabulary,
  flat: Float32Array,
): Promise<Sampler> {
  const writer = await LanguageModel.whileLearning(backend, model, vocabulary, flat);
  const prompt =
    vocabulary.unknown(SAMPLE_PROMPT).length === 0 ? SAMPLE_PROMPT : (vocabulary.characters[0] ?? '');
  return {
    write: async (now) => {
      writer.use(now);
      return (await generate(writer, prompt, SAMPLE)).text;
    },
    dispose: () => writer.dispose(),
  };
}
