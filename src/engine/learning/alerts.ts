/** Things worth knowing about a training, each with advice. */
import type { Alert, MetricRecord } from '../../protocol';

/** Evaluations that the validation loss must have been rising for. */
const RISING = 5;
const RISE = 1.1;

/** The validation loss has left its best value behind while the training loss went on falling. */
export function overfitting(history: readonly MetricRecord[]): Alert | undefined {
  const seen = history.filter((record) => record.validation !== undefined);
  const last = seen.at(-1);
  let best = seen[0];
  for (const record of seen) {
    if ((record.validation?.loss ?? Infinity) < (best?.validation?.loss ?? Infinity)) best = record;
  }
  if (last?.validation === undefined || best?.validation === undefined) return undefined;
  const rising = seen.length - 1 - seen.indexOf(best) >= RISING;
  const higher = last.validation.loss > RISE * best.validation.loss;
  const fell = (last.training?.loss ?? Infinity) < (best.training?.loss ?? 0);
  if (!rising || !higher || !fell) return undefined;
  return {
    severity: 'warning',
    code: 'overfitting',
    message:
      `Since step ${best.step} the model gets better on the rows it learns from and worse on new ones ` +
      `(validation loss ${best.validation.loss.toPrecision(3)}, now ${last.validation.loss.toPrecision(3)}).`,
    advice:
      'The weights of the best step are kept. More data, a smaller width or more weight decay may help.',
  };
}

export function neverPredicted(classes: readonly string[]): Alert {
  const names = classes.slice(0, 5).map((name) => `"${name}"`);
  const more = classes.length > names.length ? ` and ${classes.length - names.length} more` : '';
  return {
    severity: 'warning',
    code: 'class-never-predicted',
    message: `The model never predicts ${names.join(', ')}${more}.`,
    advice: 'Add rows of that class, or set the class weights to "balanced".',
  };
}

export function datasetGone(path: string): Alert {
  return {
    severity: 'warning',
    code: 'dataset-deleted',
    message: `${path} was deleted or moved while the model was learning from it.`,
    advice: 'The model is good for what the file held when training began.',
  };
}

export function datasetChanged(path: string): Alert {
  return {
    severity: 'warning',
    code: 'dataset-changed',
    message: `${path} was changed while the model was learning from it.`,
    advice: 'Train again if the changes matter: the model knows the file as it was when training began.',
  };
}
