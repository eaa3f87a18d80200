/** How large the arrays of a scan are made, before and while its cells come. */
const LF = 0x0a;
/** Files up to this size are not counted: that would cost as much as making their arrays anew. Bytes. */
const SMALL = 32_768;
/** Bytes of larger ones that are counted. */
const PROBE = 16_384;
/** So much more than the beginning suggests is room enough for most files. */
const ROOM = 1.1;

export interface Counts {
  readonly cells: number;
  readonly records: number;
}

/** First sizes of the arrays, from the density of separators and line breaks in the file's beginning. */
export function guessCounts(bytes: Uint8Array, separator: number): Counts {
  if (bytes.length <= SMALL) return { cells: (bytes.length >> 2) + 16, records: (bytes.length >> 5) + 16 };
  let lines = 1;
  let separators = 0;
  for (let at = 0; at < PROBE; at++) {
    const byte = bytes[at] as number;
    if (byte === LF) lines++;
    else if (byte === separator) separators++;
  }
  return scaled({ cells: lines + separators, records: lines }, bytes.length / PROBE);
}

/** The counts of a part, for a whole that is `scale` times as long. */
export function scaled({ cells, records }: Counts, scale: number): Counts {
  return { cells: Math.ceil(cells * scale * ROOM) + 16, records: Math.ceil(records * scale * ROOM) + 16 };
}

/** The array with as much room again. */
export function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
