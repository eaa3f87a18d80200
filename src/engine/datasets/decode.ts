/** Bytes of a file -> UTF-8 without byte order mark, whatever the file was encoded in. */
import { Buffer, isUtf8 } from 'node:buffer';
import type { DatasetIssue, TableFormat } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';

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

/** Throws LabError('dataset') for what is no text. A string is taken as it is, a leading U+FEFF aside. */
export function decode(source: Uint8Array | string, path?: string): Decoded {
  if (typeof source === 'string') {
    const marked = source.startsWith('\ufeff');
    const bytes = Buffer.from(marked ? source.slice(1) : source, 'utf8');
    return { bytes, encoding: 'utf-8', byteOrderMark: marked, issues: [], valid: true };
  }
  const [a, b, c] = source;
  if (a === 0xff && b === 0xfe) return fromUtf16(source, 'utf-16le');
  if (a === 0xfe && b === 0xff) return fromUtf16(source, 'utf-16be');
  const marked = a === 0xef && b === 0xbb && c === 0xbf;
  const bytes = marked ? source.subarray(3) : source;
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) {
    throw new LabError(
      'dataset',
      'The file holds zero bytes: it is no text, or UTF-16 without a byte order mark.',
      {
        advice: 'Save it as UTF-8 text and try again.',
        place: { path },
      },
    );
  }
  return { bytes, encoding: 'utf-8', byteOrderMark: marked, issues: [], valid: isUtf8(bytes) };
}

function fromUtf16(source: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(source);
  const issues: DatasetIssue[] = [
    {
      severity: 'information',
      code: 'utf-16',
      message: `The file is encoded in ${encoding.toUpperCase()}; it is read as it is.`,
      advice: 'Save it as UTF-8 if other tools stumble over it.',
    },
  ];
  if (source.length % 2 === 1 || text.includes('\ufffd')) {
    issues.push({
      severity: 'warning',
      code: 'invalid-encoding',
      message: `Some bytes are no ${encoding.toUpperCase()} and read as \ufffd.`,
      advice: 'The file may be cut short or damaged: save it again from where it came.',
      ...lineOfReplacement(text),
    });
  }
  return { bytes: Buffer.from(text, 'utf8'), encoding, byteOrderMark: true, issues, valid: true };
}

function lineOfReplacement(text: string): { line?: number } {
  const at = text.indexOf('\ufffd');
  return at < 0 ? {} : { line: text.slice(0, at).split(/\r\n|\n|\r/).length };
}

/** `warning` for a line whose bytes are no UTF-8. */
export function invalidUtf8(line: number, endLine = line): DatasetIssue {
  return {
    severity: 'warning',
    code: 'invalid-encoding',
    message: 'Some bytes of this line are no UTF-8 and read as \ufffd.',
    advice: 'Find the encoding in which the file was written and save it as UTF-8.',
    line,
    endLine,
  };
}
