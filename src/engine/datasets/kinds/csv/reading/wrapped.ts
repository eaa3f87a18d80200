/** Files of which each line stands in quotes as a whole, as spreadsheets write a table that was opened as one column. */
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const LOOKED_AT_LINES = 50;
const FEWEST_LINES = 3;
const SEPARATORS = [',', ';', '\t', '|'];

/**
 * The bytes without the quotes around lines, and with the quotes inside them no longer doubled; undefined where a line is
 * not in quotes as a whole, or where the lines, the first among them, do not hold the same number of cells then.
 */
export function unwrapped(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== QUOTE) return undefined;
  const looked = taken(bytes, LOOKED_AT_LINES);
  if (looked === undefined) return undefined;
  const lines = Buffer.from(looked)
    .toString('utf8')
    .split(/\r\n|\n|\r/u);
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length < FEWEST_LINES) return undefined;
  const even = SEPARATORS.some((separator) => {
    const counts = filled.map((line) => withoutQuoted(line).split(separator).length);
    return (counts[0] as number) > 1 && counts.every((count) => count === counts[0]);
  });
  return even ? taken(bytes, Infinity) : undefined;
}

function withoutQuoted(line: string): string {
  return line.replace(/"(?:[^"]|"")*"/gu, '');
}

/** Up to so many lines; undefined where one of them is not in quotes as a whole. */
function taken(bytes: Uint8Array, most: number): Uint8Array | undefined {
  const end = endOfWrapped(bytes, most);
  if (end === undefined) return undefined;
  const result = new Uint8Array(end);
  let length = 0;
  let inside = false;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte !== QUOTE) result[length++] = byte;
    else if (inside && bytes[at + 1] === QUOTE) result[length++] = bytes[at++] as number;
    else inside = !inside;
  }
  return result.subarray(0, length);
}

/** Where so many lines end; undefined where one of them is not in quotes as a whole, which most files show in their first. */
function endOfWrapped(bytes: Uint8Array, most: number): number | undefined {
  let lines = 0;
  let at = 0;
  while (at < bytes.length && lines < most) {
    const byte = bytes[at] as number;
    if (byte === LF || byte === CR) {
      at++;
      continue;
    }
    if (byte !== QUOTE) return undefined;
    for (at++; at < bytes.length; at++) {
      if (bytes[at] !== QUOTE) continue;
      if (bytes[at + 1] !== QUOTE) break;
      at++;
    }
    const next = bytes[++at];
    if (next !== undefined && next !== LF && next !== CR) return undefined;
    lines++;
  }
  return Math.min(at, bytes.length);
}
