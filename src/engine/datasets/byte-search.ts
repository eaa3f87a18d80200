/** Searches the bytes of rows for a text, whatever its case, without making strings of their cells. */

/** `[256]`: ASCII letters made small. */
const SMALL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);
/** What is written otherwise inside of quotes, or has capitals that are no ASCII. */
const OTHERWISE = /[^\x20-\x7e]|["'\\]/u;

/**
 * Tells of a row whether any of its cells could hold the text: false is sure, true is not, since what is found may reach over
 * several cells. Undefined where bytes do not tell: for letters beyond ASCII, and for quotes.
 */
export function rowSearch(
  bytes: Uint8Array,
  { startByte, endByte }: { readonly startByte: Uint32Array; readonly endByte: Uint32Array },
  text: string,
): ((row: number) => boolean) | undefined {
  if (text === '' || OTHERWISE.test(text)) return undefined;
  const wanted = Uint8Array.from(text, (letter) => SMALL[letter.charCodeAt(0)] as number);
  const first = wanted[0] as number;
  return (row) => {
    const last = (endByte[row] as number) - wanted.length;
    for (let at = startByte[row] as number; at <= last; at++) {
      if (SMALL[bytes[at] as number] !== first) continue;
      let next = 1;
      while (next < wanted.length && SMALL[bytes[at + next] as number] === wanted[next]) next++;
      if (next === wanted.length) return true;
    }
    return false;
  };
}
