/** The tunes of a collection in ABC notation (abcnotation.com, standard 2.1): where each begins, and what its header lacks. */

export interface Tune {
  /** From 1, of its field `X:`. */
  readonly line: number;
  /** What stands behind `X:`. */
  readonly number: string;
  /** Of its first field `T:`; empty where it has none. */
  readonly title: string;
  /** Whether the field `K:` ends its header, without which no program knows where the music begins. */
  readonly hasKey: boolean;
  /** Whether a line of music stands below its header. */
  readonly hasMusic: boolean;
}

/** A letter, a colon, and what it says; `%` begins a remark. */
const FIELD = /^([A-Za-z+]):\s*([^%]*)/u;

/** `text` with any line ends. Fields of the file above the first tune, and text between tunes, belong to none. */
export function tunesOf(text: string): readonly Tune[] {
  const tunes: Tune[] = [];
  let tune: { -readonly [Part in keyof Tune]: Tune[Part] } | undefined;
  text.split(/\r\n|\n|\r/u).forEach((line, at) => {
    const [, field, value = ''] = FIELD.exec(line) ?? [];
    if (field === 'X') {
      tune = { line: at + 1, number: value.trim(), title: '', hasKey: false, hasMusic: false };
      tunes.push(tune);
    } else if (tune === undefined) return;
    else if (line.trim() === '') tune = undefined;
    else if (field === 'T' && tune.title === '') tune.title = value.trim();
    else if (field === 'K') tune.hasKey = true;
    else if (field === undefined && !line.startsWith('%') && tune.hasKey) tune.hasMusic = true;
  });
  return tunes;
}
