/** Text as tokens of a character vocabulary, split into training and validation. */
import * as z from 'zod';
import { LabError } from '../../protocol/errors';
import { writeCounted } from '../../protocol/words';

/** A vocabulary larger than any writing system, which means that the file is no text. */
const LARGEST_VOCABULARY = 65_536;
const VocabularyData = z.strictObject({ characters: z.array(z.string().min(1).max(2)).min(1) });

/** A character model's vocabulary: the code points of a text, sorted. Tokens are indices into it. */
export class CharacterVocabulary {
  readonly characters: readonly string[];
  readonly #tokenOf: ReadonlyMap<number, number>;

  /** `characters`: one code point each. */
  private constructor(characters: readonly string[]) {
    this.characters = characters;
    this.#tokenOf = new Map(
      characters.map((character, token) => [character.codePointAt(0) as number, token]),
    );
  }

  static fromText(text: string): CharacterVocabulary {
    const points = new Set<number>();
    for (let at = 0; at < text.length;) {
      const point = text.codePointAt(at) as number;
      points.add(point);
      at += point > 0xffff ? 2 : 1;
    }
    if (points.size === 0 || points.size > LARGEST_VOCABULARY) {
      throw new LabError(
        'dataset',
        `A text with ${writeCounted(points.size, 'different character')} cannot be learnt.`,
        {
          advice: 'Choose a plain text file.',
        },
      );
    }
    return new CharacterVocabulary(
      [...points].sort((a, b) => a - b).map((point) => String.fromCodePoint(point)),
    );
  }

  /** LabError('damaged') when the data are no vocabulary's. */
  static fromJSON(json: unknown): CharacterVocabulary {
    const parsed = VocabularyData.safeParse(json);
    const single =
      parsed.success &&
      parsed.data.characters.every((each) => each === String.fromCodePoint(each.codePointAt(0) ?? 0));
    if (
      !parsed.success ||
      !single ||
      new Set(parsed.data.characters).size !== parsed.data.characters.length
    ) {
      throw new LabError('damaged', 'The stored vocabulary is damaged.', {
        advice: 'Train the model again.',
      });
    }
    return new CharacterVocabulary(parsed.data.characters);
  }

  get size(): number {
    return this.characters.length;
  }

  /** Different characters of `text` that the vocabulary lacks, in the order of their appearance. */
  unknown(text: string): string[] {
    return [...new Set(text)].filter((character) => !this.#tokenOf.has(character.codePointAt(0) as number));
  }

  /** `[characters]` tokens. LabError('mismatch') for characters never seen, unless they are to be skipped. */
  encode(text: string, options: { unknown?: 'error' | 'skip' } = {}): Int32Array {
    const tokens = new Int32Array(text.length);
    let count = 0;
    for (let at = 0; at < text.length;) {
      const point = text.codePointAt(at) as number;
      at += point > 0xffff ? 2 : 1;
      const token = this.#tokenOf.get(point);
      if (token !== undefined) tokens[count++] = token;
      else if (options.unknown !== 'skip') throw this.#neverSeen(text);
    }
    return tokens.slice(0, count);
  }

  decode(tokens: ArrayLike<number>): string {
    const characters: string[] = [];
    for (let i = 0; i < tokens.length; i++) {
      const character = this.characters[tokens[i] as number];
      if (character === undefined) throw new RangeError(`Token ${tokens[i] as number} of ${this.size}`);
      characters.push(character);
    }
    return characters.join('');
  }

  toJSON(): { characters: readonly string[] } {
    return { characters: this.characters };
  }

  #neverSeen(text: string): LabError {
    const unknown = this.unknown(text);
    const shown = unknown.slice(0, 10).map((character) => JSON.stringify(character));
    const more = unknown.length - shown.length;
    return new LabError(
      'mismatch',
      `The model never saw ${shown.join(', ')}${more > 0 ? ` and ${writeCounted(more, 'other character')}` : ''}.`,
      { advice: 'Use characters that occur in the text it was trained on.' },
    );
  }
}

/**
 * First part for training, the last `validation` (0.1) of the tokens for validation; each must hold at least
 * `context + 2` tokens, else LabError('dataset') says how many there are and how many are needed.
 */
export function splitText(
  tokens: Int32Array,
  options: { context: number; validation?: number; path?: string },
): { training: Int32Array; validation: Int32Array } {
  const { context, validation = 0.1, path } = options;
  if (!(validation > 0 && validation < 1)) {
    throw new LabError('invalid', `The validation share must be between 0 and 1, not ${validation}.`);
  }
  const held = Math.round(tokens.length * validation);
  const shorter = Math.min(held, tokens.length - held);
  if (shorter < context + 2) {
    const needed = Math.ceil((context + 2) / Math.min(validation, 1 - validation));
    const longest = Math.floor(tokens.length * Math.min(validation, 1 - validation)) - 3;
    throw new LabError(
      'dataset',
      `The text has ${writeCounted(tokens.length, 'character')}; a context of ${context} needs at least ${needed}.`,
      {
        advice: `Choose a longer text${longest > 0 ? `, or a context of ${longest} or less` : ''}.`,
        place: { path },
      },
    );
  }
  return { training: tokens.slice(0, tokens.length - held), validation: tokens.slice(tokens.length - held) };
}
