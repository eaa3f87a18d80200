/** What is worth knowing about a classifier, with advice. */
import type { Alert } from '../../../protocol';

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
