/**
 * The text of an editor that has opened a file in the wrong encoding: what is no UTF-8 reads as U+FFFD there, and no
 * column or class with such a letter would be found again. The lines are taken from the file, where they are whole.
 */
import type { Encoding } from '../../protocol/reading';
import { readBytes, textOfBytes } from '../datasets';

const BROKEN = '\ufffd';

/** Puts the letters of the file into the broken lines of an editor's text. */
export type LineMender = (text: string) => string;

/**
 * The mender for a text that was opened from the file at `path`; undefined where the text has no broken letter, or the
 * file cannot be read or holds none. `encoding`: the one asked for; found out where it is absent.
 */
export async function lineMender(
  text: string,
  path: string,
  encoding: Encoding | undefined,
): Promise<LineMender | undefined> {
  if (!text.includes(BROKEN)) return undefined;
  const bytes = await readBytes(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const whole = textOfBytes(bytes, path, encoding);
  if (whole === undefined) return undefined;
  const broken = linesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  const mended = linesOf(whole);
  if (broken.length !== mended.length) return undefined;
  const byLine = new Map(
    broken.flatMap((line, at) => (line.includes(BROKEN) ? [[line, mended[at] ?? line]] : [])),
  );
  return (edited) =>
    // Line ends stay as they are: every second piece is one.
    edited
      .split(/(\r\n|\n|\r)/u)
      .map((piece, at) => {
        if (!piece.includes(BROKEN)) return piece;
        const line = at / 2;
        return broken[line] === piece ? (mended[line] ?? piece) : (byLine.get(piece) ?? piece);
      })
      .join('');
}

function linesOf(text: string): string[] {
  return (text.startsWith('\ufeff') ? text.slice(1) : text).split(/\r\n|\n|\r/u);
}
