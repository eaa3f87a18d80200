/** Bytes of a file -> UTF-8 without byte order mark, whatever the file was encoded in. */
import { Buffer, isUtf8 } from 'node:buffer';
import type { DatasetIssue, TableFormat } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { Encoding } from '../../protocol/reading';
import { writeCount } from '../../protocol/words';
import { detectEncoding, isBrokenUtf8, utf16Without } from './reading/encoding';
import { refuseBinary } from './reading/foreign';
import { textOf } from './reading/text-of';

export interface Decoded {
  readonly bytes: Uint8Array;
  readonly encoding: TableFormat['encoding'];
  readonly byteOrderMark: boolean;
  readonly issues: readonly DatasetIssue[];
  /** False: some bytes are no UTF-8 and will read as U+FFFD. */
  readonly valid: boolean;
}

/** Bytes looked at for NULs, which no text has. */
const BINARY_PROBE = 4096;
/** So few NULs may have come into a text by accident. */
const ZERO_SHARE = 0.01;
const END_MARK = 0x1a;

/**
 * Throws LabError('dataset') for what is no text. A string is taken as it is, a leading U+FEFF aside: an editor has
 * decoded it. `wish`: the encoding asked for; found out where it is absent.
 */
export function decode(source: Uint8Array | string, path?: string, wish?: Encoding): Decoded {
  if (typeof source === 'string') {
    const marked = source.startsWith('\ufeff');
    const bytes = Buffer.from(marked ? source.slice(1) : source, 'utf8');
    return { bytes, encoding: wish ?? 'utf-8', byteOrderMark: marked, issues: [], valid: true };
  }
  const [a, b, c] = source;
  const marked16 = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  if (marked16 !== undefined) return decodeFrom(source, marked16, wish !== undefined);
  const marked = a === 0xef && b === 0xbb && c === 0xbf;
  const bytes = withoutEndMark(marked ? source.subarray(3) : source);
  if (wish !== undefined && wish !== 'utf-8' && !marked) {
    return decodeFrom(wish.startsWith('utf-16') ? source : bytes, wish, true);
  }
  refuseBinary(source, path);
  const valid = isUtf8(bytes);
  if (bytes.includes(0)) {
    const probe = bytes.subarray(0, BINARY_PROBE);
    const encoding = probe.includes(0) ? utf16Without(bytes) : undefined;
    if (encoding !== undefined) return decodeFrom(source, encoding, false);
    if (zeros(probe) > ZERO_SHARE * probe.length) {
      throw new LabError('dataset', 'The file holds zero bytes: it is no text.', {
        advice: 'Choose a text file, with one row a line for a table.',
        place: { path },
      });
    }
    return withBlanks(bytes, (rest) => decode(rest, path, wish), marked);
  }
  if (valid || marked || wish === 'utf-8' || isBrokenUtf8(bytes)) {
    return { bytes, encoding: 'utf-8', byteOrderMark: marked, issues: [], valid };
  }
  return decodeFrom(bytes, detectEncoding(bytes), false);
}

/** Programs of DOS end a text with Ctrl-Z. */
function withoutEndMark(bytes: Uint8Array): Uint8Array {
  return bytes[bytes.length - 1] === END_MARK ? bytes.subarray(0, -1) : bytes;
}

function zeros(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) count++;
  return count;
}

/** A few NULs among text, as failing devices write them, are read as blanks, which is said. */
function withBlanks(bytes: Uint8Array, decodeRest: (bytes: Uint8Array) => Decoded, marked: boolean): Decoded {
  const copy = Uint8Array.from(bytes);
  let line = 1;
  let before = 0;
  let first = 0;
  let count = 0;
  for (let at = copy.indexOf(0); at >= 0; at = copy.indexOf(0, at + 1)) {
    if (count++ === 0) {
      for (; before < at; before++) if (copy[before] === 0x0a) line++;
      first = line;
    }
    copy[at] = 0x20;
  }
  const decoded = decodeRest(copy);
  const issue: DatasetIssue = {
    severity: 'warning',
    code: 'zero-bytes',
    message: `${count === 1 ? 'A zero byte is' : `${writeCount(count)} zero bytes are`} read as ${count === 1 ? 'a blank' : 'blanks'}, the first in line ${first}.`,
    advice: 'The file may have been damaged there: look at these rows.',
    line: first,
  };
  return { ...decoded, byteOrderMark: marked, issues: [issue, ...decoded.issues] };
}

/** The text of a file in the encoding asked for, or found out; undefined for what is no text. */
export function textOfBytes(source: Uint8Array, path: string, wish?: Encoding): string | undefined {
  try {
    return Buffer.from(decode(source, path, wish).bytes).toString('utf8');
  } catch (thrown) {
    if (LabError.from(thrown).code !== 'dataset') throw thrown;
    return undefined;
  }
}

/** `asked`: the encoding is a person's wish and needs no word. */
function decodeFrom(source: Uint8Array, encoding: Encoding, asked: boolean): Decoded {
  const text = textOf(source, encoding);
  const name = encoding.startsWith('utf') ? encoding.toUpperCase() : encoding;
  const issues: DatasetIssue[] = [];
  if (!asked) {
    issues.push({
      severity: 'information',
      code: encoding.startsWith('utf-16') ? 'utf-16' : 'encoding',
      message: `The file is encoded in ${name}; it is read as it is.`,
      advice: 'Choose another encoding if letters look wrong, or save it as UTF-8.',
    });
  }
  if ((encoding.startsWith('utf-16') && source.length % 2 === 1) || text.includes('\ufffd')) {
    issues.push({
      severity: 'warning',
      code: 'invalid-encoding',
      message: `Some bytes are no ${name} and read as \ufffd.`,
      advice:
        'The file may be cut short or damaged, or written in another encoding: choose that, or save it again.',
      line: lineOfReplacement(text),
    });
  }
  const marked = encoding.startsWith('utf-16') && (source[0] === 0xff || source[0] === 0xfe);
  return { bytes: Buffer.from(text, 'utf8'), encoding, byteOrderMark: marked, issues, valid: true };
}

/** The first line, from 1, of a text that holds what stands for bytes of no character; undefined for a text without. */
export function lineOfReplacement(text: string): number | undefined {
  const at = text.indexOf('\ufffd');
  return at < 0 ? undefined : text.slice(0, at).split(/\r\n|\n|\r/u).length;
}
