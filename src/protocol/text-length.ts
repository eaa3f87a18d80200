/** How long a text should be for a model to learn how it is written, rather than what it says, by heart. */
import { writeCount } from './words';

/** Below this even the spelling of frequent words is not learnt, whatever the model. */
const FEWEST = 10_000;
/** So many windows of its context a model should see without one being the beginning of another. */
const WINDOWS = 200;

export interface ShortText {
  readonly message: string;
  readonly advice: string;
}

/** Characters that a text should have at least for a model that looks back on `context` of them. */
export function fewestCharacters(context: number): number {
  return Math.max(FEWEST, WINDOWS * context);
}

/** What to say of a text that is too short for a model that looks back on `context` characters; else nothing. */
export function shortText(characters: number, context: number): ShortText | undefined {
  const fewest = fewestCharacters(context);
  if (characters >= fewest) return undefined;
  const count = `${writeCount(characters)} ${characters === 1 ? 'character' : 'characters'}`;
  const smaller = fewest > FEWEST ? 'Take a longer text, or a smaller context.' : 'Take a longer text.';
  return {
    message: `The text has ${count}; to learn from, this model needs ${writeCount(fewest)} or more.`,
    advice: `It will know the text by heart, or write no real words. ${smaller}`,
  };
}
