/** From what a person typed to the tokens that the model reads. */
import type { CharacterVocabulary } from '../datasets';

/** Characters listed in a note. */
const listed = 12;

export interface ReadPrompt {
  /** At least one. */
  readonly tokens: Int32Array;
  readonly notes: readonly string[];
}

/**
 * Characters that the model never saw are left out, with a note that lists them. Without any known character the text
 * starts behind a line break, or behind a space or the first known character where the model knows none.
 */
export function readPrompt(vocabulary: CharacterVocabulary, prompt: string, context: number): ReadPrompt {
  const notes: string[] = [];
  const unknown = vocabulary.unknown(prompt);
  if (unknown.length > 0) notes.push(unknownNote(unknown));
  const tokens = vocabulary.encode(prompt, { unknown: 'skip' });
  if (tokens.length > context) {
    notes.push(`The model looks back on ${context} characters: the prompt's beginning is out of its sight.`);
  }
  if (tokens.length > 0) return { tokens, notes };
  return { tokens: vocabulary.encode(firstCharacter(vocabulary)), notes };
}

function unknownNote(unknown: readonly string[]): string {
  const shown = unknown.slice(0, listed).map((character) => JSON.stringify(character));
  const more = unknown.length - shown.length;
  const list = shown.join(', ') + (more > 0 ? ` and ${more} others` : '');
  return `The model never saw ${list}: left out of the prompt.`;
}

function firstCharacter(vocabulary: CharacterVocabulary): string {
  const usual = ['\n', ' '].find((character) => vocabulary.characters.includes(character));
  return usual ?? (vocabulary.characters[0] as string);
}
