/** Things worth knowing about a training, each with advice. */
import { basename } from 'node:path';
import {
  type Alert,
  LabError,
  type MetricRecord,
  type Metrics,
  shortText,
  writeNumber,
} from '../../protocol';

/** Evaluations in a row that must be worse than the best one. */
const SUSTAINED = 5;
/** So many times the best validation loss is a rise that matters; losses near zero waver by a tenth. */
const RISE = 1.2;

/**
 * The validation loss has left its best value far behind, for several evaluations, while the training loss went on
 * falling. Not while the figure that people judge by (accuracy, R²) is as good as it ever was: a model that is right
 * as often as before has only grown surer of itself.
 */
export function overfitting(history: readonly MetricRecord[]): Alert | undefined {
  const seen = history.flatMap(({ step, training, validation }) =>
    validation === undefined ? [] : [{ step, training, validation }],
  );
  const latest = seen.slice(-SUSTAINED);
  const last = latest.at(-1);
  if (last === undefined || seen.length <= SUSTAINED) return undefined;
  const best = seen.reduce((least, record) =>
    record.validation.loss < least.validation.loss ? record : least,
  );
  const highest = Math.max(...seen.map(({ validation }) => judgedBy(validation)));
  const worse = latest.every(
    ({ validation }) => validation.loss > RISE * best.validation.loss && judgedBy(validation) < highest,
  );
  const fell = (last.training?.loss ?? Infinity) < (best.training?.loss ?? 0);
  if (!worse || !fell) return undefined;
  return {
    severity: 'warning',
    code: 'overfitting',
    message:
      `Since step ${best.step} the model gets better on the rows it learns from and worse on new ones ` +
      `(validation loss ${writeNumber(best.validation.loss)}, now ${writeNumber(last.validation.loss)}).`,
    advice:
      'The weights of the best step are kept. More data, a smaller width or more weight decay may help.',
  };
}

/** Larger is better. Language models are judged by their loss. */
function judgedBy({ averagePrecision, balancedAccuracy, accuracy, r2, loss }: Metrics): number {
  return averagePrecision ?? balancedAccuracy ?? accuracy ?? r2 ?? -loss;
}

/** A text too short for a model that looks back on `context` characters. */
export function tooShort(characters: number, context: number): Alert | undefined {
  const said = shortText(characters, context);
  return said === undefined ? undefined : { severity: 'warning', code: 'short-text', ...said };
}

export function datasetGone(path: string): Alert {
  return {
    severity: 'warning',
    code: 'dataset-deleted',
    message: `${path} was deleted or moved while the model was learning from it.`,
    advice: 'The model is good for what the file held when training began.',
  };
}

/** What ends a training whose file holds something else by now: no model shall be of half a file. */
export function datasetChanged(path: string, at: Date): LabError {
  const time = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  return new LabError(
    'mismatch',
    `${basename(path)} was changed at ${time}, while the model was learning from it. The training has stopped.`,
    {
      advice:
        'Train again to learn from the file as it is now. Bring it back as it was to resume this training.',
      place: { path },
    },
  );
}

/** A device that was asked for and is not used after all. */
export function providerRefused(reason: string): Alert {
  return {
    severity: 'warning',
    code: 'provider-refused',
    message: `The training runs on the processor, because ${reason.replace(/\.?$/, '.')}`,
    advice: 'Choose the provider "cpu", or mend the driver that the message names.',
  };
}

/** The process of a training ended without a word while it used a device: a driver that breaks down takes it along. */
export function deviceLost(device: string): Alert {
  return {
    severity: 'warning',
    code: 'device-lost',
    message: `The training broke off without a word while it used ${device} and goes on with the processor.`,
    advice:
      'A new training tries the device again. If it breaks off again, mend the driver or choose the provider "cpu".',
  };
}

/** What the backend has to say about itself: that a slower engine computes than the one that was hoped for. */
export function slowerEngine({ notice }: { readonly notice: string | undefined }): Alert | undefined {
  if (notice === undefined) return undefined;
  return {
    severity: 'warning',
    code: 'slower-engine',
    message: notice,
    advice: 'Training works, only slower. Installing Local Model Lab again brings the fast engine back.',
  };
}
